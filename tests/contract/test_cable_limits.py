"""How much one socket may ask for, and that it is told when that is too much."""

from uuid import uuid4

import pytest

from deskbell.cable import connection
from tests.contract.cable import chat_channel
from tests.contract.service import Caller, Service, StartService
from tests.unit.writing import Gate, submitted


async def test_a_flood_of_messages_is_refused_one_by_one(start_service: StartService) -> None:
    service = await start_service(rate_limits="on")
    visitor = await service.visitor()
    identifier = chat_channel(await visitor.chat_id())
    async with service.socket(visitor.token) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        for number in range(30):
            socket.send(identifier, str(number))
        assert [(await socket.message())["message"]["seq"] for _ in range(30)] == [*range(1, 31)]
        refused = str(uuid4())
        socket.send(identifier, "one more", refused)
        assert await socket.message() == {
            "type": "message_rejected",
            "id": refused,
            "code": "rate_limited",
        }
        service.clock.forward(seconds=2)
        socket.send(identifier, "one more", refused)
        assert (await socket.message())["message"]["id"] == refused


async def test_subscribing_all_the_time_is_limited(start_service: StartService) -> None:
    service = await start_service(rate_limits="on")
    visitor = await service.visitor()
    identifier = chat_channel(await visitor.chat_id())
    async with service.socket(visitor.token) as socket:
        await socket.welcomed()
        for _ in range(300):
            await socket.subscribe(identifier)
        socket.say("subscribe", identifier)
        assert await socket.frames() == [{"identifier": identifier, "type": "reject_subscription"}]


async def test_a_server_that_cannot_keep_up_refuses_and_the_retry_goes_through(
    start_service: StartService,
) -> None:
    service = await start_service(write_queue=1)
    visitor = await service.visitor()
    identifier, message_id = chat_channel(await visitor.chat_id()), str(uuid4())
    async with service.socket(visitor.token) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        async with Gate(service.app._parts.writer):
            socket.send(identifier, "Hello", message_id)
            rejected = {"type": "message_rejected", "id": message_id, "code": "busy"}
            assert await socket.message() == rejected
        socket.send(identifier, "Hello", message_id)
        assert (await socket.message())["message"]["id"] == message_id


async def test_a_socket_with_too_much_under_way_waits_and_loses_nothing(
    service: Service, ada: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MAX_IN_FLIGHT", 5)
    identifier = chat_channel(await ada.chat_id())
    writer = service.app._parts.writer
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        async with Gate(writer):
            for number in range(20):
                socket.send(identifier, str(number))
            socket.say("dance", identifier)
            await submitted(writer, 1 + 5)
            assert writer.waiting == 1 + 5
        said = [(await socket.message())["message"]["content"] for _ in range(20)]
    assert said == [str(number) for number in range(20)]


async def test_messages_of_one_socket_keep_their_order_whatever_else_it_does(
    service: Service, ada: Caller
) -> None:
    identifier = chat_channel(await ada.chat_id())
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        for number in range(40):
            socket.send(identifier, str(number))
            if number % 10 == 0:
                socket.say("subscribe", identifier)
            if number % 7 == 0:
                socket.send(identifier, " ", str(uuid4()))
        said: list[str] = []
        while len(said) < 40:
            message = (await socket.frame()).get("message", {})
            if message.get("type") == "new_message":
                said.append(message["message"]["content"])
    assert said == [str(number) for number in range(40)]
