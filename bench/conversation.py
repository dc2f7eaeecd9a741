"""A chat under load: sends for both sides, times the answers, and believes nothing unchecked.

A fast server that loses, repeats or reorders is no fast server, so every benchmark that sends
also proves: both sides heard every message once and in order, and so it stands in the database.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Self
from uuid import UUID

from bench.cable import Socket, new_id

CONTENT = (
    "Hello! My parcel left the depot on Monday and has not moved since. Could you have a look?"
)
"""As long as messages in a chat usually are; all alike, for the text itself costs nothing."""

SETTLE_SECONDS = 30.0


class Unfaithful(Exception):
    """The server lost, repeated, reordered or invented a message, or let a socket go."""


class Faults:
    """Where sockets report what must end the run."""

    def __init__(self) -> None:
        self._first: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def report(self, fault: str) -> None:
        if not self._first.done():
            self._first.set_result(fault)

    def check(self) -> None:
        """Raise Unfaithful when there was a fault."""
        if self._first.done():
            raise Unfaithful(self._first.result())

    async def watch(self, seconds: float) -> None:
        """Let the run go on for so long; raises Unfaithful at the first fault."""
        await asyncio.wait([self._first], timeout=seconds)
        self.check()


@dataclass(slots=True)
class Sent:
    """A message on its way; `due` is when it should have left, by `perf_counter`."""

    side: int
    due: float
    heard: int = 0


Done = Callable[["Conversation", Sent, float], None]
"""Called with a message that both sides have heard, and the seconds since it was due."""


class Conversation:
    """A guest (side 0) and an admin (side 1) in one chat."""

    def __init__(self, chat_id: str, sockets: tuple[Socket, Socket], faults: Faults) -> None:
        self.chat_id = chat_id
        self.log: list[str] = []
        self.waiting: dict[str, Sent] = {}
        self.done: Done = _nothing
        self._sockets = sockets
        self._last_seq = [0, 0]
        self._faults = faults
        for side, socket in enumerate(sockets):
            socket.heard = self._hearing(side)
            socket.lost = lambda: faults.report(f"a socket of chat {chat_id} was lost")

    @classmethod
    def all_of(
        cls, chat_ids: Iterable[str], guests: list[Socket], admins: list[Socket], faults: Faults
    ) -> list[Self]:
        """One for each chat, from sockets in the same order."""
        seats = zip(chat_ids, guests, admins, strict=True)
        return [cls(chat_id, (guest, admin), faults) for chat_id, guest, admin in seats]

    def send(self, side: int, due: float) -> None:
        """Send one message, now; it was due then."""
        message_id = new_id()
        self.waiting[message_id] = Sent(side, due)
        self._sockets[side].send(message_id, CONTENT)

    def _hearing(self, side: int) -> Callable[[str, int], None]:
        def hear(message_id: str, seq: int) -> None:
            if not self._is_next(side, message_id, seq):
                self._faults.report(f"chat {self.chat_id}: {message_id} came as {seq}, unexpected")
                return
            sent = self.waiting[message_id]
            sent.heard += 1
            if sent.heard == len(self._sockets):
                del self.waiting[message_id]
                self.done(self, sent, perf_counter() - sent.due)

        return hear

    def _is_next(self, side: int, message_id: str, seq: int) -> bool:
        """Exactly once and in order: the next `seq`, of a message that is still waiting, and the
        same for both sides."""
        if message_id not in self.waiting or seq != self._last_seq[side] + 1:
            return False
        self._last_seq[side] = seq
        if len(self.log) < seq:
            self.log.append(message_id)
        return self.log[seq - 1] == message_id


async def settle(conversations: Iterable[Conversation], faults: Faults) -> None:
    """Wait until both sides have heard everything that was sent."""
    deadline = perf_counter() + SETTLE_SECONDS
    while any(conversation.waiting for conversation in conversations):
        await faults.watch(0.05)
        if perf_counter() > deadline:
            raise Unfaithful(f"messages are still unheard after {SETTLE_SECONDS} s")


def check_database(database: Path, conversations: Iterable[Conversation]) -> int:
    """Compare what was heard with what is stored, and return the number of messages."""
    query = "SELECT id FROM support_messages WHERE chat_id = ? ORDER BY seq"
    heads = "SELECT last_seq FROM support_chats WHERE id = ?"
    count = 0
    connection = sqlite3.connect(database)
    for conversation in conversations:
        key = (UUID(conversation.chat_id).bytes,)
        stored = [str(UUID(bytes=row[0])) for row in connection.execute(query, key)]
        (last_seq,) = connection.execute(heads, key).fetchone()
        if stored != conversation.log or last_seq != len(stored):
            raise Unfaithful(f"chat {conversation.chat_id} is stored otherwise than it was heard")
        count += len(stored)
    connection.close()
    return count


def _nothing(_conversation: Conversation, _sent: Sent, _seconds: float) -> None:
    pass
