"""Reading: the user has seen the agents' answers, and everybody hears how far."""

import pytest

from deskbell.actions.archive_chat import archive_chat
from deskbell.actions.mark_read import mark_read
from deskbell.domain.errors import NotFound
from deskbell.domain.events import Announcement, MessagesRead
from tests.replay import check_replay, look
from tests.scene import Scene


def test_reading_marks_every_answer_and_clears_the_count(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    scene.say(scene.dana, chat_id)
    scene.say(scene.eve, chat_id)
    assert look(scene).of_users[chat_id].unread_count == 2
    outcome = check_replay(scene, mark_read, scene.ada)
    now = scene.clock.now
    assert outcome.announcements == [Announcement(chat_id, MessagesRead(3, now))]
    assert (outcome.result.unread_count, outcome.result.read_up_to) == (0, 3)
    messages = look(scene).of_users[chat_id].messages
    assert [message.read_at for message in messages] == [None, now, now]


def test_reading_up_to_a_seq_leaves_the_rest_unread(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    for _ in range(3):
        scene.say(scene.dana, chat_id)
    outcome = check_replay(scene, mark_read, scene.ada, 2)
    assert outcome.result.unread_count == 1
    assert [bool(m.read_at) for m in look(scene).of_users[chat_id].messages] == [True, True, False]


def test_reading_beyond_the_end_reads_only_what_is_there(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.dana, chat_id)
    assert check_replay(scene, mark_read, scene.ada, 99).result.read_up_to == 1
    scene.say(scene.dana, chat_id)
    assert look(scene).of_users[chat_id].unread_count == 1


@pytest.mark.parametrize("up_to", [None, 1, 2])
def test_reading_again_is_no_news(up_to: int | None, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.dana, chat_id)
    scene.say(scene.dana, chat_id)
    scene.read(scene.ada)
    read_at = scene.clock.now
    assert not check_replay(scene, mark_read, scene.ada, up_to).announcements
    assert {m.read_at for m in look(scene).of_users[chat_id].messages} == {read_at}


def test_reading_ones_own_messages_is_no_news(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    assert not check_replay(scene, mark_read, scene.ada).announcements
    assert look(scene).of_users[chat_id].messages[0].read_at is None


def test_reading_an_answer_between_own_messages_is_heard_by_all(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    for who in (scene.ada, scene.dana, scene.ada, scene.dana, scene.ada):
        scene.say(who, chat_id)
    check_replay(scene, mark_read, scene.ada, 3)
    check_replay(scene, mark_read, scene.ada)


def test_an_archived_chat_can_be_read(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.dana, chat_id)
    scene.do(archive_chat, scene.dana, chat_id)
    assert check_replay(scene, mark_read, scene.ada).result.archived


@pytest.mark.parametrize("who", ["ben", "visitor", "dana", "nobody"])
def test_one_reads_only_ones_own_chat(who: str, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.dana, chat_id)
    with pytest.raises(NotFound):
        check_replay(scene, mark_read, scene.actor(who))
    assert look(scene).of_users[chat_id].unread_count == 1


def test_an_agent_reads_their_own_chat_and_no_other(scene: Scene) -> None:
    adas, eves = scene.chat_of(scene.ada), scene.chat_of(scene.eve)
    scene.say(scene.dana, adas)
    scene.say(scene.dana, eves)
    assert check_replay(scene, mark_read, scene.eve).result.id == eves
    assert look(scene).of_users[adas].unread_count == 1
