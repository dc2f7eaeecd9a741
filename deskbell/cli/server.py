"""uvicorn, but it lets go gently: uvicorn itself closes every socket at once on SIGTERM."""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import Any

import uvicorn

from deskbell.settings import Settings

Hook = Callable[[], Coroutine[Any, Any, None]]

log = logging.getLogger(__name__)

FRAME_LIMIT = 262_144
"""10,000 characters can need 140 KB as escaped JSON."""
LAST_ANSWERS = 1.0
"""Seconds for clients to answer the closing of their sockets."""
LAST_REQUESTS = 5
"""Seconds for requests that are still running when all sockets are closed."""


class DrainingServer(uvicorn.Server):
    """Awaits `drain` before it closes what is left; a second signal ends the process at once."""

    def __init__(self, app: Any, settings: Settings, *, started: Hook, drain: Hook) -> None:
        super().__init__(_configuration(app, settings))
        self._started = started
        self._drain = drain
        self._drain_seconds = settings.drain_seconds

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        await self._started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        log.info("stopping: no new connections, the open ones are handed over")
        draining = asyncio.create_task(self._drain())
        await asyncio.sleep(0)  # the drain says "not ready" before the door closes
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        try:
            await asyncio.wait_for(draining, self._drain_seconds)
        except TimeoutError:
            log.warning("some connections were not handed over in %s s", self._drain_seconds)
        await self._hear_answers()
        await super().shutdown(sockets)

    async def _hear_answers(self) -> None:
        """Give clients a moment to answer our closing. Cutting off one that is still sending
        resets the connection, and the goodbye is lost on the way."""
        kind = self.config.ws_protocol_class
        open_sockets = self.server_state.connections
        deadline = time.monotonic() + LAST_ANSWERS
        while kind and any(isinstance(each, kind) for each in open_sockets):
            if time.monotonic() > deadline:
                return
            await asyncio.sleep(0.01)

    def handle_exit(self, sig: int, _: FrameType | None) -> None:
        """Not uvicorn's, which would end a clean stop by the signal's own default."""
        if self.should_exit:
            # Safe at any moment: what was acknowledged is on disk.
            os._exit(128 + sig)
        self.should_exit = True


def _configuration(app: Any, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",  # whoever runs the server starts and stops the app
        log_config=None,
        access_log=False,
        server_header=False,
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=FRAME_LIMIT,
        ws_per_message_deflate=False,  # it costs 60 to 120 KB for each socket, and invites bombs
        ws_ping_interval=20,
        ws_ping_timeout=20,
        timeout_keep_alive=75,  # longer than proxies hold theirs, or they meet a closed one
        timeout_graceful_shutdown=LAST_REQUESTS,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
    )
