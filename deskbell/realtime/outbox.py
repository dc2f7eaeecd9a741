"""The outbox of one connection: bounded, written by one task, closed when its reader is too slow.

Putting never waits, so a stalled member cannot freeze a room. Nothing is silently skipped: an
overflow ends the connection, and the client goes on from its last `seq`.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

LIMIT = 256 * 1024
"""Characters that may wait for a reader."""

PACE = 64 * 1024
"""Replayed history waits until less than this is queued, so that it never overflows."""


class Outbox:
    """Frames on their way to one socket, in order."""

    __slots__ = (
        "_blocked",
        "_closed",
        "_drained",
        "_on_overflow",
        "_queue",
        "_send",
        "_size",
        "_task",
    )

    def __init__(
        self, send: Callable[[str], Awaitable[None]], on_overflow: Callable[[], None]
    ) -> None:
        self._send = send
        self._on_overflow = on_overflow
        self._queue: deque[str] = deque()
        self._size = 0
        self._task: asyncio.Task[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._closed = False
        self._blocked = False

    @property
    def closed(self) -> bool:
        """Nothing more will be written."""
        return self._closed

    def put(self, frame: str) -> None:
        """Queue a frame; after `close` or an overflow it goes nowhere."""
        if self._closed:
            return
        # A whole batch of commits is announced in one go, before any reader had a chance: only a
        # reader whose socket takes nothing more is too slow.
        if self._blocked and self._size + len(frame) > LIMIT:
            self.overflow()
            return
        self._size += len(frame)
        self._queue.append(frame)
        if self._task is None:
            # The task lives only while there is something to write: an idle socket holds none.
            self._task = asyncio.get_running_loop().create_task(self._drain())

    def overflow(self) -> None:
        """Give up on a reader that is too slow."""
        self.close()
        self._on_overflow()

    async def put_paced(self, frame: str) -> None:
        """Queue a frame once the reader has kept up: at the socket's own pace."""
        while self._size > PACE and not self._closed:
            if self._drained is None:
                self._drained = asyncio.get_running_loop().create_future()
            await self._drained
        self.put(frame)

    async def flush(self, seconds: float) -> None:
        """Wait until everything queued is written, so long at most."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=seconds)

    def close(self) -> None:
        """Drop what waits and write nothing more."""
        self._closed = True
        self._queue.clear()
        self._size = 0
        if self._task is not None:
            self._task.cancel()
        self._wake()

    async def _drain(self) -> None:
        try:
            while self._queue:
                frame = self._queue.popleft()
                self._blocked = True  # Seen from outside only if the send has to wait.
                await self._send(frame)
                self._blocked = False
                self._size -= len(frame)
                if self._drained is not None and self._size <= PACE:
                    self._wake()
        except OSError:
            # The peer is gone; the connection hears of it by its own receive.
            self.close()
        except Exception:
            log.exception("could not write to a socket")
            self.close()
        finally:
            self._task = None

    def _wake(self) -> None:
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)
        self._drained = None
