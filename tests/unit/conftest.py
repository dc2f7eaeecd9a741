"""What tests of single parts share: a writer on the event loop, the desk before it, the worker."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from deskbell.actions.desk import Desk, Limits, RateLimits
from deskbell.domain.events import Announcement
from deskbell.jobs.away_mail import away_mail_kind
from deskbell.jobs.confirm_email import confirm_email_kind
from deskbell.jobs.mail_worker import MailWorker
from deskbell.metrics import Metrics
from deskbell.storage.database import Database
from deskbell.storage.writer import Writer
from deskbell.tokens import Tokens
from tests.cast import MAIL_DELAY
from tests.mailbox import Mailbox
from tests.scene import Scene
from tests.unit.mails import PLAN, MakeWorker


@pytest.fixture
def announced() -> list[Announcement]:
    """What the writer announced, in its order."""
    return []


@pytest.fixture
async def writer(database: Database, announced: list[Announcement]) -> AsyncIterator[Writer]:
    writer = Writer(database, announced.append, max_waiting=2_000)
    writer.start()
    yield writer
    await writer.stop()


@pytest.fixture
def desk(database: Database, writer: Writer) -> Desk:
    return Desk(
        database, writer, RateLimits(Limits(), database.clock, enabled=False), mail_delay=MAIL_DELAY
    )


@pytest.fixture
def tokens(scene: Scene) -> Tokens:
    return Tokens(b"k" * 32, life=timedelta(hours=1), clock=scene.clock)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def worker_with(desk: Desk, tokens: Tokens, metrics: Metrics, scene: Scene) -> MakeWorker:
    return lambda mailer: MailWorker(
        desk,
        mailer,
        [away_mail_kind(tokens, PLAN), confirm_email_kind(tokens, PLAN)],
        metrics,
        scene.clock,
    )


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def worker(worker_with: MakeWorker, mailbox: Mailbox) -> MailWorker:
    return worker_with(mailbox)
