"""Confirming an address: the one mail that goes to it before, and what the click changes."""

from datetime import timedelta
from uuid import UUID

import pytest

from deskbell.actions.change_contact import change_contact
from deskbell.actions.confirm_email import (
    ConfirmEmailRules,
    Unconfirmed,
    confirm_email,
)
from deskbell.actions.due_mail import ClaimedMail, Settled, claim_mail
from deskbell.domain.confirm_email import LINK_LIFE
from deskbell.domain.contact import ContactChange
from deskbell.domain.errors import NotFound, TokenExpired, Unauthorized
from deskbell.domain.events import ChatChanged
from deskbell.jobs.mail_worker import FIRST_RETRY, LAST_RETRY, MAX_ATTEMPTS, MailWorker
from deskbell.mail.mailer import MailPermanentError, MailTemporaryError
from deskbell.tokens import Tokens
from tests.cast import MAIL_DELAY, NOBODY
from tests.mailbox import Mailbox
from tests.replay import check_replay, look
from tests.scene import Scene
from tests.unit.mails import MakeWorker, reasons

EMAIL, OTHER = "vera@home.example", "vera@work.example"


def leave(scene: Scene, email: str) -> None:
    scene.do(change_contact, scene.visitor, ContactChange(email=email))


def claim(scene: Scene) -> ClaimedMail[Unconfirmed] | Settled | None:
    return check_replay(scene, claim_mail, ConfirmEmailRules()).result


def addressed(scene: Scene) -> str:
    claimed = claim(scene)
    assert isinstance(claimed, ClaimedMail)
    return claimed.content.email


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    chat_id = scene.chat_of(scene.visitor)
    scene.say(scene.visitor, chat_id)
    return chat_id


def test_confirming_makes_the_address_theirs_and_tells_agents(scene: Scene, chat_id: UUID) -> None:
    leave(scene, EMAIL)
    outcome = check_replay(scene, confirm_email, scene.visitor.user_id, EMAIL)
    (news,) = outcome.announcements
    assert isinstance(news.event, ChatChanged)
    assert (news.event.chat.id, news.event.chat.user_email) == (chat_id, EMAIL)
    contact = scene.do(change_contact, scene.visitor, ContactChange()).result
    assert (contact.email, contact.unconfirmed_email) == (EMAIL, None)


def test_confirming_twice_is_harmless_and_no_news(scene: Scene, chat_id: UUID) -> None:
    leave(scene, EMAIL)
    scene.do(confirm_email, scene.visitor.user_id, EMAIL)
    assert not check_replay(scene, confirm_email, scene.visitor.user_id, EMAIL).announcements
    assert look(scene).of_agents[chat_id].user_email == EMAIL


@pytest.mark.parametrize("present", [OTHER, "", None])
def test_only_the_present_address_can_be_confirmed(present: str | None, scene: Scene) -> None:
    if present is not None:
        leave(scene, EMAIL)
        leave(scene, present)
    with pytest.raises(NotFound):
        check_replay(scene, confirm_email, scene.visitor.user_id, EMAIL)
    assert scene.do(change_contact, scene.visitor, ContactChange()).result.email is None


def test_an_address_that_was_taken_back_stays_so_after_an_old_click(scene: Scene) -> None:
    leave(scene, EMAIL)
    scene.do(confirm_email, scene.visitor.user_id, EMAIL)
    leave(scene, "")
    with pytest.raises(NotFound):
        check_replay(scene, confirm_email, scene.visitor.user_id, EMAIL)


def test_nobody_confirms_nothing(scene: Scene) -> None:
    with pytest.raises(NotFound):
        check_replay(scene, confirm_email, NOBODY.user_id, EMAIL)


def test_the_mail_is_due_at_once_and_goes_to_the_address_of_the_moment(scene: Scene) -> None:
    leave(scene, EMAIL)
    leave(scene, OTHER)
    assert addressed(scene) == OTHER
    assert claim(scene) is None
    leave(scene, OTHER)
    assert addressed(scene) == OTHER, "asking again sends it again"


@pytest.mark.parametrize("settle", ["confirmed", "cleared"])
def test_a_mail_that_nobody_needs_any_more_is_dropped(settle: str, scene: Scene) -> None:
    leave(scene, EMAIL)
    if settle == "confirmed":
        scene.do(confirm_email, scene.visitor.user_id, EMAIL)
    else:
        leave(scene, "")
    assert claim(scene) == Settled("withdrawn")
    assert reasons(scene) == [("withdrawn", None)]


async def test_a_mail_that_could_not_go_out_in_time_is_not_sent_months_later(
    worker_with: MakeWorker, mailbox: Mailbox, scene: Scene
) -> None:
    leave(scene, EMAIL)
    await worker_with(None).run_due()
    scene.clock.now += LINK_LIFE + timedelta(seconds=1)
    await worker_with(mailbox).run_due()
    assert (mailbox.taken, reasons(scene)) == ([], [("expired", None)])
    leave(scene, EMAIL)
    await worker_with(mailbox).run_due()
    assert len(mailbox.taken) == 1, "asking again sends it"


def test_a_mail_that_is_just_in_time_goes_out(scene: Scene) -> None:
    leave(scene, EMAIL)
    scene.clock.now += LINK_LIFE
    assert isinstance(scene.do(claim_mail, ConfirmEmailRules()).result, ClaimedMail)


def test_asking_again_while_the_mail_waits_counts_from_then(scene: Scene) -> None:
    leave(scene, EMAIL)
    scene.clock.now += LINK_LIFE
    leave(scene, EMAIL)
    scene.clock.forward(seconds=1)
    assert addressed(scene) == EMAIL


def test_a_click_that_finds_everything_read_schedules_no_mail(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    scene.read(scene.visitor)
    leave(scene, EMAIL)
    before = len(reasons(scene))
    scene.do(confirm_email, scene.visitor.user_id, EMAIL)
    assert len(reasons(scene)) == before


async def test_nothing_but_the_question_goes_to_an_unconfirmed_address(
    worker: MailWorker, mailbox: Mailbox, scene: Scene, chat_id: UUID, tokens: Tokens
) -> None:
    leave(scene, EMAIL)
    scene.say(scene.dana, chat_id, "It ships on Friday.")
    scene.clock.now += MAIL_DELAY
    await worker.run_due()
    (question,) = mailbox.taken
    assert question["To"] == EMAIL
    (text,) = mailbox.texts()
    assert "Friday" not in text
    token = text.partition("https://help.lamps.example/confirm_email#token=")[2].split()[0]
    assert tokens.confirmed(token) == (scene.visitor.user_id, EMAIL)
    scene.do(confirm_email, *tokens.confirmed(token))
    await worker.run_due()
    _, answer = mailbox.taken
    assert answer["To"] == EMAIL
    assert "It ships on Friday." in mailbox.texts()[1]


async def test_a_visitors_words_are_in_no_mail_to_a_stranger(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    spam = "Cheap lamps at https://spam.example"
    scene.do(change_contact, scene.visitor, ContactChange(email=EMAIL, name=spam))
    await worker.run_due()
    (mail,) = mailbox.taken
    assert "spam" not in mail.as_string() + mailbox.texts()[0]


async def test_the_mail_is_tried_again_and_given_up_like_any_other(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    mailbox.refuses = [MailTemporaryError("450 busy"), MailPermanentError("550 no such user")]
    leave(scene, EMAIL)
    await worker.run_due()
    assert reasons(scene) == [(None, "450 busy")]
    scene.clock.now += FIRST_RETRY
    await worker.run_due()
    assert reasons(scene) == [("failed", "550 no such user")]


@pytest.mark.parametrize("email", [EMAIL, OTHER])
async def test_a_corrected_or_repeated_address_does_not_wait_for_the_tries_before(
    email: str, worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    mailbox.refuses = [MailTemporaryError("450 busy") for _ in range(MAX_ATTEMPTS - 1)]
    leave(scene, EMAIL)
    while mailbox.refuses:
        scene.clock.now += LAST_RETRY
        await worker.run_due()
    mailbox.refuses = [MailTemporaryError("450 still busy")]
    leave(scene, email)
    await worker.run_due()
    assert reasons(scene) == [(None, "450 still busy")], "one try of many"
    leave(scene, email)
    await worker.run_due()
    assert [mail["To"] for mail in mailbox.taken] == [email]
    assert reasons(scene) == [("sent", None)]


async def test_many_answers_to_be_told_do_not_keep_the_question_waiting(
    worker: MailWorker, mailbox: Mailbox, scene: Scene
) -> None:
    for person in (scene.ada, scene.ben, scene.eve):
        scene.say(scene.dana, scene.chat_of(person))
    scene.clock.now += MAIL_DELAY
    leave(scene, EMAIL)
    await worker.run_due()
    assert len(mailbox.taken) == 4
    assert EMAIL in [mail["To"] for mail in mailbox.taken[:2]]


def test_the_link_holds_three_days_for_one_person_and_one_address(
    tokens: Tokens, scene: Scene
) -> None:
    token = tokens.confirmation(scene.visitor.user_id, EMAIL, timedelta(days=3))
    assert tokens.confirmed(token) == (scene.visitor.user_id, EMAIL)
    for read in (tokens.bearer, tokens.identity):
        with pytest.raises(Unauthorized):
            read(token)
    scene.clock.now += timedelta(days=3)
    with pytest.raises(TokenExpired):
        tokens.confirmed(token)
