"""Tries of a mail: held by one worker at a time, repeated when safe, never sent twice."""

from datetime import timedelta
from uuid import UUID

import pytest

from deskbell.actions.due_mail import (
    LEASE,
    Settled,
    finish_mail,
    hand_over_mail,
    mails_waiting,
    retry_mail,
)
from tests.replay import check_replay
from tests.scene import Scene
from tests.unit.mails import claim, claimed, reasons, wait_until_due


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    return scene.chat_of(scene.ada)


def test_a_temporary_failure_is_tried_again_and_joined_by_later_replies(
    scene: Scene, chat_id: UUID
) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    mail = claimed(scene)
    at = scene.clock.now + timedelta(minutes=20)
    assert scene.do(retry_mail, mail, at, "450 later", counted=True).result
    scene.say(scene.dana, chat_id)
    scene.clock.now = at - timedelta(seconds=2)
    assert claim(scene) is None
    again = claimed(scene)
    assert (again.lease.job_id, again.lease.attempt) == (mail.lease.job_id, 2)
    assert [message.seq for message in again.content.unread] == [1, 2]


def test_a_mail_that_waits_for_another_try_joins_a_younger_one(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    mail = claimed(scene)
    scene.say(scene.dana, chat_id)
    scene.do(retry_mail, mail, scene.clock.now, "450 later", counted=True)
    assert reasons(scene) == [("joined", "450 later"), (None, None)]
    wait_until_due(scene)
    assert [message.seq for message in claimed(scene).content.unread] == [1, 2]


def test_a_retry_that_was_read_meanwhile_is_dropped(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    scene.do(retry_mail, claimed(scene), scene.clock.now, "450 later", counted=True)
    scene.read(scene.ada)
    assert claim(scene) == Settled("read")


def test_a_lost_lease_before_the_hand_over_is_taken_up_again(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    lost = claimed(scene)
    assert claim(scene) is None, "it is held"
    scene.clock.now += LEASE
    taken_up = claimed(scene)
    assert (taken_up.lease.job_id, taken_up.lease.attempt) == (lost.lease.job_id, 2)
    assert not scene.do(hand_over_mail, lost.lease).result, "the slow worker must not send it too"
    assert not scene.do(finish_mail, lost, "failed").result
    assert not scene.do(retry_mail, lost, scene.clock.now, "", counted=True).result
    assert scene.do(hand_over_mail, taken_up.lease).result


def test_a_crash_after_the_hand_over_counts_as_sent(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    scene.do(hand_over_mail, claimed(scene).lease)
    assert claim(scene) is None
    scene.clock.now += LEASE
    settled = claim(scene)
    assert isinstance(settled, Settled)
    assert (settled.reason, settled.error is None) == ("uncertain", False)
    assert claim(scene) is None
    assert reasons(scene)[0][0] == "uncertain"
    later = scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    assert claimed(scene).content.unread == [later]


def test_a_mail_that_failed_for_good_keeps_its_reason(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    mail = claimed(scene)
    assert check_replay(scene, finish_mail, mail, "failed", "550 no such user").result
    assert reasons(scene) == [("failed", "550 no such user")]
    assert claim(scene) is None
    assert scene.ask(mails_waiting, ["away_mail"]) == 0


def test_finishing_twice_is_once(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    wait_until_due(scene)
    mail = claimed(scene)
    assert scene.do(finish_mail, mail, "sent").result
    assert not scene.do(finish_mail, mail, "failed", "550").result
    assert reasons(scene) == [("sent", None)]
