"""Reading the log: pages by `seq`, and where a returning subscriber goes on."""

from collections.abc import Callable
from uuid import UUID

import pytest

from deskbell.actions import read_messages as module
from deskbell.actions.read_messages import (
    Followed,
    HistoryRequest,
    follow_chat,
    read_messages,
)
from deskbell.actions.view_chat import view_chat
from deskbell.domain.errors import Invalid, NotFound
from deskbell.storage import meta
from tests.cast import NO_CHAT, START
from tests.scene import Scene

FAR_PAST, FAR_FUTURE = -62_135_596_800.0, 253_402_300_799.0
"""The first second of the year 1 and the last of 9999, in Unix time."""


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    """Ada's chat with seven messages, a minute apart: the first one is as old as the scene."""
    chat_id = scene.chat_of(scene.ada)
    for number in range(7):
        scene.say(scene.dana if number % 2 else scene.ada, chat_id, f"Message {number + 1}")
        scene.clock.forward(minutes=1)
    return chat_id


@pytest.fixture
def epoch(scene: Scene) -> str:
    with scene.database.transaction() as tx:
        return meta.begin_epoch(tx)


def seqs(
    scene: Scene,
    chat_id: UUID | None,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[list[int], bool]:
    page = scene.ask(read_messages, scene.ada, chat_id, after=after, before=before, limit=limit)
    return [message.seq for message in page.messages], page.has_more


def test_after_gives_the_next_ones_and_whether_more_follow(scene: Scene, chat_id: UUID) -> None:
    assert seqs(scene, chat_id, after=0, limit=3) == ([1, 2, 3], True)
    assert seqs(scene, chat_id, after=4, limit=3) == ([5, 6, 7], False)
    assert seqs(scene, chat_id, after=7) == ([], False)
    assert seqs(scene, chat_id, after=99) == ([], False)


def test_before_gives_those_just_before_and_whether_older_ones_exist(
    scene: Scene, chat_id: UUID
) -> None:
    assert seqs(scene, chat_id, before=7, limit=3) == ([4, 5, 6], True)
    assert seqs(scene, chat_id, before=4, limit=3) == ([1, 2, 3], False)
    assert seqs(scene, chat_id, before=1) == ([], False)
    assert seqs(scene, chat_id, before=0) == ([], False)
    assert seqs(scene, chat_id, before=99, limit=2) == ([6, 7], True)


def test_without_bounds_the_newest_come(scene: Scene, chat_id: UUID) -> None:
    assert seqs(scene, chat_id, limit=2) == ([6, 7], True)
    assert seqs(scene, None) == ([1, 2, 3, 4, 5, 6, 7], False)


def test_both_bounds_at_once_are_refused(scene: Scene, chat_id: UUID) -> None:
    with pytest.raises(Invalid) as refusal:
        seqs(scene, chat_id, after=1, before=3)
    assert refusal.value.data == {"field": "before"}


Query = Callable[[Scene, str, UUID], object]


def reading(scene: Scene, who: str, chat_id: UUID) -> object:
    return scene.ask(read_messages, scene.actor(who), chat_id)


def following(scene: Scene, who: str, chat_id: UUID) -> object:
    return scene.ask(follow_chat, scene.actor(who), chat_id, None)


@pytest.mark.parametrize("query", [reading, following])
@pytest.mark.parametrize("who", ["ben", "visitor", "nobody"])
def test_a_foreign_chat_is_not_found(query: Query, who: str, scene: Scene, chat_id: UUID) -> None:
    with pytest.raises(NotFound):
        query(scene, who, chat_id)


@pytest.mark.parametrize("query", [reading, following])
@pytest.mark.parametrize("who", ["ada", "dana"])
def test_a_chat_that_does_not_exist_is_not_found(query: Query, who: str, scene: Scene) -> None:
    with pytest.raises(NotFound):
        query(scene, who, NO_CHAT)


@pytest.mark.parametrize("query", [reading, following])
@pytest.mark.parametrize("who", ["ada", "dana", "eve"])
def test_its_user_and_agents_may_read(query: Query, who: str, scene: Scene, chat_id: UUID) -> None:
    assert query(scene, who, chat_id)


def test_somebody_without_a_chat_has_no_messages_of_their_own(scene: Scene) -> None:
    with pytest.raises(NotFound):
        scene.ask(read_messages, scene.ben, None)


def follow(scene: Scene, chat_id: UUID, history: HistoryRequest | None) -> Followed:
    return scene.ask(follow_chat, scene.ada, chat_id, history)


def is_rejected(scene: Scene, chat_id: UUID, history: HistoryRequest) -> bool:
    return follow(scene, chat_id, history).replay_after is None


def test_a_follower_hears_how_things_are(scene: Scene, chat_id: UUID, epoch: str) -> None:
    scene.read(scene.ada, 4)
    scene.do(view_chat, scene.dana, chat_id, 5)
    followed = follow(scene, chat_id, None)
    assert (followed.side, followed.replay_after) == ("user", None)
    state = followed.state
    assert (state.archived, state.read_up_to, state.last_seq, state.epoch) == (False, 4, 7, epoch)
    assert state.viewed_up_to == 5


@pytest.mark.parametrize(("who", "side"), [("ada", "user"), ("dana", "admin"), ("eve", "admin")])
def test_the_side_follows_from_whose_chat_it_is(
    who: str, side: str, scene: Scene, chat_id: UUID
) -> None:
    assert scene.ask(follow_chat, scene.actor(who), chat_id, None).side == side


@pytest.mark.parametrize("offset", [0, 3, 7])
def test_history_goes_on_after_the_offset(
    offset: int, scene: Scene, chat_id: UUID, epoch: str
) -> None:
    assert follow(scene, chat_id, HistoryRequest(epoch=epoch, offset=offset)).replay_after == offset


@pytest.mark.parametrize("offset", [-1, 8, 2**70])
def test_an_offset_that_was_never_reached_is_rejected(
    offset: int, scene: Scene, chat_id: UUID, epoch: str
) -> None:
    assert is_rejected(scene, chat_id, HistoryRequest(epoch=epoch, offset=offset))


@pytest.mark.parametrize("foreign", ["", "another", None])
def test_a_foreign_epoch_is_rejected(
    foreign: str | None, scene: Scene, chat_id: UUID, epoch: str
) -> None:
    assert foreign != epoch
    assert is_rejected(scene, chat_id, HistoryRequest(epoch=foreign, offset=3))


def test_since_counts_from_a_minute_earlier(scene: Scene, chat_id: UUID) -> None:
    moment = START.timestamp() + 3 * 60  # when the fourth message was written
    assert follow(scene, chat_id, HistoryRequest(since=moment)).replay_after == 2
    assert follow(scene, chat_id, HistoryRequest(since=moment + 0.5)).replay_after == 3


def test_since_before_the_first_message_is_everything(scene: Scene, chat_id: UUID) -> None:
    assert follow(scene, chat_id, HistoryRequest(since=0.0)).replay_after == 0


def test_since_the_future_is_nothing(scene: Scene, chat_id: UUID) -> None:
    assert follow(scene, chat_id, HistoryRequest(since=FAR_FUTURE)).replay_after == 7


@pytest.mark.parametrize(
    "since", [float("nan"), float("inf"), float("-inf"), 1e300, -1e300, FAR_PAST, FAR_PAST + 1]
)
def test_a_time_that_cannot_be_is_rejected(since: float, scene: Scene, chat_id: UUID) -> None:
    assert is_rejected(scene, chat_id, HistoryRequest(since=since))


def test_history_without_a_position_replays_nothing(scene: Scene, chat_id: UUID) -> None:
    assert follow(scene, chat_id, HistoryRequest()).replay_after == 7


def test_who_missed_more_than_can_be_replayed_is_rejected(
    scene: Scene, chat_id: UUID, epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.MAX_REPLAY == 1_000
    monkeypatch.setattr(module, "MAX_REPLAY", 4)
    assert follow(scene, chat_id, HistoryRequest(epoch=epoch, offset=3)).replay_after == 3
    assert is_rejected(scene, chat_id, HistoryRequest(epoch=epoch, offset=2))
    assert is_rejected(scene, chat_id, HistoryRequest(since=0.0))
