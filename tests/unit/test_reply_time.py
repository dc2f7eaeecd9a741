"""Reply times: measured on every answer, told as a median, and only when there are enough."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from deskbell.actions.archive_chat import archive_chat, unarchive_chat
from deskbell.actions.open_chat import open_chat
from deskbell.actions.send_message import send_messages
from deskbell.domain.reply_time import FEWEST, NEWEST, RECENT, reply_seconds
from deskbell.storage import chats
from deskbell.storage.tables import messages
from tests.scene import Scene, request


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    return scene.chat_of(scene.ada)


def waits(scene: Scene) -> list[int | None]:
    """What every message was waited for, in the order they were written."""
    query = select(messages.c.waited_seconds).order_by(messages.c.created_at, messages.c.seq)
    return list(scene.ask(lambda tx: tx.connection.execute(query).scalars().all()))


def told(scene: Scene) -> int | None:
    return scene.do(open_chat, scene.ben).result.reply_seconds


def answered_after(scene: Scene, chat_id: UUID, seconds: int) -> None:
    scene.say(scene.ada, chat_id)
    scene.clock.forward(seconds=seconds)
    scene.say(scene.dana, chat_id)


def test_a_wait_counts_from_the_first_message_that_was_not_answered(
    scene: Scene, chat_id: UUID
) -> None:
    scene.say(scene.ada, chat_id)
    scene.clock.forward(seconds=60)
    scene.say(scene.ada, chat_id)
    scene.clock.forward(seconds=30.9)
    scene.say(scene.dana, chat_id)
    scene.say(scene.dana, chat_id)
    assert waits(scene) == [None, None, 90, None]
    answered_after(scene, chat_id, 7)
    assert waits(scene)[4:] == [None, 7]


def test_an_agent_who_writes_first_answers_nothing(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.dana, chat_id)
    assert waits(scene) == [None]


def test_an_agents_question_in_their_own_chat_waits_like_any(scene: Scene) -> None:
    own = scene.chat_of(scene.eve)
    scene.say(scene.eve, own)
    scene.clock.forward(seconds=5)
    scene.say(scene.eve, own)
    scene.say(scene.dana, own)
    assert waits(scene) == [None, None, 5]


def test_a_batch_measures_like_single_messages(scene: Scene, chat_id: UUID) -> None:
    other = scene.chat_of(scene.ben)
    scene.say(scene.ben, other)
    scene.clock.forward(seconds=3)
    batch = [
        request(scene.ada, chat_id),
        request(scene.dana, other),
        request(scene.dana, chat_id),
        request(scene.dana, chat_id),
        request(scene.ada, chat_id),
    ]
    with scene.database.transaction() as tx:
        send_messages(tx, batch)
    by_chat = select(messages.c.waited_seconds).order_by(messages.c.seq)

    def of(chat: UUID) -> list[int | None]:
        query = by_chat.where(messages.c.chat_id == chat)
        return list(scene.ask(lambda tx: tx.connection.execute(query).scalars().all()))

    assert of(chat_id) == [None, 0, None, None]
    assert of(other) == [None, 3]
    head = scene.ask(chats.by_id, chat_id)
    assert head is not None
    assert head.waiting_since == scene.clock.now


def test_whoever_writes_in_an_archived_chat_begins_to_wait_anew(
    scene: Scene, chat_id: UUID
) -> None:
    scene.say(scene.ada, chat_id, "Thanks!")
    scene.do(archive_chat, scene.dana, chat_id)
    scene.clock.now += timedelta(days=3)
    answered_after(scene, chat_id, 40)
    assert waits(scene)[-1] == 40


def test_an_agent_who_writes_in_an_archived_chat_answers_nothing(
    scene: Scene, chat_id: UUID
) -> None:
    scene.say(scene.ada, chat_id, "Thanks!")
    scene.do(archive_chat, scene.dana, chat_id)
    scene.clock.now += timedelta(days=3)
    scene.say(scene.dana, chat_id, "By the way")
    scene.do(unarchive_chat, scene.dana, chat_id)
    scene.say(scene.dana, chat_id)
    assert waits(scene) == [None, None, None]


def test_a_chat_archived_by_mistake_still_waits_for_its_answer(scene: Scene, chat_id: UUID) -> None:
    scene.say(scene.ada, chat_id)
    scene.do(archive_chat, scene.dana, chat_id)
    scene.do(unarchive_chat, scene.dana, chat_id)
    scene.clock.forward(seconds=20)
    scene.say(scene.dana, chat_id)
    assert waits(scene)[-1] == 20


def test_a_clock_that_was_set_back_counts_as_no_wait(scene: Scene, chat_id: UUID) -> None:
    answered_after(scene, chat_id, -100)
    assert sorted(waits(scene), key=str) == [0, None]


def test_the_median_is_told_when_there_are_enough_answers(scene: Scene, chat_id: UUID) -> None:
    for seconds in (10, 20, 100_000, 30):
        answered_after(scene, chat_id, seconds)
        assert told(scene) is None
    answered_after(scene, chat_id, 40)
    assert told(scene) == 30


def test_old_answers_say_nothing_about_today(scene: Scene, chat_id: UUID) -> None:
    for _ in range(FEWEST):
        answered_after(scene, chat_id, 10)
    scene.clock.now += RECENT - timedelta(minutes=1)
    assert told(scene) == 10
    scene.clock.now += timedelta(minutes=2)
    assert told(scene) is None


def test_the_newest_answers_alone_count(scene: Scene, chat_id: UUID) -> None:
    for _ in range(NEWEST):
        answered_after(scene, chat_id, 1_000)
    for _ in range(NEWEST // 2 + 1):
        answered_after(scene, chat_id, 10)
    assert told(scene) == 10


@pytest.mark.parametrize(
    ("waits", "said"), [([1] * 4, None), ([5, 1, 4, 2, 3], 3), ([1, 2, 3, 5, 6, 7], 4)]
)
def test_the_median_is_in_whole_seconds(waits: list[int], said: int | None) -> None:
    assert reply_seconds(waits) == said
