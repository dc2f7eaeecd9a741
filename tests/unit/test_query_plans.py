"""How SQLite answers what is asked all day: by an index, whatever the number of rows."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from deskbell.actions.archive_chat import archive_chat
from deskbell.actions.due_mail import claim_mail
from deskbell.actions.list_chats import list_chats
from deskbell.actions.mark_read import mark_read
from deskbell.actions.open_chat import open_chat
from deskbell.actions.read_messages import HistoryRequest, follow_chat, read_messages
from deskbell.actions.send_message import send_message
from deskbell.actions.view_chat import open_as_admin
from deskbell.storage import chats
from deskbell.storage.database import Transaction
from tests.cast import MAIL_DELAY
from tests.scene import Scene, request
from tests.unit.mails import RULES

Question = Callable[[Transaction], object]


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    """Ada's chat, with something unread on both sides, and another one in the list."""
    chat_id = scene.chat_of(scene.ada)
    for person in (scene.ada, scene.dana, scene.ada):
        scene.say(person, chat_id)
    scene.say(scene.ben, scene.chat_of(scene.ben))
    return chat_id


def plan(scene: Scene, question: Question) -> list[str]:
    """Ask, and have SQLite explain every SELECT and UPDATE: one line for each step."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            asked.append((statement, parameters))

    engine = scene.database._writing
    event.listen(engine, "before_cursor_execute", note)
    try:
        with scene.database.transaction() as tx:
            question(tx)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    steps: list[str] = []
    with engine.connect() as connection:
        for statement, parameters in asked:
            one = parameters[0] if isinstance(parameters, list) else parameters
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one)
            steps += [row.detail for row in rows]
    assert steps
    return steps


def slow(steps: list[str]) -> list[str]:
    """Steps that go through a whole table, or collect rows to sort them."""
    return [s for s in steps if re.match(r"SCAN \w+$", s) or "TEMP B-TREE" in s]


@pytest.mark.parametrize("archived", [False, True], ids=["active", "archived"])
@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.usefixtures("chat_id")
def test_a_page_of_the_list_walks_along_its_index(archived: bool, page: int, scene: Scene) -> None:
    if archived:
        for person in (scene.ada, scene.ben):
            scene.do(archive_chat, scene.dana, scene.chat_of(person))
    ask = partial(list_chats, actor=scene.dana, archived=archived, limit=1)
    cursor = scene.ask(ask).next_cursor
    assert cursor is not None
    steps = plan(scene, ask if page == 1 else partial(ask, cursor=cursor))
    assert slow(steps) == []
    drawer = "archived" if archived else "active"
    place = r" AND \(last_message_at,id\)<" if page == 2 else ""
    assert re.search(rf"support_chats USING INDEX ix_support_chats_{drawer} .*{place}", steps[0])


@pytest.mark.usefixtures("chat_id")
def test_unread_chats_are_counted_without_looking_at_the_others(scene: Scene) -> None:
    steps = plan(scene, chats.counts)
    assert slow(steps) == []
    assert "SCAN support_chats USING INDEX ix_support_chats_unread" in steps


def everyday_questions(scene: Scene, chat_id: UUID) -> dict[str, Question]:
    return {
        "open_chat": partial(open_chat, actor=scene.ada),
        "open_as_admin": partial(open_as_admin, actor=scene.dana, chat_id=chat_id),
        "newest": partial(read_messages, actor=scene.ada, chat_id=None),
        "after": partial(read_messages, actor=scene.ada, chat_id=chat_id, after=1),
        "before": partial(read_messages, actor=scene.ada, chat_id=chat_id, before=3),
        "since": partial(
            follow_chat, actor=scene.ada, chat_id=chat_id, history=HistoryRequest(since=0.0)
        ),
        "mark_read": partial(mark_read, actor=scene.ada),
        "send": partial(send_message, request=request(scene.dana, chat_id)),
        "list_row": partial(chats.list_row, chat_id=chat_id),
        "claim_away_mail": partial(claim_mail, rules=RULES),
    }


READS = ("open_chat", "newest", "after", "before", "since", "list_row")
WRITES = ("open_as_admin", "mark_read", "send", "claim_away_mail")


@pytest.mark.parametrize("name", [*READS, *WRITES])
def test_everyday_questions_are_answered_by_index(name: str, scene: Scene, chat_id: UUID) -> None:
    scene.clock.now += MAIL_DELAY
    steps = plan(scene, everyday_questions(scene, chat_id)[name])
    assert slow(steps) == []
    assert not [step for step in steps if step.startswith("SCAN")]


def test_unread_answers_are_found_among_the_unread_alone(scene: Scene, chat_id: UUID) -> None:
    for name in ("mark_read", "claim_away_mail"):
        scene.say(scene.dana, chat_id)
        scene.clock.now += MAIL_DELAY
        steps = plan(scene, everyday_questions(scene, chat_id)[name])
        assert any("ix_support_messages_unread_admin" in step for step in steps), name


def test_reply_times_are_read_from_their_index_alone(scene: Scene, chat_id: UUID) -> None:
    steps = plan(scene, everyday_questions(scene, chat_id)["open_chat"])
    index = "support_messages USING COVERING INDEX ix_support_messages_waited"
    assert f"SEARCH {index} (created_at>?)" in steps


def test_a_slow_plan_would_be_noticed(scene: Scene, chat_id: UUID) -> None:
    def careless(tx: Transaction) -> object:
        sql = "SELECT * FROM support_messages WHERE content = ? ORDER BY content || seq"
        return tx.connection.exec_driver_sql(sql, (str(chat_id),))

    assert len(slow(plan(scene, careless))) == 2
