"""The parts of one installation, wired together from its settings: here and nowhere else."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.engine import make_url
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deskbell.actions.desk import Desk, Limits, RateLimits
from deskbell.actions.snapshot import epoch_of
from deskbell.api import openapi
from deskbell.api.admin_session import AdminSessionApi
from deskbell.api.agent import AgentApi
from deskbell.api.contact import ContactApi
from deskbell.api.errors import error_response
from deskbell.api.operator import OperatorApi, Readiness
from deskbell.api.rest import Api
from deskbell.api.site import Site
from deskbell.api.visitor import Identify, VisitorApi
from deskbell.cable.announcer import Announcer
from deskbell.cable.endpoint import Cable
from deskbell.cable.frames import Body
from deskbell.cable.origins import Origins
from deskbell.domain.errors import NotFound
from deskbell.jobs.away_mail import away_mail_kind
from deskbell.jobs.confirm_email import confirm_email_kind
from deskbell.jobs.mail_plan import MailPlan
from deskbell.jobs.mail_worker import MailWorker
from deskbell.mail.mailer import Mailer
from deskbell.mail.smtp import SmtpMailer
from deskbell.metrics import Metrics
from deskbell.passwords import Passwords
from deskbell.realtime.hub import Hub
from deskbell.settings import Settings, ensure_secret
from deskbell.storage import meta, migrate
from deskbell.storage.database import Database
from deskbell.storage.service_lock import ServiceLock
from deskbell.storage.writer import Writer
from deskbell.tokens import Tokens


class Parts:
    """Everything an installation consists of, made but not started."""

    def __init__(
        self, settings: Settings, clock: Callable[[], datetime], mailer: Mailer | None
    ) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.lock = ServiceLock(database_file(settings))
        self.passwords = Passwords()
        self.tokens = Tokens(
            ensure_secret(settings), life=timedelta(seconds=settings.token_life), clock=clock
        )
        self.database = Database(
            settings.database_url, clock=clock, read_threads=settings.read_threads
        )
        hub: Hub[Body] = Hub()
        self.announcer = Announcer(hub, self.metrics, clock)
        self.writer = Writer(
            self.database, self.announcer.announce, max_waiting=settings.write_queue
        )
        self.metrics.watch_writer(lambda: self.writer.waiting)
        limits = RateLimits(Limits(), clock, enabled=settings.rate_limits == "on")
        delay = timedelta(seconds=settings.mail_delay)
        self.desk = Desk(self.database, self.writer, limits, mail_delay=delay)
        origins = Origins(settings.public_url, settings.sites)
        self.cable = Cable(self.desk, self.announcer, self.tokens, origins, self.metrics)
        plan = _mail_plan(settings)
        kinds = (away_mail_kind(self.tokens, plan), confirm_email_kind(self.tokens, plan))
        self.mails = MailWorker(self.desk, mailer or _smtp(settings), kinds, self.metrics, clock)

    def rest(self, identify: Identify, readiness: Callable[[], Any]) -> Starlette:
        """Make the REST side: `identify` asks the host, `readiness` the life cycle."""
        api = Api(
            visitor=VisitorApi(self.desk, self.tokens, identify),
            contact=ContactApi(self.desk, self.tokens),
            agent=AgentApi(self.desk),
            admin_session=AdminSessionApi(
                self.desk,
                self.tokens,
                self.passwords,
                https=public_url(self.settings).startswith("https:"),
            ),
            operator=OperatorApi(readiness, self.metrics, self.settings.metrics_token),
            site=Site(self.desk, self.tokens, self.settings.brand),
            tokens=self.tokens,
            limits=self.desk.limits,
            metrics=self.metrics,
            sites=self.settings.sites,
        )
        routes = api.routes(msgspec.json.encode(openapi.document()))
        app = Starlette(routes=routes, exception_handlers={HTTPException: _not_found})
        # Redirects would name an absolute address, which a proxy's prefix makes wrong.
        app.router.redirect_slashes = False
        return app

    def prepare_database(self) -> Path | None:
        """Bring the database up to date; return the copy of the old one, if there was one."""
        database_file(self.settings).parent.mkdir(parents=True, exist_ok=True)
        copy = migrate.upgrade(self.settings.database_url)
        with self.database.transaction() as tx:
            self.announcer.epoch = epoch_of(tx) or meta.begin_epoch(tx)
        return copy

    def start(self) -> None:
        """Begin to work on the running event loop."""
        self.writer.start()
        self.cable.start()
        self.mails.start()

    async def stop(self) -> None:
        """Finish what was begun and let go of everything."""
        await self.mails.stop()
        self.cable.stop()
        await self.writer.stop()
        self.passwords.close()
        await asyncio.to_thread(self.database.close)
        self.lock.release()

    async def check(self) -> Readiness:
        """Look whether requests can be served; raises what the database raises."""
        await self.desk.read(epoch_of)
        return Readiness(ready=True, checks={"database": "ok", "mail": await self.mails.status()})


def database_file(settings: Settings) -> Path:
    """Where the database lies."""
    return Path(make_url(settings.database_url).database or "")


def public_url(settings: Settings) -> str:
    """Where browsers reach this installation, as far as anybody told us."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return (settings.public_url or f"http://{host}:{settings.port}").rstrip("/")


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
    return MailPlan(
        delay=timedelta(seconds=settings.mail_delay),
        brand=settings.brand,
        mail_from=settings.mail_from or "support@localhost",
        chat_url=settings.chat_url or f"{public_url(settings)}/chat",
        unsubscribe_url=f"{public_url(settings)}/mail/unsubscribe",
        confirm_url=f"{public_url(settings)}/confirm_email",
    )


async def _not_found(_request: Request, _error: Exception) -> Response:
    return error_response(NotFound())
