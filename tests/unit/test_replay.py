"""The replay helper itself: it must notice every announcement that an action forgets."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from deskbell.actions.archive_chat import archive_chat, unarchive_chat
from deskbell.actions.mark_read import mark_read
from deskbell.actions.send_message import send_message
from deskbell.actions.view_chat import view_chat
from deskbell.domain.events import NewUserMessage, Outcome
from deskbell.storage.database import Transaction
from tests.replay import check_replay, look, replay
from tests.scene import Scene, request

Action = Callable[[Transaction], Outcome[Any]]
Play = Callable[[Scene], Action]


def user_writes(scene: Scene) -> Action:
    return partial(send_message, request=request(scene.ada, scene.chat_of(scene.ada)))


def user_writes_in_an_archived_chat(scene: Scene) -> Action:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    scene.do(archive_chat, scene.dana, chat_id)
    return user_writes(scene)


def agent_answers(scene: Scene) -> Action:
    return partial(send_message, request=request(scene.dana, scene.chat_of(scene.ada)))


def user_reads(scene: Scene) -> Action:
    scene.say(scene.dana, scene.chat_of(scene.ada))
    return partial(mark_read, actor=scene.ada)


def agent_views(scene: Scene) -> Action:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    return partial(view_chat, actor=scene.dana, chat_id=chat_id)


def agent_archives(scene: Scene) -> Action:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    return partial(archive_chat, actor=scene.dana, chat_id=chat_id)


def agent_restores(scene: Scene) -> Action:
    agent_archives(scene)
    scene.do(archive_chat, scene.dana, scene.chat_of(scene.ada))
    return partial(unarchive_chat, actor=scene.dana, chat_id=scene.chat_of(scene.ada))


PLAYS: tuple[Play, ...] = (
    user_writes,
    user_writes_in_an_archived_chat,
    agent_answers,
    user_reads,
    agent_views,
    agent_archives,
    agent_restores,
)


@pytest.mark.parametrize("play", PLAYS)
def test_any_forgotten_announcement_is_noticed(play: Play, scene: Scene) -> None:
    action = play(scene)
    before = look(scene)
    outcome = check_replay(scene, action)
    after = look(scene)
    assert outcome.announcements
    for forgotten in outcome.announcements:
        if isinstance(forgotten.event, NewUserMessage):
            continue  # A ring of the bell: it changes nothing that anybody holds.
        rest = [each for each in outcome.announcements if each is not forgotten]
        assert replay(before, rest) != after, forgotten


def test_an_action_that_announces_nothing_is_caught(scene: Scene) -> None:
    action = agent_archives(scene)

    def silent(tx: Transaction) -> Outcome[Any]:
        return replace(action(tx), announcements=())

    with pytest.raises(AssertionError):
        check_replay(scene, silent)


def test_an_event_for_the_wrong_ears_is_caught(scene: Scene) -> None:
    action = agent_archives(scene)
    chat_id = scene.chat_of(scene.ada)

    def loud(tx: Transaction) -> Outcome[Any]:
        outcome = action(tx)
        return replace(
            outcome,
            announcements=[replace(each, chat_id=chat_id) for each in outcome.announcements],
        )

    with pytest.raises(AssertionError, match="only agents"):
        check_replay(scene, loud)
