"""The worker of the mails: what is due goes out once, and every failure ends as it should."""

import asyncio
import logging
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from deskbell.actions.change_contact import change_contact
from deskbell.actions.confirm_email import ConfirmEmailRules, Unconfirmed
from deskbell.actions.desk import Desk
from deskbell.actions.due_mail import Payload, Ready
from deskbell.domain.contact import ContactChange
from deskbell.domain.due_mail import Drop
from deskbell.jobs import mail_worker as module
from deskbell.jobs.away_mail import away_mail_kind
from deskbell.jobs.confirm_email import confirm_email_kind
from deskbell.jobs.mail_worker import (
    MailKind,
    MailWorker,
)
from deskbell.metrics import Metrics
from deskbell.storage.database import Transaction
from deskbell.storage.jobs import NewJob, schedule
from deskbell.tokens import Tokens
from tests.cast import ADA, MAIL_DELAY
from tests.mailbox import Mailbox
from tests.scene import Scene
from tests.unit.mails import PLAN, MakeWorker, reasons
from tests.unit.writing import PATIENCE


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
async def test_a_due_mail_goes_out_once(
    worker: MailWorker, mailbox: Mailbox, scene: Scene, metrics: Metrics
) -> None:
    await worker.run_due()
    await worker.run_due()
    (mail,) = mailbox.taken
    assert mail["To"] == f"{ADA.name} <{ADA.email}>"
    assert mail["Subject"] == "New reply from Lamps Support"
    assert "It ships on Friday." in mailbox.texts()[0]
    assert reasons(scene) == [("sent", None)]
    assert counted(metrics, "sent") == 1


@pytest.mark.usefixtures("chat_id")
async def test_its_links_open_the_chat_and_unsubscribe_and_nothing_else(
    worker: MailWorker, mailbox: Mailbox, tokens: Tokens, scene: Scene
) -> None:
    await worker.run_due()
    (text,) = mailbox.texts()
    opening = text.partition("/chat#deskbell-chat=")[2].split()[0]
    leaving = mailbox.taken[0]["List-Unsubscribe"].partition("?token=")[2].rstrip(">")
    assert tokens.follow("open-chat", opening) == scene.ada.user_id
    assert tokens.follow("unsubscribe", leaving) == scene.ada.user_id
    assert "/chat?" not in text, "a token in a query ends in logs"


@pytest.mark.usefixtures("chat_id")
async def test_all_that_is_due_goes_out_in_one_run(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    scene.say(scene.dana, scene.chat_of(scene.ben))
    scene.say(scene.dana, scene.chat_of(scene.visitor))
    scene.clock.now += MAIL_DELAY
    await worker.run_due()
    assert len(mailbox.taken) == 2
    assert sorted(str(end) for end, _ in reasons(scene)) == ["no_address", "sent", "sent"]


async def test_a_reply_while_the_mail_is_on_its_way_is_told_by_the_next(
    worker: MailWorker, mailbox: Mailbox, scene: Scene, chat_id: UUID
) -> None:
    async def reply() -> None:
        scene.say(scene.dana, chat_id, "And one more thing.")

    mailbox.before_delivery = reply
    await worker.run_due()
    mailbox.before_delivery = None
    await worker.run_due()
    assert len(mailbox.taken) == 1
    scene.clock.now += MAIL_DELAY
    await worker.run_due()
    first, second = mailbox.texts()
    assert ("Friday" in first, "one more thing" in first) == (True, False)
    assert ("Friday" in second, "one more thing" in second) == (False, True)
    assert mailbox.taken[0]["Message-ID"] != mailbox.taken[1]["Message-ID"]


@pytest.mark.usefixtures("chat_id")
async def test_mails_that_are_switched_on_again_tell_what_waits(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    scene.do(change_contact, scene.ada, ContactChange(mails=False))
    await worker.run_due()
    assert (mailbox.taken, reasons(scene)) == ([], [("unsubscribed", None)])
    for _ in range(2):
        scene.do(change_contact, scene.ada, ContactChange(mails=True))
        await worker.run_due()
    (text,) = mailbox.texts()
    assert "It ships on Friday." in text
    scene.do(change_contact, scene.ada, ContactChange(mails=False))
    scene.do(change_contact, scene.ada, ContactChange(mails=True))
    assert len(reasons(scene)) == 2, "what was told is told once"


@pytest.mark.usefixtures("chat_id")
async def test_without_a_mail_server_mails_wait_and_say_so(
    worker_with: MakeWorker, mailbox: Mailbox, scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    idle = worker_with(None)
    with caplog.at_level(logging.WARNING):
        await idle.run_due()
        await idle.run_due()
    assert caplog.text.count("no SMTP server is configured") == 1
    assert await idle.status() == "no SMTP server is configured: 1 due mails wait"
    assert reasons(scene) == [(None, None)]
    await worker_with(mailbox).run_due()
    assert len(mailbox.taken) == 1
    assert await idle.status() == "no SMTP server is configured: mails will wait"


async def test_status_is_ok_when_nothing_waits(worker: MailWorker) -> None:
    assert await worker.status() == "ok"


@pytest.mark.usefixtures("chat_id")
async def test_it_looks_by_itself_and_goes_on_after_a_fault(
    worker: MailWorker,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    faults = [RuntimeError("the database is away")]
    sent = asyncio.Event()
    run_due = worker.run_due

    async def look() -> None:
        if faults:
            raise faults.pop()
        await run_due()
        sent.set()

    monkeypatch.setattr(module, "POLL", 0.0)
    monkeypatch.setattr(worker, "run_due", look)
    worker.start()
    await asyncio.wait_for(sent.wait(), PATIENCE)
    await worker.stop()
    assert len(mailbox.taken) == 1
    assert "the database is away" in caplog.text


@pytest.mark.usefixtures("chat_id")
async def test_a_fault_of_one_kind_of_mail_keeps_no_other_waiting(
    desk: Desk,
    mailbox: Mailbox,
    tokens: Tokens,
    metrics: Metrics,
    scene: Scene,
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(ConfirmEmailRules):
        def decide(self, tx: Transaction, payload: Payload) -> Ready[Unconfirmed] | Drop:
            raise RuntimeError(f"a fault of ours at {tx.now}: {payload}")

    broken = replace(confirm_email_kind(tokens, PLAN), rules=Broken())
    scene.do(change_contact, scene.visitor, ContactChange(email="vera@home.example"))
    scene.say(scene.dana, scene.chat_of(scene.ben))
    scene.clock.now += MAIL_DELAY
    kinds: list[MailKind[Any]] = [broken, away_mail_kind(tokens, PLAN)]
    await MailWorker(desk, mailbox, kinds, metrics, scene.clock).run_due()
    assert len(mailbox.taken) == 2
    assert caplog.text.count("could not look after mails confirm_email") == 1
    assert "a fault of ours" in caplog.text


@pytest.mark.usefixtures("chat_id")
async def test_a_mail_about_nothing_that_can_be_read_is_parked_and_stands_before_no_other(
    worker: MailWorker, mailbox: Mailbox, scene: Scene, metrics: Metrics
) -> None:
    unreadable = [NewJob("away_mail", scene.clock.now - MAIL_DELAY, str(n), {}) for n in range(2)]
    with scene.database.transaction() as tx:
        schedule(tx, unreadable)
    await worker.run_due()
    assert len(mailbox.taken) == 1
    assert sorted(reasons(scene), key=str) == [
        ("failed", "KeyError('chat_id')"),
        ("failed", "KeyError('chat_id')"),
        ("sent", None),
    ]
    assert counted(metrics, "failed") == 2


async def test_a_worker_that_never_began_can_be_stopped(worker: MailWorker) -> None:
    await worker.stop()
