"""How sockets end: for rubbish, slowness, silence, an old token or a restart, and never unclean."""

from collections.abc import AsyncIterator

import pytest

from deskbell.cable import heartbeat, socket
from tests.contract.cable import CableClient, Frame, chat_channel
from tests.contract.service import Caller, Service


@pytest.fixture
async def identifier(ada: Caller) -> str:
    return chat_channel(await ada.chat_id())


@pytest.fixture
async def adas(service: Service, ada: Caller, identifier: str) -> AsyncIterator[CableClient]:
    """Ada's socket, which follows her chat."""
    async with service.socket(ada.token) as client:
        await client.welcomed()
        await client.subscribe(identifier)
        yield client


@pytest.fixture
def _quick_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Must be asked for before the service, whose heartbeat begins with it."""
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.03)


def goodbye(reason: str, *, reconnect: bool) -> Frame:
    return {"type": "disconnect", "reason": reason, "reconnect": reconnect}


@pytest.mark.parametrize("text", ["", "hello", "[]", '{"command": 7}', '{"command": "\\ud800"}'])
async def test_rubbish_is_answered_with_a_goodbye(text: str, adas: CableClient) -> None:
    adas.say_text(text)
    assert await adas.frame() == goodbye("invalid_request", reconnect=False)
    assert await adas.close_code() == 1008


async def test_a_binary_frame_is_rubbish(adas: CableClient) -> None:
    adas.say_bytes(b'{"command": "pong"}')
    assert await adas.frame() == goodbye("invalid_request", reconnect=False)
    assert await adas.close_code() == 1008


async def test_a_frame_may_be_long_but_not_that_long(adas: CableClient, identifier: str) -> None:
    adas.send(identifier, "\x01" * 10_000)  # escaped, each character takes six
    assert (await adas.message())["type"] == "new_message"
    adas.say("dance", identifier, data="x" * 300_000)
    assert await adas.frame() == goodbye("invalid_request", reconnect=False)


async def test_unknown_commands_are_left_to_newer_servers(
    adas: CableClient, identifier: str
) -> None:
    adas.say("dance", identifier)
    adas.say("dance", "somewhere")
    adas.say("unsubscribe", "somewhere")
    assert await adas.frames() == []


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_a_token_that_ends_ends_the_socket(service: Service, adas: CableClient) -> None:
    service.clock.forward(minutes=59)
    assert await adas.frames() == []
    service.clock.forward(minutes=2)
    assert await adas.frame() == goodbye("token_expired", reconnect=False)
    assert await adas.close_code() == 1008


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_pings_carry_the_time(adas: CableClient) -> None:
    ping = await adas.event()
    assert ping["text"].startswith('{"type":"ping","message":1')


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_whoever_once_answered_pings_must_go_on(
    service: Service, ben: Caller, adas: CableClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "PONG_PATIENCE", 0.0)
    async with service.socket(ben.token) as silent:
        await silent.welcomed()
        adas.say("pong")
        assert await adas.close_code() == 1008
        assert await silent.frames() == [], "it never promised any"


async def test_after_the_goodbye_nothing_is_obeyed(
    ada: Caller, adas: CableClient, identifier: str
) -> None:
    """A client that does not read its goodbye could otherwise go on with an old token."""
    adas.reading.clear()
    adas.say_text("rubbish")
    adas.say("subscribe", identifier)
    adas.send(identifier, "Still here")
    await adas.leave()
    later = await ada.say("Writes are in order: what came before is stored before")
    assert (await ada.get("/support_chat"))["messages"] == [later]


async def test_a_reader_that_is_too_slow_is_asked_to_come_back(
    service: Service, ada: Caller, dana: Caller, adas: CableClient, identifier: str
) -> None:
    chat_id = await ada.chat_id()
    async with service.socket(dana.token) as danas:
        await danas.welcomed()
        await danas.subscribe(identifier)
        adas.reading.clear()
        for _ in range(30):
            await dana.say("x" * 10_000, chat_id)
        assert len(await danas.frames()) == 30, "nobody else is slowed down"
        adas.reading.set()
        assert await adas.close_code() == 1013
        danas.say("presence", identifier)
        assert (await danas.frame())["message"]["total"] == 0
    overflows = service.app._parts.metrics.registry.get_sample_value("deskbell_overflows_total")
    assert overflows == 1


async def test_a_restart_asks_everybody_to_come_back(
    service: Service, ada: Caller, adas: CableClient
) -> None:
    await service.app.drain()
    assert await adas.frame() == goodbye("server_restart", reconnect=True)
    assert await adas.close_code() == 1012
    async with service.socket(ada.token) as late:
        await late.event()
        assert await late.frame() == goodbye("server_restart", reconnect=True)
        assert await late.close_code() == 1012


async def test_a_crowd_is_closed_in_waves_and_nobody_is_forgotten(
    service: Service, ada: Caller
) -> None:
    crowd = [service.socket(ada.token) for _ in range(120)]
    for client in crowd:
        await client.__aenter__()
        await client.welcomed()
    await service.app._parts.cable.drain(0.0)
    for client in crowd:
        assert await client.frame() == goodbye("server_restart", reconnect=True)
        await client.leave()


async def test_a_socket_that_is_gone_leaves_nothing_behind(
    service: Service, ada: Caller, identifier: str
) -> None:
    cable = service.app._parts.cable
    gauge = service.app._parts.metrics.registry
    async with service.socket(ada.token) as client:
        await client.welcomed()
        await client.subscribe(identifier, presence={})
        assert gauge.get_sample_value("deskbell_connections") == 1
    assert gauge.get_sample_value("deskbell_connections") == 0
    assert not cable._connections
    assert not cable._presence._streams
    assert not service.app._parts.announcer.hub._streams
    assert not [slot for slot in cable._heartbeat._slots if slot]


async def test_what_was_sent_before_leaving_is_stored(
    service: Service, ada: Caller, identifier: str
) -> None:
    async with service.socket(ada.token) as client:
        await client.welcomed()
        await client.subscribe(identifier)
        for number in range(50):
            client.send(identifier, str(number))
    await service.app._parts.writer.stop()
    messages = (await ada.get("/support_chat"))["messages"]
    assert [message["content"] for message in messages] == [str(number) for number in range(50)]
