"""The stage of a benchmark: a fresh server on its own core, and the people who will use it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from bench.cable import Socket
from bench.machine import Cores
from tests.servers import Guest, RunningServer

T = TypeVar("T")

SETTINGS = {"rate_limits": "off", "log_level": "warning"}
CALLERS = 16
"""REST calls at a time while guests are welcomed."""
CONNECTING = 64
"""Handshakes at a time."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A running server with guests, each of whom has a chat."""

    server: RunningServer
    cores: Cores
    guests: list[Guest]
    admin_token: str

    async def seat_guests(self) -> list[Socket]:
        """Connect every guest to their own chat."""
        return await self._seat((guest, guest.token) for guest in self.guests)

    async def seat_admin(self) -> list[Socket]:
        """Connect the admin to every chat, by a socket for each: as many agents would."""
        return await self._seat((guest, self.admin_token) for guest in self.guests)

    async def _seat(self, seats: Iterable[tuple[Guest, str]]) -> list[Socket]:
        url, origin = self.server.cable, self.server.origin
        handshakes = [Socket.connect(url, origin, token, guest.chat_id) for guest, token in seats]
        return await _few_at_a_time(handshakes, CONNECTING)


@asynccontextmanager
async def staged(cores: Cores, guests: int) -> AsyncIterator[Stage]:
    """Start a server on an empty database, with an admin and so many guests."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="deskbell-bench-"))
        with cores.for_server():
            server = stack.enter_context(RunningServer(Path(folder), SETTINGS))
        server.create_admin()
        with ThreadPoolExecutor(CALLERS) as callers:
            welcomed = list(callers.map(lambda _: server.welcome_guest(), range(guests)))
        yield Stage(server, cores, welcomed, server.sign_in())


async def _few_at_a_time(waiting: Iterable[Coroutine[Any, Any, T]], count: int) -> list[T]:
    gate = asyncio.Semaphore(count)

    async def one(work: Coroutine[Any, Any, T]) -> T:
        async with gate:
            return await work

    return await asyncio.gather(*map(one, waiting))
