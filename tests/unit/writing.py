"""Small actions for tests of the writer, and a gate that keeps it busy while others queue up."""

import asyncio
import threading
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import event, insert, select

from deskbell.domain.events import Announcement, MessageRejected, Outcome
from deskbell.storage.database import Database, Transaction
from deskbell.storage.tables import meta
from deskbell.storage.writer import Writer

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds after which a test that hangs gives up."""


def note(tx: Transaction, text: str) -> Outcome[str]:
    """The simplest action: stores a text and announces it."""
    tx.connection.execute(insert(meta).values(key=text, value=""))
    return Outcome(text, [Announcement(None, MessageRejected(text, "noted"))])


def fail(tx: Transaction, text: str) -> Outcome[str]:
    """An action that writes first and fails then."""
    note(tx, text)
    raise ValueError(text)


def notes(database: Database) -> list[str]:
    """What is stored, as another connection sees it."""
    query = select(meta.c.key)
    return sorted(database.read_now(lambda tx: tx.connection.execute(query).scalars().all()))


def texts(announced: list[Announcement]) -> list[Any]:
    return [getattr(announcement.event, "id", None) for announcement in announced]


class Gate:
    """Inside it the writer stands still: whatever is submitted meanwhile waits together."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._entered = threading.Event()
        self._open = threading.Event()

    async def __aenter__(self) -> Self:
        self._passing = asyncio.ensure_future(self._writer.run(self._pass))
        assert await asyncio.to_thread(self._entered.wait, PATIENCE)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._open.set()
        await self._passing

    def _pass(self, _tx: Transaction) -> Outcome[None]:
        self._entered.set()
        assert self._open.wait(PATIENCE)
        return Outcome(None)


async def together(writer: Writer, *waiting: Awaitable[T]) -> list[T | BaseException]:
    """Let all of these wait for the writer at once; gives their answers or errors."""
    async with Gate(writer):
        answers = asyncio.gather(*waiting, return_exceptions=True)
        await submitted(writer, len(waiting) + 1)
    async with asyncio.timeout(PATIENCE):
        return await answers


async def submitted(writer: Writer, count: int) -> None:
    """Wait until that many actions are with the writer."""
    async with asyncio.timeout(PATIENCE):
        while writer.waiting < count:  # noqa: ASYNC110 - the writer has no bell for tests
            await asyncio.sleep(0)


@contextmanager
def counted_commits(database: Database) -> Iterator[list[int]]:
    """One entry for each transaction that the writing connection committed."""
    commits: list[int] = []

    def count(_connection: Any) -> None:
        commits.append(1)

    event.listen(database._writing, "commit", count)
    try:
        yield commits
    finally:
        event.remove(database._writing, "commit", count)
