"""The agents' list: newest first, page after page, whatever happens in between."""

import base64

import pytest

from deskbell.actions.archive_chat import archive_chat
from deskbell.actions.identify import welcome_visitor
from deskbell.actions.list_chats import ChatList, list_chats
from deskbell.actions.view_chat import view_chat
from deskbell.domain.errors import Forbidden, Invalid
from deskbell.domain.events import ChatRow
from deskbell.domain.people import Actor
from deskbell.storage.chats import Counts
from tests.cast import ADA
from tests.replay import check_replay
from tests.scene import Scene, actor_of


def visitors(scene: Scene, count: int) -> list[Actor]:
    people = [scene.do(welcome_visitor, None).result.person for _ in range(count)]
    return [actor_of(person) for person in people]


def pages(scene: Scene, limit: int, *, empty: bool = False) -> list[ChatList]:
    found = [scene.ask(list_chats, scene.dana, limit=limit, empty=empty)]
    while found[-1].next_cursor:
        cursor = found[-1].next_cursor
        found.append(scene.ask(list_chats, scene.dana, limit=limit, empty=empty, cursor=cursor))
    return found


def test_a_row_tells_who_wrote_what_when(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    scene.say(scene.dana, chat_id, "Yes,\n  it is. " + "x" * 200)
    (row,) = scene.ask(list_chats, scene.dana).chats
    assert row == ChatRow(
        id=chat_id,
        user_id=scene.ada.user_id,
        user_email=ADA.email,
        user_name=ADA.name,
        last_message_at=scene.clock.now,
        last_message_preview="Yes, it is. " + "x" * 87 + "…",
        last_message_sender="admin",
        message_count=2,
        unread=True,
        archived=False,
    )


def test_whoever_wrote_last_comes_first(scene: Scene) -> None:
    chats = [scene.chat_of(actor) for actor in (scene.ada, scene.ben, scene.eve)]
    for chat_id in (*chats, chats[0]):
        scene.clock.forward(seconds=1)
        scene.say(scene.dana, chat_id)
    listed = [row.id for row in scene.ask(list_chats, scene.dana).chats]
    assert listed == [chats[0], chats[2], chats[1]]


def test_active_and_archived_chats_are_two_lists_with_their_counts(scene: Scene) -> None:
    ada, ben, eve = (scene.chat_of(actor) for actor in (scene.ada, scene.ben, scene.eve))
    for actor, chat_id in ((scene.ada, ada), (scene.ben, ben), (scene.eve, eve)):
        scene.say(actor, chat_id)
    scene.do(archive_chat, scene.dana, ada)
    scene.do(view_chat, scene.dana, ben)
    active = scene.ask(list_chats, scene.dana)
    archived = scene.ask(list_chats, scene.dana, archived=True)
    assert {row.id for row in active.chats} == {ben, eve}
    assert [row.id for row in archived.chats] == [ada]
    assert active.counts == archived.counts == Counts(active=2, archived=1, unread=1)


def test_chats_in_which_nobody_wrote_are_shown_only_when_asked_for_and_last(scene: Scene) -> None:
    written, empty = scene.chat_of(scene.ada), scene.chat_of(scene.visitor)
    scene.say(scene.ada, written)
    assert [row.id for row in scene.ask(list_chats, scene.dana).chats] == [written]
    everything = scene.ask(list_chats, scene.dana, empty=True)
    assert [row.id for row in everything.chats] == [written, empty]
    row = everything.chats[1]
    assert (row.message_count, row.unread, row.last_message_preview) == (0, False, None)
    assert everything.counts == Counts(active=1, archived=0, unread=1)


@pytest.mark.parametrize("empty", [False, True])
def test_pages_join_without_gap_or_repetition_also_within_one_moment(
    empty: bool, scene: Scene
) -> None:
    people = visitors(scene, 9)
    chats = [scene.chat_of(person) for person in people]
    for number, (person, chat_id) in enumerate(zip(people, chats, strict=True)):
        if number % 3 == 0:
            scene.clock.forward(seconds=1)
        if not empty or number < 6:
            scene.say(person, chat_id)
    found = pages(scene, limit=2, empty=empty)
    listed = [row.id for page in found for row in page.chats]
    assert [len(page.chats) for page in found] == [2, 2, 2, 2, 1]
    assert sorted(listed) == sorted(chats)
    whole = scene.ask(list_chats, scene.dana, empty=empty, limit=200)
    assert listed == [row.id for row in whole.chats]
    assert whole.next_cursor is None


def test_a_new_message_between_two_pages_shifts_nothing(scene: Scene) -> None:
    people = visitors(scene, 6)
    for person in people:
        scene.clock.forward(seconds=1)
        scene.say(person, scene.chat_of(person))
    first = scene.ask(list_chats, scene.dana, limit=3)
    scene.clock.forward(seconds=1)
    scene.say(scene.ada, scene.chat_of(scene.ada))
    second = scene.ask(list_chats, scene.dana, limit=3, cursor=first.next_cursor)
    rows = [*first.chats, *second.chats]
    assert [row.user_id for row in rows] == [person.user_id for person in reversed(people)]


def test_listing_changes_nothing_that_others_see(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    scene.ask(list_chats, scene.dana)
    assert check_replay(scene, view_chat, scene.dana, chat_id).announcements, "it was unread still"


@pytest.mark.parametrize("who", ["ada", "ben", "visitor", "nobody"])
def test_only_agents_list_chats(who: str, scene: Scene) -> None:
    scene.say(scene.ada, scene.chat_of(scene.ada))
    with pytest.raises(Forbidden):
        scene.ask(list_chats, scene.actor(who))


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "AAAA",
        "*" * 32,
        base64.urlsafe_b64encode(b"\xff" * 24).decode(),
        base64.urlsafe_b64encode(b"\0" * 23).decode(),
        base64.urlsafe_b64encode(b"\0" * 25).decode(),
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(cursor: str, scene: Scene) -> None:
    with pytest.raises(Invalid) as refusal:
        scene.ask(list_chats, scene.dana, cursor=cursor)
    assert refusal.value.data == {"field": "cursor"}
