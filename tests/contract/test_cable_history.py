"""History over the cable: what was missed comes first, once, in order; then what is new."""

from typing import Any

import pytest

from deskbell.actions import read_messages
from tests.contract.cable import ADMINS_CHANNEL, CableClient, Frame, chat_channel
from tests.contract.service import Caller, Service


@pytest.fixture
async def chat(ada: Caller, dana: Caller) -> dict[str, Any]:
    """Ada's chat with five messages."""
    chat_id = await ada.chat_id()
    for number in range(1, 6):
        await dana.say(f"Message {number}", chat_id)
    return await ada.get("/support_chat")


def from_offset(chat: dict[str, Any], offset: int) -> Frame:
    position = {"offset": offset, "epoch": chat["epoch"]}
    return {"streams": {f"support_chat:{chat['id']}": position}}


def kinds(frames: list[Frame]) -> list[object]:
    """The frames in short: messages by their `seq`, everything else by its type."""
    return [
        frame["message"]["message"]["seq"]
        if frame.get("message", {}).get("type") == "new_message"
        else frame.get("type") or frame["message"]["type"]
        for frame in frames
    ]


async def test_what_was_missed_comes_before_the_state_and_what_is_new(
    service: Service, ada: Caller, dana: Caller, chat: dict[str, Any]
) -> None:
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        frames = await socket.subscribe(chat_channel(chat["id"]), history=from_offset(chat, 2))
        assert kinds(frames) == [3, 4, 5, "confirm_history", "chat_state"]
        assert [frame["message"]["message"] for frame in frames[:3]] == chat["messages"][2:]
        assert frames[0]["offset"] == 3
        assert frames[0]["epoch"] == chat["epoch"]
        await dana.say("Message 6", chat["id"])
        assert kinds([await socket.frame()]) == [6]


@pytest.mark.parametrize(("offset", "missed"), [(0, [1, 2, 3, 4, 5]), (4, [5]), (5, [])])
async def test_history_can_be_asked_for_at_any_time(
    offset: int, missed: list[int], service: Service, ada: Caller, chat: dict[str, Any]
) -> None:
    identifier = chat_channel(chat["id"])
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        assert kinds(await socket.subscribe(identifier)) == ["chat_state"]
        socket.say("history", identifier, history=from_offset(chat, offset))
        assert kinds(await socket.frames()) == [*missed, "confirm_history"]


async def test_history_since_a_moment_counts_from_a_minute_earlier(
    service: Service, ada: Caller, dana: Caller, chat: dict[str, Any]
) -> None:
    service.clock.forward(minutes=5)
    left_at = service.clock.now.timestamp()
    await dana.say("Message 6", chat["id"])
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        frames = await socket.subscribe(chat_channel(chat["id"]), history={"since": left_at})
    assert kinds(frames) == [6, "confirm_history", "chat_state"]


async def rejected(socket: CableClient, identifier: str, history: Frame) -> None:
    """Ask in both ways; neither replays anything, and the subscription lives on."""
    frames = await socket.subscribe(identifier, history=history)
    assert kinds(frames)[0] == "reject_history"
    assert kinds(frames)[1:] in ([], ["chat_state"])
    socket.say("history", identifier, history=history)
    assert kinds(await socket.frames()) == ["reject_history"]


async def test_a_place_that_was_never_reached_is_rejected(
    service: Service, ada: Caller, dana: Caller, chat: dict[str, Any]
) -> None:
    identifier = chat_channel(chat["id"])
    foreign = {"offset": 2, "epoch": "another"}
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        for history in (
            {"streams": {f"support_chat:{chat['id']}": foreign}},
            from_offset(chat, 6),
            from_offset(chat, -1),
            from_offset(chat, 2**62),
            {"since": 1e300},
        ):
            await rejected(socket, identifier, history)
        await dana.say("Message 6", chat["id"])
        assert kinds([await socket.frame()]) == [6]


async def test_who_missed_too_much_loads_the_chat_afresh(
    service: Service, ada: Caller, chat: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_messages, "MAX_REPLAY", 3)
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        await rejected(socket, chat_channel(chat["id"]), from_offset(chat, 1))
        frames = await socket.subscribe(chat_channel(chat["id"]), history=from_offset(chat, 2))
    assert kinds(frames) == [3, 4, 5, "confirm_history", "chat_state"]


async def test_the_channel_of_all_admins_has_no_history(service: Service, dana: Caller) -> None:
    async with service.socket(dana.token) as socket:
        await socket.welcomed()
        await rejected(socket, ADMINS_CHANNEL, {"since": 0})


async def test_what_comes_during_a_replay_waits_and_is_neither_lost_nor_doubled(
    service: Service, ada: Caller, dana: Caller
) -> None:
    """The reader stops in the middle of a replay that is longer than its outbox may be."""
    chat_id = await ada.chat_id()
    for _ in range(150):
        await dana.say("x" * 4_000, chat_id)
    chat = await ada.get("/support_chat")
    identifier = chat_channel(chat_id)
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        socket.reading.clear()
        socket.say("subscribe", identifier, history=from_offset(chat, 0))
        for number in range(151, 156):
            await dana.say(f"Message {number}", chat_id)
        await ada.patch("/support_chat/mark_read", {"up_to": 150})
        socket.reading.set()
        frames = await socket.frames()
    assert kinds(frames[:1]) == ["confirm_subscription"]
    said = kinds(frames[1:])
    seqs = [seq for seq in said if isinstance(seq, int)]
    assert seqs == list(range(1, 156))
    assert said.index("confirm_history") < said.index("chat_state") < said.index("messages_read")
    state = frames[1 + said.index("chat_state")]["message"]
    assert said.index("chat_state") > said.index(state["last_seq"]), "the state is no promise"


async def test_a_page_of_a_long_replay_joins_the_next(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id = await ada.chat_id()
    for _ in range(205):
        await dana.say("x", chat_id)
    chat = await ada.get("/support_chat")
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        frames = await socket.subscribe(chat_channel(chat_id), history=from_offset(chat, 3))
    assert kinds(frames) == [*range(4, 206), "confirm_history", "chat_state"]
