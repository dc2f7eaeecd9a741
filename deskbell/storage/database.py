"""The database file: how it is opened, read from by a small pool and written by one connection."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event

P = ParamSpec("P")
T = TypeVar("T")

Clock = Callable[[], datetime]

BUSY_TIMEOUT_MS = 5_000
"""How long a connection waits for another process's lock before it gives up."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What actions work with: one open transaction and the time it happens at."""

    connection: Connection
    now: datetime

    @property
    def alive(self) -> bool:
        """False once the database has rolled back by itself, as SQLite does when a disk is full
        or fails (sqlite.org/lang_transaction.html, 3.2): nothing done so far is left."""
        driver: Any = self.connection.connection.driver_connection
        return bool(driver.in_transaction)


WRITER_PRAGMAS = ("cache_size = -32768", "wal_autocheckpoint = 10000")
"""32 MiB of pages and a log of 40 MB: by default a batch over 500 chats spilled its pages and a
checkpoint followed nearly every commit, which cost 10 % of the messages a second."""


def sqlite_engine(
    url: str, begin: str, pool_size: int = 1, pragmas: tuple[str, ...] = ()
) -> Engine:
    """Open a SQLite file the way we always do; `begin` is how its transactions start."""
    # Errors are logged, what people write is not.
    engine = create_engine(url, pool_size=pool_size, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: Any) -> None:
        # The driver's own transaction mode would commit around savepoints; we say BEGIN ourselves.
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Database:
    """One SQLite file: a pool of readers, and transactions for the one writer."""

    def __init__(self, url: str, *, clock: Clock, read_threads: int) -> None:
        self.url = url
        self.clock = clock
        self._reading = sqlite_engine(url, "BEGIN", read_threads)
        # IMMEDIATE takes the write lock at once: upgrading a read transaction later fails
        # instantly when another process wrote meanwhile, whatever the busy timeout.
        self._writing = sqlite_engine(url, "BEGIN IMMEDIATE", pragmas=WRITER_PRAGMAS)
        self._readers = ThreadPoolExecutor(read_threads, thread_name_prefix="deskbell-read")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open the one write transaction; commit at the end, roll back on any exception."""
        with self._writing.begin() as connection:
            yield Transaction(connection, self.clock())

    def read_now(
        self,
        query: Callable[Concatenate[Transaction, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a query in the calling thread, on one consistent snapshot."""
        with self._reading.connect() as connection, connection.begin():
            return query(Transaction(connection, self.clock()), *args, **kwargs)

    async def read(
        self,
        query: Callable[Concatenate[Transaction, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a query in the pool of readers, on one consistent snapshot."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, lambda: self.read_now(query, *args, **kwargs)
        )

    def close(self) -> None:
        """Wait for running reads and close every connection."""
        self._readers.shutdown()
        self._reading.dispose()
        self._writing.dispose()
