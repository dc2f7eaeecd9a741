"""Batches of messages, whatever is in them: dense logs in order, at a constant price."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from deskbell.actions.read_messages import read_messages
from deskbell.actions.send_message import SendMessage, Sent, send_messages
from deskbell.domain.errors import DeskbellError, MessageIdTaken, NotFound
from deskbell.domain.events import Outcome
from deskbell.domain.message import Message
from tests.cast import NO_CHAT, Clock
from tests.replay import check, look
from tests.scene import Scene, open_database, request

OWNERS = ("ada", "ben", "eve")
SENDERS = (*OWNERS, "dana")

# Few ids and texts, so that requests meet each other: sender, chat, id, content.
Attempt = tuple[str, str, int, str]
ATTEMPTS = st.tuples(
    st.sampled_from(SENDERS),
    st.sampled_from((*OWNERS, "none")),
    st.integers(1, 8),
    st.sampled_from(("a", "b")),
)
BATCHES = st.lists(st.lists(ATTEMPTS, min_size=1, max_size=12), min_size=1, max_size=4)


@dataclass
class Rules:
    """The plainest possible reading of the rules: one request after the other, no batches."""

    owner_of: dict[UUID, UUID]
    logs: dict[UUID, list[Message]] = field(default_factory=dict)
    sent: dict[UUID, SendMessage] = field(default_factory=dict)

    def judge(self, asked: SendMessage, answer: Outcome[Sent] | DeskbellError) -> None:
        """Hold one answer against the rules, and remember what it stored."""
        actor, log = asked.actor, self.logs.setdefault(asked.chat_id, [])
        owner = self.owner_of.get(asked.chat_id)
        if owner is None or not (actor.is_admin or owner == actor.user_id):
            assert isinstance(answer, NotFound)
        elif self.sent.setdefault(asked.message_id, asked) != asked:
            assert isinstance(answer, MessageIdTaken)
        else:
            assert isinstance(answer, Outcome)
            message = answer.result.message
            assert answer.result.repeated == (message in log)
            if not answer.result.repeated:
                log.append(message)
            assert log[message.seq - 1] == message


@settings(max_examples=20, deadline=None)
@given(batches=BATCHES)
def test_logs_stay_dense_and_in_order_whatever_is_sent(
    batches: list[list[Attempt]], migrated: Path
) -> None:
    clock = Clock()
    with TemporaryDirectory() as folder, open_database(migrated, Path(folder), clock) as database:
        scene = Scene(database, clock)
        chats = {who: scene.chat_of(getattr(scene, who)) for who in OWNERS}
        rules = Rules({chat_id: getattr(scene, who).user_id for who, chat_id in chats.items()})
        for batch in batches:
            send_and_judge(
                scene,
                rules,
                [
                    request(getattr(scene, who), chats.get(chat, NO_CHAT), text, UUID(int=number))
                    for who, chat, number, text in batch
                ],
            )


def send_and_judge(scene: Scene, rules: Rules, requests: Sequence[SendMessage]) -> None:
    before = look(scene)
    scene.clock.forward(seconds=1)
    with scene.database.transaction() as tx:
        answers = send_messages(tx, requests)
    for asked, answer in zip(requests, answers, strict=True):
        rules.judge(asked, answer)
    outcomes = [answer for answer in answers if isinstance(answer, Outcome)]
    check(before, [a for outcome in outcomes for a in outcome.announcements], look(scene))
    for chat_id in rules.owner_of:
        log = scene.ask(read_messages, scene.dana, chat_id, after=0, limit=200).messages
        assert log == rules.logs.get(chat_id, [])
        assert [message.seq for message in log] == list(range(1, len(log) + 1))


@contextmanager
def statements_of(scene: Scene) -> Iterator[list[str]]:
    """What the writing connection is told; an executemany counts once."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine = scene.database._writing
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("size", [1, 40, 400])
def test_a_batch_takes_as_many_statements_as_one_message(size: int, scene: Scene) -> None:
    chats = [scene.chat_of(scene.ada), scene.chat_of(scene.ben)]
    requests = [request(scene.dana, chats[number % 2]) for number in range(size)]
    with statements_of(scene) as statements, scene.database.transaction() as tx:
        send_messages(tx, [*requests, requests[0]])
    begin, heads, known, *writes = statements
    assert begin == "BEGIN IMMEDIATE"
    assert "FROM support_chats" in heads
    assert "FROM support_messages" in known
    tables = [re.findall(r"(?:INTO|UPDATE) (support_\w+)", statement) for statement in writes]
    assert tables == [["support_messages"], ["support_chats"], ["support_jobs"]]


def test_a_batch_of_retries_writes_nothing(scene: Scene) -> None:
    asked = request(scene.dana, scene.chat_of(scene.ada))
    with scene.database.transaction() as tx:
        send_messages(tx, [asked])
    with statements_of(scene) as statements, scene.database.transaction() as tx:
        send_messages(tx, [asked] * 20)
    assert len(statements) == len(["BEGIN", "heads", "known ids"])
