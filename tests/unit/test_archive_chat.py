"""Archiving a chat and bringing it back: agents only, told to everybody, twice is once."""

from collections.abc import Callable
from uuid import UUID

import pytest

from deskbell.actions.archive_chat import archive_chat, unarchive_chat
from deskbell.actions.snapshot import ChatSummary
from deskbell.domain.errors import Forbidden, NotFound
from deskbell.domain.events import Announcement, ChatArchived, ChatUnarchived, Outcome
from deskbell.domain.people import Actor
from deskbell.storage.database import Transaction
from tests.cast import NO_CHAT
from tests.replay import check_replay, look
from tests.scene import Scene

Archive = Callable[[Transaction, Actor, UUID], Outcome[ChatSummary]]


def test_an_archived_chat_moves_to_the_other_drawer_for_all(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    outcome = check_replay(scene, archive_chat, scene.dana, chat_id)
    assert outcome.result.archived
    assert outcome.announcements[0] == Announcement(chat_id, ChatArchived(chat_id))
    views = look(scene)
    assert ([row.id for row in views.archived], views.active) == ([chat_id], [])
    assert (views.counts.archived, views.counts.active, views.counts.unread) == (1, 0, 0)


def test_a_restored_chat_comes_back_for_all(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    scene.do(archive_chat, scene.dana, chat_id)
    outcome = check_replay(scene, unarchive_chat, scene.eve, chat_id)
    assert not outcome.result.archived
    assert outcome.announcements[0] == Announcement(chat_id, ChatUnarchived(chat_id))
    assert look(scene).counts.unread == 1


def test_archiving_twice_is_no_news(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    assert not check_replay(scene, unarchive_chat, scene.dana, chat_id).announcements
    scene.do(archive_chat, scene.dana, chat_id)
    assert not check_replay(scene, archive_chat, scene.eve, chat_id).announcements


def test_archiving_keeps_the_place_in_the_list(scene: Scene) -> None:
    older, newer = scene.chat_of(scene.ada), scene.chat_of(scene.ben)
    scene.say(scene.ada, older)
    scene.clock.forward(minutes=1)
    scene.say(scene.ben, newer)
    for chat_id in (newer, older):
        check_replay(scene, archive_chat, scene.dana, chat_id)
    assert [row.id for row in look(scene).archived] == [newer, older]


@pytest.mark.parametrize("action", [archive_chat, unarchive_chat])
@pytest.mark.parametrize("who", ["ada", "ben", "visitor", "nobody"])
def test_only_agents_archive(action: Archive, who: str, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    if action is unarchive_chat:
        scene.do(archive_chat, scene.dana, chat_id)
    before = look(scene)
    with pytest.raises(Forbidden):
        check_replay(scene, action, scene.actor(who), chat_id)
    assert look(scene) == before


@pytest.mark.parametrize("action", [archive_chat, unarchive_chat])
def test_a_chat_that_does_not_exist_cannot_be_archived(action: Archive, scene: Scene) -> None:
    with pytest.raises(NotFound):
        check_replay(scene, action, scene.dana, NO_CHAT)
