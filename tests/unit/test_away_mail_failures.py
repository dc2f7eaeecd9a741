"""Mails that do not get through at once: tried again, parked with a reason, or left uncertain."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from deskbell.actions.due_mail import LEASE
from deskbell.jobs.mail_worker import (
    FIRST_RETRY,
    LAST_RETRY,
    MAX_ATTEMPTS,
    MailWorker,
    retry_delay,
)
from deskbell.mail.mailer import (
    MailPermanentError,
    MailTemporaryError,
    MailUncertainError,
)
from deskbell.metrics import Metrics
from tests.cast import MAIL_DELAY
from tests.mailbox import Mailbox
from tests.scene import Scene
from tests.unit.mails import MakeWorker, reasons


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    """Ada's chat with an answer that is due to be told."""
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.dana, chat_id, "It ships on Friday.")
    scene.clock.now += MAIL_DELAY
    return chat_id


def counted(metrics: Metrics, outcome: str) -> float | None:
    return metrics.registry.get_sample_value(
        "deskbell_mails_total", {"kind": "away_mail", "outcome": outcome}
    )


@pytest.mark.usefixtures("chat_id")
async def test_a_mail_server_that_is_away_costs_nothing(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    mailbox.down = [MailTemporaryError("connection refused")]
    await worker.run_due()
    assert (mailbox.taken, reasons(scene)) == ([], [(None, "connection refused")])
    await worker.run_due()
    assert mailbox.taken == [], "not before its time"
    scene.clock.now += FIRST_RETRY
    await worker.run_due()
    assert len(mailbox.taken) == 1


@pytest.mark.usefixtures("chat_id")
async def test_a_mail_outlasts_any_outage_of_the_mail_server(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    outage = 3 * MAX_ATTEMPTS
    mailbox.down = [MailTemporaryError("connection refused") for _ in range(outage)]
    for _ in range(outage + 1):
        await worker.run_due()
        scene.clock.now += FIRST_RETRY
    assert (mailbox.down, len(mailbox.taken)) == ([], 1)


@pytest.mark.usefixtures("chat_id")
async def test_a_temporary_refusal_is_tried_again_later_each_time(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    mailbox.refuses = [MailTemporaryError("450 busy"), MailTemporaryError("450 busy")]
    await worker.run_due()
    scene.clock.now += FIRST_RETRY
    await worker.run_due()
    scene.clock.now += FIRST_RETRY / 2
    await worker.run_due()
    assert mailbox.taken == []
    scene.clock.now += 2 * FIRST_RETRY
    await worker.run_due()
    assert len(mailbox.taken) == 1


@pytest.mark.usefixtures("chat_id")
async def test_after_many_vain_tries_the_mail_is_parked_with_its_reason(
    worker: MailWorker, mailbox: Mailbox, scene: Scene, metrics: Metrics
) -> None:
    mailbox.refuses = [MailTemporaryError("450 busy") for _ in range(MAX_ATTEMPTS)]
    for _ in range(MAX_ATTEMPTS + 1):
        await worker.run_due()
        scene.clock.now += LAST_RETRY
    assert (mailbox.taken, mailbox.refuses) == ([], [])
    assert reasons(scene) == [("failed", "450 busy")]
    assert counted(metrics, "failed") == 1


@pytest.mark.usefixtures("chat_id")
async def test_a_permanent_refusal_is_parked_at_once_with_its_reason(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    mailbox.refuses = [MailPermanentError("550 no such user")]
    await worker.run_due()
    scene.clock.now += LAST_RETRY
    await worker.run_due()
    assert (mailbox.taken, reasons(scene)) == ([], [("failed", "550 no such user")])


@pytest.mark.parametrize(
    "failure", [MailUncertainError("connection lost"), RuntimeError("a fault of ours")]
)
@pytest.mark.usefixtures("chat_id")
async def test_a_mail_that_may_have_arrived_is_never_sent_again(
    failure: Exception, worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    mailbox.refuses = [failure]
    await worker.run_due()
    scene.clock.now += LAST_RETRY
    await worker.run_due()
    assert mailbox.taken == []
    assert [end for end, _ in reasons(scene)] == ["uncertain"]


@pytest.mark.usefixtures("chat_id")
async def test_a_crash_while_the_mail_is_handed_over_counts_as_sent(
    worker: MailWorker, worker_with: MakeWorker, mailbox: Mailbox, scene: Scene
) -> None:
    async def crash() -> None:
        raise asyncio.CancelledError

    mailbox.before_delivery = crash
    with pytest.raises(asyncio.CancelledError):
        await worker.run_due()
    mailbox.before_delivery = None
    scene.clock.now += LEASE
    await worker_with(mailbox).run_due()
    assert mailbox.taken == []
    assert [end for end, _ in reasons(scene)] == ["uncertain"]


class Slow(Mailbox):
    """Is ready to deliver only after the lease is over and another worker has done the work."""

    def __init__(self, other: MailWorker, scene: Scene) -> None:
        super().__init__()
        self.other, self.scene = other, scene

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Mailbox]:
        self.scene.clock.now += LEASE
        await self.other.run_due()
        yield self


@pytest.mark.usefixtures("chat_id")
async def test_a_worker_that_lost_its_lease_does_not_send(
    worker: MailWorker, worker_with: MakeWorker, mailbox: Mailbox, scene: Scene
) -> None:
    slow = Slow(worker, scene)
    await worker_with(slow).run_due()
    assert (len(slow.taken), len(mailbox.taken)) == (0, 1)
    assert reasons(scene) == [("sent", None)]


@pytest.mark.usefixtures("chat_id")
async def test_every_try_of_a_mail_carries_the_same_message_id(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    mailbox.refuses = [MailTemporaryError("450")]
    await worker.run_due()
    scene.clock.now += FIRST_RETRY
    await worker.run_due()
    first, second = mailbox.offered
    assert first["Message-ID"] == second["Message-ID"]


def test_retries_back_off_with_half_of_the_time_by_chance() -> None:
    assert retry_delay(1, 0.0) == FIRST_RETRY / 2
    assert retry_delay(1, 1.0) == FIRST_RETRY
    assert retry_delay(3, 1.0) == 4 * FIRST_RETRY
    assert retry_delay(MAX_ATTEMPTS, 1.0) == LAST_RETRY
