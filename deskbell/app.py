"""Deskbell as an ASGI application: its life cycle, and what a host says to it."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from deskbell.actions.admins import check_admin, create_admin, offer_setup
from deskbell.api import openapi
from deskbell.api.errors import error_response
from deskbell.api.operator import Readiness
from deskbell.domain.errors import Busy
from deskbell.domain.people import User
from deskbell.mail.mailer import Mailer
from deskbell.parts import Parts, public_url
from deskbell.settings import Settings

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HostIdentify = Callable[[Request], Awaitable[User | None] | User | None]
Hook = TypeVar("Hook", bound=HostIdentify)


def utc_now() -> datetime:
    """The clock of production."""
    return datetime.now(UTC)


class Deskbell:
    """Live support chat as an ASGI application.

    `clock` tells the time for everything that is stored, signed or due; `mailer` overrides the
    SMTP server of the settings.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        clock: Callable[[], datetime] = utc_now,
        mailer: Mailer | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._parts = Parts(self.settings, clock, mailer)
        self._rest = self._parts.rest(self._identify_host_user, self._readiness)
        self._host_identify: HostIdentify | None = None
        self._starting = asyncio.Lock()
        self._started = False
        self._stopped = False
        self._draining = False

    def identify(self, hook: Hook) -> Hook:
        """Decorate the function that tells the host's signed-in user of a request, or None.

        It runs only when a session is opened, where the host's cookies and middleware work. It
        may be a coroutine function; an ordinary one runs in a thread.
        """
        self._host_identify = hook
        return hook

    async def start(self) -> None:
        """Bring the database up to date and begin to work; a second call does nothing."""
        async with self._starting:
            if self._started:
                return
            copy = await asyncio.to_thread(self._parts.prepare_database)
            if copy is not None:
                log.info("upgraded the database; the old one is kept as %s", copy)
            if not self._parts.lock.take():
                log.warning(
                    "another process serves %s: what is written there is seen here only when asked",
                    self.settings.database_url,
                )
            if self.settings.rate_limits == "off":
                log.warning("all rate limits are off (rate_limits): for benchmarks and tests only")
            self._parts.start()
            self._started = True

    async def drain(self) -> None:
        """Stop being ready, and ask every client to come back later."""
        self._draining = True
        await self._parts.cable.drain(self.settings.drain_seconds / 2)

    async def stop(self) -> None:
        """Finish what was begun and let go of everything."""
        if self._started and not self._stopped:
            self._stopped = True
            await self._parts.stop()

    async def create_admin(self, email: str, name: str, password: str) -> None:
        """Add an admin, also beside a running server; raises Invalid."""
        check_admin(email, name)
        password_hash = await self._parts.passwords.hash(password)
        await asyncio.to_thread(self._parts.prepare_database)
        with self._parts.database.transaction() as tx:
            create_admin(tx, email, name, password_hash)

    async def setup_link(self, address: str | None = None) -> str | None:
        """Make the single-use link for the first admin; None when there is one.

        `address` is where we listen, for a service that knows no public address.
        """
        token = await self._parts.desk.write(offer_setup)
        if token is None:
            return None
        base = self.settings.public_url or address or public_url(self.settings)
        return f"{base.rstrip('/')}/dashboard/#setup={token}"

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document of the REST interface."""
        return openapi.document()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if not self._started:
            # Mounted where nobody runs our lifespan: start with the first request.
            await self.start()
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if scope["type"] == "http" and self._stopped:
            await error_response(Busy())(scope, receive, send)
        elif scope["type"] == "http":
            await self._rest(scope, receive, send)
        elif path == "/cable" and not self._stopped:
            await self._parts.cable(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.start()
        except Exception as error:
            log.exception("Deskbell could not start")
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _identify_host_user(self, request: Request) -> User | None:
        hook = self._host_identify
        if hook is None:
            return None
        if inspect.iscoroutinefunction(hook):
            user: User | None = await hook(request)
            return user
        answer = await run_in_threadpool(hook, request)
        return await answer if inspect.isawaitable(answer) else answer

    async def _readiness(self) -> Readiness:
        if self._draining:
            return Readiness(ready=False, checks={"server": "draining"})
        try:
            return await self._parts.check()
        except Exception:
            log.exception("the database cannot be read")
            return Readiness(ready=False, checks={"database": "cannot be read"})
