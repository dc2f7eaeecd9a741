"""Sending a message: dense order, one row however often it is sent, and who may."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from deskbell.actions.archive_chat import archive_chat
from deskbell.actions.mark_read import mark_read
from deskbell.actions.read_messages import read_messages
from deskbell.actions.send_message import Answer, SendMessage, Sent, send_message, send_messages
from deskbell.domain.errors import Invalid, MessageIdTaken, NotFound
from deskbell.domain.events import (
    Announcement,
    ChatChanged,
    ChatUnarchived,
    NewMessage,
    NewUserMessage,
    Outcome,
)
from deskbell.domain.message import MAX_CONTENT, Message
from deskbell.storage.database import Transaction
from deskbell.storage.tables import jobs, messages
from tests.cast import ADA, MAIL_DELAY, NO_CHAT
from tests.replay import check, check_replay, look
from tests.scene import Scene, request


def send_batch(scene: Scene, requests: Sequence[SendMessage]) -> list[Answer]:
    with scene.database.transaction() as tx:
        return send_messages(tx, requests)


def stored(scene: Scene, chat_id: UUID) -> list[Message]:
    return scene.ask(read_messages, scene.dana, chat_id, after=0, limit=200).messages


def sent(answer: Answer) -> Sent:
    assert isinstance(answer, Outcome)
    return answer.result


def heard_by_all(answers: Sequence[Answer]) -> list[Announcement]:
    return [a for answer in answers if isinstance(answer, Outcome) for a in answer.announcements]


def test_a_message_is_stored_with_the_next_seq_as_its_sender_wrote_it(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    first = scene.say(scene.ada, chat_id, " Is the lamp\nin stock? ")
    second = scene.say(scene.dana, chat_id, "Yes.")
    assert (first.seq, first.sender_type, first.content) == (1, "user", " Is the lamp\nin stock? ")
    assert (second.seq, second.sender_type, second.read_at) == (2, "admin", None)
    assert stored(scene, chat_id) == [first, second]


def test_an_agent_writes_as_user_in_their_own_chat(scene: Scene) -> None:
    assert scene.say(scene.eve, scene.chat_of(scene.eve)).sender_type == "user"


def test_user_message_reactivates_an_archived_chat(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.do(archive_chat, scene.dana, chat_id)
    outcome = check_replay(scene, send_message, request(scene.ada, chat_id))
    assert Announcement(chat_id, ChatUnarchived(chat_id)) in outcome.announcements
    assert not look(scene).of_users[chat_id].archived


def test_an_agents_message_leaves_an_archived_chat_archived(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.do(archive_chat, scene.dana, chat_id)
    check_replay(scene, send_message, request(scene.dana, chat_id))
    assert look(scene).of_users[chat_id].archived


def test_a_users_message_is_announced_to_the_chat_and_to_all_agents(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    outcome = check_replay(scene, send_message, request(scene.ada, chat_id))
    message = outcome.result.message
    to_chat, bell, row = outcome.announcements
    assert to_chat == Announcement(chat_id, NewMessage(message))
    assert bell == Announcement(None, NewUserMessage(chat_id, ADA.email, message))
    assert row.chat_id is None
    assert isinstance(row.event, ChatChanged)


def test_an_agents_message_rings_no_bell(scene: Scene) -> None:
    outcome = check_replay(scene, send_message, request(scene.dana, scene.chat_of(scene.ada)))
    assert [type(each.event) for each in outcome.announcements] == [NewMessage, ChatChanged]


def test_a_retry_is_answered_with_the_stored_message_and_announced_to_nobody(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    asked = request(scene.ada, chat_id)
    first = scene.do(send_message, asked).result
    again = check_replay(scene, send_message, asked)
    assert again.result == Sent(first.message, repeated=True)
    assert again.announcements == ()
    assert scene.say(scene.ada, chat_id).seq == first.message.seq + 1


def test_a_retry_after_reading_shows_when_it_was_read(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    asked = request(scene.dana, chat_id)
    scene.do(send_message, asked)
    scene.do(mark_read, scene.ada)
    assert scene.do(send_message, asked).result.message.read_at == scene.clock.now


def test_an_id_that_names_another_message_is_refused(scene: Scene) -> None:
    chat_id, own_chat = scene.chat_of(scene.ada), scene.chat_of(scene.eve)
    taken = scene.say(scene.eve, chat_id, "Yes.")
    for other in (
        request(scene.eve, chat_id, "No.", taken.id),
        request(scene.dana, chat_id, "Yes.", taken.id),
        request(scene.eve, own_chat, "Yes.", taken.id),
    ):
        with pytest.raises(MessageIdTaken):
            check_replay(scene, send_message, other)
    assert stored(scene, chat_id) == [taken]
    assert stored(scene, own_chat) == []


def test_repeats_within_one_batch_are_one_message(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    asked = request(scene.ada, chat_id, "Once")
    other = request(scene.ada, chat_id, "Another", asked.message_id)
    first, again, refused, following = send_batch(
        scene, [asked, asked, other, request(scene.ada, chat_id)]
    )
    assert sent(again) == Sent(sent(first).message, repeated=True)
    assert isinstance(refused, MessageIdTaken)
    assert [m.seq for m in stored(scene, chat_id)] == [1, sent(following).message.seq] == [1, 2]


def test_a_batch_over_many_chats_is_announced_in_its_order(scene: Scene) -> None:
    ada, ben = scene.chat_of(scene.ada), scene.chat_of(scene.ben)
    before = look(scene)
    answers = send_batch(
        scene,
        [
            request(scene.ada, ada),
            request(scene.dana, ben),
            request(scene.ben, ada),
            request(scene.dana, ada),
            request(scene.ben, ben, "\0"),
            request(scene.ben, ben),
        ],
    )
    check(before, heard_by_all(answers), look(scene))
    assert [m.seq for m in stored(scene, ada)] == [m.seq for m in stored(scene, ben)] == [1, 2]


REFUSED = {
    "blank": "",
    "blank for Python": " \t\n\u00a0\u2003",
    "too long": "x" * (MAX_CONTENT + 1),
    "NUL": "a\0b",
    "lone high surrogate": "a\ud83d",
    "lone low surrogate": "\ude00b",
    "surrogates as two characters": "\ud83d\ude00",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_text_that_cannot_be_kept_is_refused(content: str, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    with pytest.raises(Invalid) as refusal:
        check_replay(scene, send_message, request(scene.ada, chat_id, content))
    assert refusal.value.data == {"field": "content"}
    assert stored(scene, chat_id) == []


@pytest.mark.parametrize("content", ["x" * MAX_CONTENT, "😀" * MAX_CONTENT, "\u200b", "e\u0301"])
def test_text_up_to_the_limit_is_kept_unchanged(content: str, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id, content)
    assert [m.content for m in stored(scene, chat_id)] == [content]


@pytest.mark.parametrize("who", ["ben", "visitor", "nobody"])
def test_whoever_has_no_business_in_a_chat_cannot_write_there(who: str, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    with pytest.raises(NotFound):
        check_replay(scene, send_message, request(scene.actor(who), chat_id))
    assert stored(scene, chat_id) == []


@pytest.mark.parametrize("who", ["ada", "dana"])
def test_there_is_no_writing_in_a_chat_that_does_not_exist(who: str, scene: Scene) -> None:
    with pytest.raises(NotFound):
        scene.do(send_message, request(scene.actor(who), NO_CHAT))


def test_a_stranger_who_repeats_somebodys_message_learns_nothing(scene: Scene) -> None:
    message = scene.say(scene.ada, scene.chat_of(scene.ada), "Secret")
    with pytest.raises(NotFound):
        scene.do(send_message, request(scene.ben, scene.chat_of(scene.ada), "Secret", message.id))


def waiting_jobs(tx: Transaction) -> list[tuple[object, object]]:
    return [(row.run_at, row.payload) for row in tx.connection.execute(select(jobs))]


def test_agents_messages_schedule_one_mail_at_the_time_of_the_first(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    due = scene.clock.now + MAIL_DELAY
    send_batch(scene, [request(scene.dana, chat_id), request(scene.eve, chat_id)])
    scene.clock.forward(minutes=1)
    scene.say(scene.dana, chat_id)
    assert scene.ask(waiting_jobs) == [(due, {"chat_id": str(chat_id)})]


def test_a_users_message_schedules_no_mail(scene: Scene) -> None:
    scene.say(scene.ada, scene.chat_of(scene.ada))
    scene.say(scene.eve, scene.chat_of(scene.eve))
    assert scene.ask(waiting_jobs) == []


def test_a_failing_batch_leaves_nothing_behind(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    broken = request(scene.ada, chat_id, message_id=None)
    object.__setattr__(broken, "message_id", "not a UUID")
    with pytest.raises(Exception, match="bytes"):
        send_batch(scene, [request(scene.ada, chat_id, message_id=uuid4()), broken])
    count = select(func.count()).select_from(messages)
    assert scene.ask(lambda tx: tx.connection.execute(count).scalar_one()) == 0
    assert look(scene).of_users[chat_id].last_seq == 0
