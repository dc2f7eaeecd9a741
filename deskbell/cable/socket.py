"""The writing end of one socket: its outbox, its heartbeat and its last word."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from deskbell.cable import frames
from deskbell.metrics import Metrics
from deskbell.realtime.outbox import Outbox

log = logging.getLogger(__name__)

PONG_PATIENCE = 10.0
"""Seconds after which a client that used to answer pings counts as gone."""

LAST_WORDS = 5.0
"""Seconds that a reader has for what is still queued when we close."""

OVERFLOW, POLICY, RESTART = 1013, 1008, 1012
"""Close codes of RFC 6455 and its registry: try again later, policy violation, restart."""


class Socket:
    """Writes frames at its reader's pace, and closes for a reason."""

    __slots__ = (
        "_clock",
        "_closing",
        "_expires_at",
        "_leave",
        "_metrics",
        "_ponged_at",
        "_send",
        "busy",
        "outbox",
    )

    def __init__(
        self,
        send: Callable[[dict[str, Any]], Awaitable[None]],
        leave: Callable[[], None],
        *,
        expires_at: datetime,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        """`leave` is called when the socket stops listening before its peer is gone; the token
        of its client ends at `expires_at`."""
        self.outbox = Outbox(self._send_text, self._overflow)
        self.busy = False
        self._send = send
        self._leave = leave
        self._expires_at = expires_at
        self._clock = clock
        self._metrics = metrics
        self._ponged_at: float | None = None
        self._closing: asyncio.Task[None] | None = None

    @property
    def closing(self) -> asyncio.Task[None] | None:
        """The closing on its way, once it has begun."""
        return self._closing

    def beat(self, now: int) -> None:
        """Ping the client; end the connection when its token or our patience is over."""
        self.outbox.put(frames.ping(now))
        if self._expires_at <= self._clock():
            self.end("token_expired", POLICY, reconnect=False)
        elif self.busy:
            # Its pongs wait unread behind the command we work on.
            self._ponged_at = None if self._ponged_at is None else time.monotonic()
        elif self._ponged_at is not None and time.monotonic() - self._ponged_at > PONG_PATIENCE:
            self._close_soon(POLICY)

    def ponged(self) -> None:
        """Note that the client answers pings, and will go on doing so."""
        self._ponged_at = time.monotonic()

    def end(self, reason: str, code: int, *, reconnect: bool) -> None:
        """Say why, and close once that is written."""
        self._leave()
        self.outbox.put(frames.disconnect(reason, reconnect=reconnect))
        self._close_soon(code)

    async def _send_text(self, frame: str) -> None:
        await self._send({"type": "websocket.send", "text": frame})

    def _overflow(self) -> None:
        self._metrics.overflows.inc()
        self._leave()
        self._close_soon(OVERFLOW)

    def _close_soon(self, code: int) -> None:
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._close(code))

    async def _close(self, code: int) -> None:
        await self.outbox.flush(LAST_WORDS)
        self.outbox.close()
        try:
            await self._send({"type": "websocket.close", "code": code})
        except (OSError, RuntimeError):
            log.debug("the socket was closed already")
