"""`kill -9` of the server while four people write, 30 times: no promise is broken."""

import asyncio
import random
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.chat_log import ChatLog, Kept
from tests.faults.sender import Sender
from tests.servers import Guest, RunningServer

KILLS = 30
SEED = 20_240
"""Of the moments; what a moment hits still differs from run to run."""

MOST_MESSAGES = 120
"""The server lives for 1 to so many acknowledged messages."""
MOST_DELAY = 0.02
"""And then for up to so many seconds, so that it dies in any phase of a transaction."""
LIFE_SECONDS = 30.0


@pytest.mark.timeout(300)
async def test_every_acknowledged_message_survives_thirty_kills(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        server.create_admin()
        guests = [server.welcome_guest() for _ in range(3)]
        logs: dict[str, ChatLog] = defaultdict(ChatLog)
        senders = await asyncio.to_thread(seat, server, guests, logs)
        talking = [asyncio.create_task(sender.run()) for sender in senders]
        moments = random.Random(SEED)  # noqa: S311 - no secret
        for _ in range(KILLS):
            await some_more(moments.randint(1, MOST_MESSAGES), logs, talking)
            await asyncio.sleep(moments.uniform(0, MOST_DELAY))
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
        for sender in senders:
            sender.stopping = True
        await asyncio.wait_for(asyncio.gather(*talking), LIFE_SECONDS)
        assert all(sender.connections > KILLS / 2 for sender in senders)
        check_logs(server, guests, logs, senders)
        assert await asyncio.to_thread(server.terminate) == 0
    assert problems_of(server.database) == []


def seat(server: RunningServer, guests: list[Guest], logs: dict[str, ChatLog]) -> list[Sender]:
    """Every guest in their own chat, and an agent in the first of them."""
    epoch = server.call("GET", "/support_chat", token=guests[0].token).body["epoch"]
    seats = [(guest.token, guest.chat_id) for guest in guests]
    seats.append((server.sign_in(), guests[0].chat_id))
    return [Sender(server, token, chat, epoch, logs[chat]) for token, chat in seats]


async def some_more(
    count: int, logs: dict[str, ChatLog], talking: Sequence[asyncio.Task[None]]
) -> None:
    """Wait until so many more messages are acknowledged; fail as soon as a sender does."""
    wanted = acknowledged(logs) + count
    async with asyncio.timeout(LIFE_SECONDS):
        while acknowledged(logs) < wanted:
            await asyncio.wait(talking, timeout=0.001, return_when=asyncio.FIRST_COMPLETED)
            for sender in talking:
                assert not sender.done(), sender.exception()


def acknowledged(logs: dict[str, ChatLog]) -> int:
    return sum(len(log.acknowledged) for log in logs.values())


def check_logs(
    server: RunningServer,
    guests: list[Guest],
    logs: dict[str, ChatLog],
    senders: list[Sender],
) -> None:
    """Judge what is kept, and that everybody heard exactly that."""
    kept = {}
    for guest in guests:
        stored = server.messages("/support_chat/messages", guest.token)
        kept[guest.chat_id] = [Kept(message["id"], message["seq"]) for message in stored]
        assert logs[guest.chat_id].faults(kept[guest.chat_id]) == []
        assert logs[guest.chat_id].acknowledged.keys() == logs[guest.chat_id].sent
    for sender in senders:
        assert sender.heard == [m.id for m in kept[sender.chat_id]][: len(sender.heard)]


def problems_of(database: Path) -> list[tuple[str, ...]]:
    """What SQLite itself finds wrong with the file."""
    with closing(sqlite3.connect(database)) as connection:
        checked = connection.execute("PRAGMA integrity_check").fetchall()
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [row for row in checked if row != ("ok",)] + orphans
