"""Opening the support chat: everybody has exactly one, their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from deskbell.actions.open_chat import open_chat, show_own_chat
from deskbell.actions.snapshot import PAGE
from deskbell.domain.errors import Unauthorized
from deskbell.storage import meta
from deskbell.storage.tables import chats
from tests.cast import NOBODY
from tests.replay import check_replay, look
from tests.scene import Scene


def chat_count(scene: Scene) -> int:
    query = select(func.count()).select_from(chats)
    return scene.ask(lambda tx: tx.connection.execute(query).scalar_one())


def test_the_first_time_makes_an_empty_chat(scene: Scene) -> None:
    chat = check_replay(scene, open_chat, scene.ada).result
    assert (chat.messages, chat.has_more, chat.last_seq, chat.unread_count) == ([], False, 0, 0)
    assert not chat.archived


def test_an_empty_chat_is_announced_to_nobody(scene: Scene) -> None:
    assert not check_replay(scene, open_chat, scene.ada).announcements
    assert look(scene).active == []


def test_the_second_time_finds_the_same_chat(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    message = scene.say(scene.dana, chat_id)
    again = check_replay(scene, open_chat, scene.ada).result
    assert (again.id, again.messages, again.unread_count) == (chat_id, [message], 1)
    assert scene.ask(show_own_chat, scene.ada) == again


@pytest.mark.parametrize("who", ["ben", "visitor", "dana"])
def test_nobody_opens_the_chat_of_somebody_else(who: str, scene: Scene) -> None:
    adas = scene.chat_of(scene.ada)
    assert check_replay(scene, open_chat, scene.actor(who)).result.id != adas


def test_looking_makes_no_chat(scene: Scene) -> None:
    assert scene.ask(show_own_chat, scene.ada) is None
    assert chat_count(scene) == 0


def test_a_race_of_two_first_requests_makes_one_chat(scene: Scene) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(scene.chat_of, [scene.ada, scene.ada])
    assert first == second
    assert chat_count(scene) == 1


def test_a_token_of_somebody_who_is_gone_opens_nothing(scene: Scene) -> None:
    with pytest.raises(Unauthorized):
        scene.do(open_chat, NOBODY)
    assert chat_count(scene) == 0


def test_a_long_chat_shows_its_newest_messages_and_says_that_there_are_more(scene: Scene) -> None:
    chat_id = scene.chat_of(scene.ada)
    for _ in range(PAGE):
        scene.say(scene.ada, chat_id)
    assert not check_replay(scene, open_chat, scene.ada).result.has_more
    scene.say(scene.ada, chat_id)
    chat = check_replay(scene, open_chat, scene.ada).result
    assert [message.seq for message in chat.messages] == list(range(2, PAGE + 2))
    assert chat.has_more


def test_a_chat_tells_the_epoch_of_its_database(scene: Scene) -> None:
    with scene.database.transaction() as tx:
        epoch = meta.begin_epoch(tx)
    assert scene.do(open_chat, scene.ada).result.epoch == epoch
