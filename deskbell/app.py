"""Deskbell as an ASGI application: settings in, everything wired together, nowhere else."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy.engine import make_url
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deskbell.actions.admins import check_admin, create_admin, offer_setup
from deskbell.actions.desk import Desk, Limits, RateLimits
from deskbell.actions.snapshot import epoch_of
from deskbell.api import openapi
from deskbell.api.admin_session import AdminSessionApi
from deskbell.api.agent import AgentApi
from deskbell.api.errors import error_response
from deskbell.api.operator import OperatorApi, Readiness
from deskbell.api.routes import Api
from deskbell.api.site import Site
from deskbell.api.visitor import VisitorApi
from deskbell.cable.announcer import Announcer
from deskbell.cable.endpoint import Cable
from deskbell.cable.origins import Origins
from deskbell.domain.errors import NotFound
from deskbell.domain.people import User
from deskbell.jobs.away_mail import AwayMailWorker, MailPlan
from deskbell.mail.mailer import Mailer
from deskbell.mail.smtp import SmtpMailer
from deskbell.metrics import Metrics
from deskbell.passwords import Passwords
from deskbell.realtime.hub import Hub
from deskbell.settings import Settings, ensure_secret
from deskbell.storage import meta, migrate
from deskbell.storage.database import Database
from deskbell.storage.writer import Writer
from deskbell.tokens import Tokens

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
        self.metrics = Metrics()
        self._clock = clock
        self._host_identify: HostIdentify | None = None
        self._starting = asyncio.Lock()
        self._started = False
        self._draining = False
        self._wire(mailer)

    def _wire(self, mailer: Mailer | None) -> None:
        settings, clock = self.settings, self._clock
        secret = ensure_secret(settings)
        self._passwords = Passwords()
        self._tokens = Tokens(secret, life=timedelta(seconds=settings.token_life), clock=clock)
        self._database = Database(
            settings.database_url, clock=clock, read_threads=settings.read_threads
        )
        self._announcer = Announcer(Hub(), self.metrics, clock)
        self._writer = Writer(
            self._database, self._announcer.announce, max_waiting=settings.write_queue
        )
        self.metrics.watch_writer(lambda: self._writer.waiting)
        limits = RateLimits(Limits(), enabled=settings.rate_limits == "on")
        delay = timedelta(seconds=settings.mail_delay)
        self._desk = Desk(self._database, self._writer, limits, mail_delay=delay)
        origins = Origins(settings.public_url, settings.sites)
        self._cable = Cable(self._desk, self._announcer, self._tokens, origins, self.metrics)
        self._mails = AwayMailWorker(
            self._desk,
            self._tokens,
            mailer or _smtp(settings),
            _mail_plan(settings),
            self.metrics,
            clock,
        )
        self._http = self._rest()

    def _rest(self) -> Starlette:
        api = Api(
            visitor=VisitorApi(self._desk, self._tokens, self._identify_host_user),
            agent=AgentApi(self._desk),
            admin_session=AdminSessionApi(self._desk, self._tokens, self._passwords),
            operator=OperatorApi(self._readiness, self.metrics, self.settings.metrics_token),
            site=Site(self._desk, self._tokens, self.settings.brand),
            tokens=self._tokens,
            metrics=self.metrics,
            sites=self.settings.sites,
        )
        routes = api.routes(msgspec.json.encode(self.openapi()))
        app = Starlette(routes=routes, exception_handlers={HTTPException: _not_found})
        # Redirects would name an absolute address, which a proxy's prefix makes wrong.
        app.router.redirect_slashes = False
        return app

    # For the host.

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
            await asyncio.to_thread(self._prepare_database)
            self._writer.start()
            self._cable.start()
            self._mails.start()
            self._started = True
            if self.settings.rate_limits == "off":
                log.warning("all rate limits are off (rate_limits): for benchmarks and tests only")

    async def drain(self) -> None:
        """Stop being ready, and ask every client to come back later."""
        self._draining = True
        await self._cable.drain(self.settings.drain_seconds / 2)

    async def stop(self) -> None:
        """Finish what was begun and let go of everything."""
        if not self._started:
            return
        self._started = False
        await self._mails.stop()
        self._cable.stop()
        await self._writer.stop()
        self._passwords.close()
        await asyncio.to_thread(self._database.close)

    async def create_admin(self, email: str, name: str, password: str) -> None:
        """Add an admin, also beside a running server; raises Invalid."""
        check_admin(email, name)
        password_hash = await self._passwords.hash(password)
        await asyncio.to_thread(self._prepare_database)
        with self._database.transaction() as tx:
            create_admin(tx, email, name, password_hash)

    async def setup_link(self) -> str | None:
        """Make the single-use link for the first admin; None when there is one."""
        token = await self._desk.write(offer_setup)
        if token is None:
            return None
        return f"{_public_url(self.settings)}/dashboard/#setup={token}"

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document of the REST interface."""
        return openapi.document()

    # For the server.

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if not self._started:
            # Mounted where nobody runs our lifespan: start with the first request.
            await self.start()
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif path == "/cable":
            await self._cable(scope, receive, send)
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

    # Parts.

    def _prepare_database(self) -> None:
        url = self.settings.database_url
        Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
        copy = migrate.upgrade(url)
        if copy is not None:
            log.info("upgraded the database; the old one is kept as %s", copy)
        with self._database.transaction() as tx:
            self._announcer.epoch = epoch_of(tx) or meta.begin_epoch(tx)

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
            checks = {"database": "ok", "mail": await self._mails.status()}
        except Exception:
            log.exception("the database cannot be read")
            return Readiness(ready=False, checks={"database": "cannot be read"})
        return Readiness(ready=True, checks=checks)


def _smtp(settings: Settings) -> SmtpMailer | None:
    if settings.smtp_host is None:
        return None
    return SmtpMailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password,
        security=settings.smtp_security,
    )


def _mail_plan(settings: Settings) -> MailPlan:
    public_url = _public_url(settings)
    return MailPlan(
        delay=timedelta(seconds=settings.mail_delay),
        brand=settings.brand,
        mail_from=settings.mail_from or "support@localhost",
        chat_url=settings.chat_url or f"{public_url}/chat",
        unsubscribe_url=f"{public_url}/mail/unsubscribe",
    )


def _public_url(settings: Settings) -> str:
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")


async def _not_found(_request: Request, _error: Exception) -> Response:
    return error_response(NotFound())
