"""Viewing: an agent has a chat open, and it is unread for no agent any more."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest

from deskbell.actions.view_chat import open_as_admin, view_chat
from deskbell.domain.errors import Forbidden, NotFound
from deskbell.domain.events import Announcement, ChatChanged, ChatViewed, Outcome
from deskbell.domain.people import Actor
from deskbell.storage.database import Transaction
from tests.cast import ADA, NO_CHAT
from tests.replay import check_replay, look
from tests.scene import Scene

View = Callable[[Transaction, Actor, UUID], Outcome[object]]


def test_viewing_makes_a_chat_read_for_all_agents(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    assert look(scene).counts.unread == 1
    outcome = check_replay(scene, view_chat, scene.dana, chat_id)
    seen, news = outcome.announcements
    assert seen == Announcement(chat_id, ChatViewed(1))
    assert news.chat_id is None
    assert isinstance(news.event, ChatChanged)
    assert not news.event.chat.unread
    assert look(scene).counts.unread == 0


def test_viewing_a_part_leaves_the_chat_unread(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    for _ in range(3):
        scene.say(scene.ada, chat_id)
    assert check_replay(scene, view_chat, scene.dana, chat_id, 2).result.unread_count == 1
    assert look(scene).active[0].unread


def test_what_comes_after_the_view_is_unread_again(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    scene.do(view_chat, scene.dana, chat_id, 99)
    assert not look(scene).active[0].unread
    scene.say(scene.ada, chat_id)
    assert look(scene).active[0].unread


def test_an_agents_own_answer_is_never_unread_for_agents(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.dana, chat_id)
    assert not look(scene).active[0].unread
    assert look(scene).of_agents[chat_id].unread_count == 0


@pytest.mark.parametrize("up_to", [None, 0, 1, 2])
def test_viewing_again_is_no_news(up_to: int | None, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    scene.do(view_chat, scene.dana, chat_id)
    assert not check_replay(scene, view_chat, scene.eve, chat_id, up_to).announcements


def test_opening_a_chat_shows_it_with_its_user_and_views_it(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    message = scene.say(scene.ada, chat_id)
    shown = check_replay(scene, open_as_admin, scene.dana, chat_id).result
    assert (shown.messages, shown.unread_count) == ([message], 0)
    assert (shown.user_id, shown.user_email) == (scene.ada.user_id, ADA.email)
    assert (shown.user.name, shown.user.locale, shown.user.role) == (ADA.name, ADA.locale, "user")
    assert not look(scene).active[0].unread


def test_the_user_hears_how_far_the_agents_have_seen_and_no_more(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    for _ in range(3):
        scene.say(scene.ada, chat_id)
    for action, heard in (
        (partial(view_chat, up_to=2), 2),
        (partial(view_chat, up_to=99), 3),
    ):
        outcome = check_replay(scene, action, scene.dana, chat_id)
        told = [each.event for each in outcome.announcements if each.chat_id is not None]
        assert told == [ChatViewed(heard)]
        assert look(scene).of_users[chat_id].viewed_up_to == heard
    scene.say(scene.ada, chat_id)
    check_replay(scene, open_as_admin, scene.dana, chat_id)
    assert look(scene).of_users[chat_id].viewed_up_to == 4


@pytest.mark.parametrize("action", [view_chat, open_as_admin])
@pytest.mark.parametrize("who", ["ada", "ben", "visitor", "nobody"])
def test_only_agents_view_chats(action: View, who: str, scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    with pytest.raises(Forbidden):
        check_replay(scene, action, scene.actor(who), chat_id)
    assert look(scene).active[0].unread


@pytest.mark.parametrize("action", [view_chat, open_as_admin])
def test_a_chat_that_does_not_exist_cannot_be_viewed(action: View, scene: Scene) -> None:
    with pytest.raises(NotFound):
        check_replay(scene, action, scene.dana, NO_CHAT)


def test_a_user_cannot_tell_by_viewing_whether_a_chat_exists(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        scene.do(view_chat, scene.ben, NO_CHAT)
