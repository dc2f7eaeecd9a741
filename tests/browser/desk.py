"""The real server in a thread of the tests' process, so that a test can move its clock."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import jwt

from deskbell.app import Deskbell
from deskbell.cli.running import listening_socket
from deskbell.cli.server import DrainingServer
from deskbell.domain.people import User
from deskbell.settings import Settings

SECRET = "known to the shop and to its desk, and only in tests"
BRAND = "Harbour Lamps"
PATIENCE = 20.0
"""Seconds for starting and for stopping."""


class LiveDesk:
    """`deskbell serve` in all but the process: its uvicorn, a file of SQLite, SMTP."""

    def __init__(
        self,
        data: Path,
        clock: Callable[[], datetime],
        smtp_port: int,
        sites: tuple[str, ...] = (),
    ) -> None:
        self._listener = listening_socket("127.0.0.1", 0)
        port = self._listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        self._settings = Settings(
            data=data,
            port=port,
            public_url=self.origin,
            sites=sites,
            secret=SECRET,
            brand=BRAND,
            mail_from=f"{BRAND} <support@lamps.example>",
            smtp_host="127.0.0.1",
            smtp_port=smtp_port,
            smtp_security="none",
            rate_limits="off",
            drain_seconds=1,
        )
        self._desk = Deskbell(self._settings, clock=clock)
        self._server: DrainingServer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.result(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the server does not stop"

    def setup_link(self) -> str:
        """The link by which the first agent comes in."""
        assert self._loop is not None
        link = asyncio.run_coroutine_threadsafe(self._desk.setup_link(), self._loop)
        return link.result(PATIENCE) or ""

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._ready.done():
                raise
            self._ready.set_exception(error)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._desk.start()
        self._server = DrainingServer(
            self._desk, self._settings, started=self._started, drain=self._desk.drain
        )
        try:
            await self._server.serve(sockets=[self._listener])
        finally:
            await self._desk.stop()

    async def _started(self) -> None:
        self._ready.set_result(None)


def identity_of(user: User, now: datetime) -> str:
    """What the backend of a shop signs for its signed-in customer."""
    claims = {
        "sub": user.id,
        "email": user.email,
        "name": user.name,
        "attributes": {"plan": "trade", "orders": 6},
        "aud": "deskbell",
        "iat": now,
        "exp": now + timedelta(minutes=30),
    }
    return jwt.encode(claims, SECRET, algorithm="HS256")
