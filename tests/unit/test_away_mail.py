"""The mail about an unread answer: when it goes out, when it does not, and why."""

from datetime import timedelta
from uuid import UUID

import pytest

from deskbell.actions.archive_chat import archive_chat, unarchive_chat
from deskbell.actions.away_mail import unsubscribe
from deskbell.actions.due_mail import Settled, finish_mail, hand_over_mail, mails_waiting
from deskbell.actions.identify import identify_user
from deskbell.domain.people import Actor, User
from tests.cast import ADA, MAIL_DELAY, NOBODY, START
from tests.replay import check_replay
from tests.scene import Scene
from tests.unit.mails import claim, claimed, reasons, wait_until_due


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    return scene.chat_of(scene.ada)


def test_the_mail_is_due_after_the_delay_and_not_before(scene: Scene, chat_id: UUID) -> None:
    message = scene.say(scene.dana, chat_id, "It ships on Friday.")
    scene.clock.now = START + MAIL_DELAY - timedelta(seconds=2)
    assert claim(scene) is None
    assert scene.ask(mails_waiting, ["away_mail"]) == 0
    mail = claimed(scene)
    assert scene.clock.now == START + MAIL_DELAY
    assert mail.content.person.email == ADA.email
    assert mail.payload == {"chat_id": str(chat_id), "up_to": 1}
    assert mail.content.unread == [message]
    assert scene.ask(mails_waiting, ["away_mail"]) == 1


def test_quick_replies_make_one_mail_that_tells_them_all(scene: Scene, chat_id: UUID) -> None:
    for agent in (scene.dana, scene.eve, scene.dana):
        scene.say(agent, chat_id)
        scene.clock.forward(minutes=1)
    wait_until_due(scene)
    mail = claimed(scene)
    assert [message.seq for message in mail.content.unread] == [1, 2, 3]
    scene.do(finish_mail, mail, "sent")
    wait_until_due(scene)
    assert claim(scene) is None


def test_no_mail_when_the_answer_was_read(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    scene.read(scene.ada)
    assert claim(scene) == Settled("read")
    assert claim(scene) is None
    assert reasons(scene) == [("read", None)]


def test_a_mail_on_its_way_is_not_stopped_by_reading(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    mail = claimed(scene)
    scene.read(scene.ada)
    assert scene.do(hand_over_mail, mail.lease).result
    assert scene.do(finish_mail, mail, "sent").result
    assert reasons(scene) == [("sent", None)]


def test_no_mail_when_the_chat_is_archived(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    scene.do(archive_chat, scene.dana, chat_id)
    wait_until_due(scene)
    assert claim(scene) == Settled("archived")
    scene.do(unarchive_chat, scene.dana, chat_id)
    assert claim(scene) is None


def test_no_mail_to_whoever_wants_none(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    assert check_replay(scene, unsubscribe, scene.ada.user_id).result
    wait_until_due(scene)
    assert claim(scene) == Settled("unsubscribed")


def test_unsubscribing_somebody_who_is_gone_is_no_error(scene: Scene) -> None:
    assert scene.do(unsubscribe, NOBODY.user_id).result is False


def test_no_mail_without_an_address(scene: Scene) -> None:
    scene.say(scene.dana, scene.chat_of(scene.visitor))
    wait_until_due(scene)
    assert claim(scene) == Settled("no_address")


def test_no_mail_to_an_address_that_nobody_vouched_for(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    with scene.database.transaction() as tx:
        tx.connection.exec_driver_sql("UPDATE support_users SET email_verified = 0")
    wait_until_due(scene)
    assert claim(scene) == Settled("unverified_address")


def test_the_address_of_the_moment_counts(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    scene.do(identify_user, User(id=ADA.id, email="new@lamps.example"))
    wait_until_due(scene)
    assert claimed(scene).content.person.email == "new@lamps.example"


def test_the_mail_moves_when_only_younger_answers_are_unread(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    scene.clock.forward(minutes=2)
    scene.read(scene.ada)
    scene.clock.forward(minutes=1)
    younger = scene.say(scene.dana, chat_id)
    scene.clock.now = START + MAIL_DELAY
    assert claim(scene) == Settled("moved")
    assert claim(scene) is None
    scene.clock.now = younger.created_at + MAIL_DELAY - timedelta(seconds=1)
    assert claimed(scene).content.unread == [younger]


def test_a_reply_after_the_claim_makes_a_mail_of_its_own(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    first = claimed(scene)
    later = scene.say(scene.dana, chat_id)
    scene.do(finish_mail, first, "sent")
    assert claim(scene) is None
    wait_until_due(scene)
    second = claimed(scene)
    assert second.content.unread == [later], "what a mail has told is not told again"
    assert second.lease.job_id != first.lease.job_id


def test_mails_of_different_chats_do_not_wait_for_each_other(scene: Scene) -> None:
    people: list[Actor] = [scene.ada, scene.ben]
    for person in people:
        scene.say(scene.dana, scene.chat_of(person))
    wait_until_due(scene)
    assert {claimed(scene).content.person.id for _ in people} == {
        person.user_id for person in people
    }


def test_the_mail_of_a_long_absence_leads_to_all_of_it(scene: Scene, chat_id: UUID) -> None:
    for _ in range(30):
        scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    mail = claimed(scene)
    assert [message.seq for message in mail.content.unread] == list(
        range(1, len(mail.content.unread) + 1)
    )
    assert mail.payload["up_to"] == 30
    scene.do(finish_mail, mail, "sent")
    wait_until_due(scene)
    assert claim(scene) is None
