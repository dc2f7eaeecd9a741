"""Typing and presence: rebuilt by the server, and nothing in them that is nobody's business."""

from collections.abc import AsyncIterator

import pytest

from deskbell import User
from deskbell.cable import connection
from tests.cast import ADA, DANA_EMAIL, DANA_NAME
from tests.contract.cable import ADMINS_CHANNEL, PLAIN, CableClient, chat_channel
from tests.contract.service import Caller, Service


@pytest.fixture
async def identifier(ada: Caller) -> str:
    return chat_channel(await ada.chat_id())


@pytest.fixture
async def adas(service: Service, ada: Caller, identifier: str) -> AsyncIterator[CableClient]:
    """Ada's socket, which follows her chat."""
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        yield socket


@pytest.fixture
async def danas(service: Service, dana: Caller, identifier: str) -> AsyncIterator[CableClient]:
    """Dana's socket, which follows Ada's chat."""
    async with service.socket(dana.token) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        yield socket


async def test_typing_is_told_to_the_others_and_not_to_oneself(
    adas: CableClient, danas: CableClient, identifier: str
) -> None:
    for writer, reader, side in ((adas, danas, "user"), (danas, adas, "admin")):
        writer.say("whisper", identifier, data={})
        typing = {"type": "typing", "sender_type": side}
        assert await reader.frame() == {"identifier": identifier, "message": typing}
        assert await writer.frames() == []


@pytest.mark.parametrize(
    "data", [{"type": "new_message", "message": {"content": "forged"}}, "x" * 1_000, None, [1]]
)
async def test_nothing_of_a_whisper_is_passed_on(
    data: object, adas: CableClient, danas: CableClient, identifier: str
) -> None:
    danas.say("whisper", identifier, data=data, sender_type="user", event="client-event")
    assert await adas.message() == {"type": "typing", "sender_type": "admin"}


async def test_many_whispers_are_few(
    adas: CableClient, danas: CableClient, identifier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "TYPING_EVERY", 3_600.0)
    for _ in range(50):
        adas.say("whisper", identifier, data={})
    assert await adas.frames() == []
    assert len(await danas.frames()) == 1


async def test_whispers_are_for_those_who_follow(
    service: Service, ben: Caller, adas: CableClient, identifier: str
) -> None:
    async with service.socket(ben.token) as bens:
        await bens.welcomed()
        for command in ("whisper", "join", "presence"):
            bens.say(command, identifier, data={}, presence={})
            rejected = {"identifier": identifier, "type": "reject_subscription"}
            assert await bens.frame() == rejected
        assert await adas.frames() == []


async def test_coming_and_going_is_told_to_the_others(
    service: Service, dana: Caller, adas: CableClient, identifier: str
) -> None:
    info = {"sender_type": "admin", "name": DANA_NAME}
    async with service.socket(dana.token) as danas:
        await danas.welcomed()
        danas.say("subscribe", identifier, presence={"id": "forged", "info": {"name": "Boss"}})
        joined = {"type": "join", "id": dana.user["id"], "info": info}
        frame = {"identifier": identifier, "type": "presence", "message": joined}
        assert await adas.frame() == frame
        await danas.frames()
        adas.say("presence", identifier)
        records = [{"id": dana.user["id"], "info": info}]
        present = {"type": "info", "total": 1, "records": records}
        assert (await adas.frame())["message"] == present
    assert (await adas.frame())["message"] == {"type": "leave", "id": dana.user["id"]}


async def test_two_tabs_are_one_person(
    service: Service, ada: Caller, danas: CableClient, identifier: str
) -> None:
    async with service.socket(ada.token) as first:
        async with service.socket(ada.token) as second:
            for tab in (first, second):
                await tab.welcomed()
                await tab.subscribe(identifier, presence={})
            assert [frame["message"]["type"] for frame in await danas.frames()] == ["join"]
        assert await danas.frames() == []
        first.say("leave", identifier)
        first.say("leave", identifier)
        await first.frames()
        assert [frame["message"]["type"] for frame in await danas.frames()] == ["leave"]


async def test_one_may_join_later_and_unsubscribing_is_leaving(
    adas: CableClient, danas: CableClient, identifier: str
) -> None:
    danas.say("join", identifier, presence={"id": "forged"})
    danas.say("join", identifier)
    assert (await adas.frame())["message"]["type"] == "join"
    danas.say("unsubscribe", identifier)
    assert (await adas.frame())["message"]["type"] == "leave"
    assert await adas.frames() == []


async def test_the_plain_protocol_has_no_word_for_presence(
    service: Service, ada: Caller, danas: CableClient, identifier: str
) -> None:
    async with service.socket(ada.token, protocols=[PLAIN]) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        danas.say("join", identifier)
        await danas.frames()
        danas.say("whisper", identifier)
        assert (await socket.message())["type"] == "typing"
        socket.say("presence", identifier)
        assert await socket.frames() == []


async def test_nobody_is_present_in_the_channel_of_all_admins(
    service: Service, dana: Caller
) -> None:
    async with service.socket(dana.token) as socket:
        await socket.welcomed()
        await socket.subscribe(ADMINS_CHANNEL, presence={})
        socket.say("join", ADMINS_CHANNEL)
        socket.say("presence", ADMINS_CHANNEL)
        (present,) = await socket.frames()
        assert present["message"] == {"type": "info", "total": 0, "records": []}


@pytest.mark.parametrize("name", [None, "Ada"])
async def test_no_email_address_ever_reaches_a_visitor(
    name: str | None, service: Service, dana: Caller
) -> None:
    ada = await service.identified(User(id=ADA.id, email=ADA.email, name=name))
    chat_id = await ada.chat_id()
    identifier = chat_channel(chat_id)
    async with service.socket(ada.token) as adas, service.socket(dana.token) as danas:
        for socket in (adas, danas):
            await socket.welcomed()
            await socket.subscribe(identifier, presence={"id": "x"}, history={"since": 0})
        danas.send(identifier, "Hello")
        danas.say("whisper", identifier, data={"from": DANA_EMAIL})
        await danas.frames()
        await dana.post(f"/admin/chats/{chat_id}/archive")
        await ada.say("Thanks")
        adas.say("presence", identifier)
        await adas.frames()
        assert len(adas.heard) > len(["welcome", "subscription", "join", "message", "typing"])
        assert not [text for text in adas.heard if "@" in text]
