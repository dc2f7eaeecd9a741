"""The heartbeat: every socket gets its ping every three seconds, a few sockets at a time.

Pinging all at once would stop the event loop for a moment, long enough to show in every p99.
"""

import asyncio
import logging
import time
from typing import Protocol

log = logging.getLogger(__name__)

INTERVAL = 3.0
"""Seconds between two pings of a socket; clients of Action Cable reconnect after missing two."""

SLOTS = 30
"""Groups of sockets, each pinged at its own moment of the interval."""


class Beating(Protocol):
    """A socket that wants its pings."""

    def beat(self, now: int) -> None:
        """Send a ping that carries the Unix time `now`, and look whether all is well."""
        ...


class Heartbeat:
    """Pings everybody in turn."""

    def __init__(self) -> None:
        self._slots: list[dict[Beating, None]] = [{} for _ in range(SLOTS)]
        self._next = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to beat on the running event loop."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        """Beat no more."""
        if self._task is not None:
            self._task.cancel()

    def add(self, socket: Beating) -> int:
        """Put a socket into the next slot, and return which."""
        self._next = (self._next + 1) % SLOTS
        self._slots[self._next][socket] = None
        return self._next

    def remove(self, socket: Beating, slot: int) -> None:
        """Take a socket out of its slot."""
        self._slots[slot].pop(socket, None)

    async def _run(self) -> None:
        slot = 0
        while True:
            await asyncio.sleep(INTERVAL / SLOTS)
            slot = (slot + 1) % SLOTS
            now = int(time.time())
            for socket in tuple(self._slots[slot]):
                try:
                    socket.beat(now)
                except Exception:
                    # All others still want their pings.
                    log.exception("could not ping a socket")
