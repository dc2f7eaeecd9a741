"""The desk: how the transports run actions and queries, without knowing where rows live."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from deskbell.actions.send_message import SendMessage, Sent, send_messages
from deskbell.domain.errors import RateLimited
from deskbell.domain.events import Outcome
from deskbell.domain.people import Actor
from deskbell.domain.rate_limit import RateLimit
from deskbell.storage.database import Database, Transaction
from deskbell.storage.writer import Settled, Writer

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How often what may happen: (burst, seconds in which it refills). Generous to an office
    behind one address, far below what a flood needs."""

    messages_per_sender: tuple[int, float] = (30, 30.0)
    confirmations_per_person: tuple[int, float] = (3, 3_600.0)
    confirmations_per_email: tuple[int, float] = (5, 86_400.0)
    confirmations_per_address: tuple[int, float] = (20, 3_600.0)
    confirming_per_address: tuple[int, float] = (60, 60.0)
    sessions_per_address: tuple[int, float] = (120, 60.0)
    sign_ins_per_address: tuple[int, float] = (5, 300.0)
    sign_ins_per_account: tuple[int, float] = (10, 900.0)
    calls_per_person: tuple[int, float] = (300, 60.0)
    subscriptions_per_person: tuple[int, float] = (300, 60.0)


class RateLimits:
    """The buckets of one process; `enabled` False lets everything through."""

    def __init__(self, limits: Limits, clock: Callable[[], datetime], *, enabled: bool) -> None:
        self.enabled = enabled
        self._clock = clock
        self._limits = {
            name: RateLimit(*getattr(limits, name)) for name in Limits.__dataclass_fields__
        }

    def take(self, name: str, key: object) -> None:
        """Spend one token of a limit, or raise RateLimited."""
        if self.enabled:
            self._limits[name].take(key, self._clock().timestamp())

    def take_all(self, keys: Mapping[str, object]) -> None:
        """Spend one token of each limit named, or raise RateLimited and spend none."""
        taken: list[str] = []
        try:
            for name, key in keys.items():
                self.take(name, key)
                taken.append(name)
        except RateLimited:
            for name in taken:
                self.give_back(name, keys[name])
            raise

    def give_back(self, name: str, key: object) -> None:
        """Return a token: what it was taken for turned out to be no abuse."""
        self._limits[name].give_back(key)


class Desk:
    """Runs queries in the pool of readers and actions in the writer."""

    def __init__(
        self, database: Database, writer: Writer, limits: RateLimits, *, mail_delay: timedelta
    ) -> None:
        self._database = database
        self._writer = writer
        self._mail_delay = mail_delay
        self.limits = limits

    async def read(
        self, query: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Answer a query from one consistent snapshot; raises what the query raises."""
        return await self._database.read(query, *args, **kwargs)

    async def write(
        self,
        action: Callable[Concatenate[Transaction, P], Outcome[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run an action; its result is durable and announced. Raises its refusal, or Busy."""
        return await self._writer.run(action, *args, **kwargs)

    async def send(self, actor: Actor, chat_id: UUID, message_id: UUID, content: str) -> Sent:
        """Send a message and wait until it is stored."""
        request = self._request(actor, chat_id, message_id, content)
        return await self._writer.run_batched(send_messages, request)

    def submit(
        self, actor: Actor, chat_id: UUID, message_id: UUID, content: str, settle: Settled
    ) -> None:
        """Send a message and have `settle` called: the socket's way, which never waits.

        Raises RateLimited or Busy at once.
        """
        request = self._request(actor, chat_id, message_id, content)
        self._writer.submit_batched(send_messages, request, settle)

    def _request(self, actor: Actor, chat_id: UUID, message_id: UUID, content: str) -> SendMessage:
        self.limits.take("messages_per_sender", actor.user_id)
        return SendMessage(actor, chat_id, message_id, content, self._mail_delay)
