"""Opening a socket: who is let in, and what everybody else is told."""

from collections.abc import Sequence

import pytest

from tests.cast import ADA, EVE
from tests.contract.cable import EXTENDED, PLAIN
from tests.contract.service import OWN_PAGE, Caller, Service, StartService


@pytest.mark.parametrize(
    ("offered", "answered"),
    [((EXTENDED,), EXTENDED), ((PLAIN,), PLAIN), ((PLAIN, EXTENDED), EXTENDED), ((), None)],
)
async def test_whoever_has_a_token_is_welcomed(
    offered: Sequence[str], answered: str | None, service: Service, ada: Caller
) -> None:
    async with service.socket(ada.token, protocols=offered) as socket:
        assert await socket.welcomed() == answered


async def test_only_unknown_protocols_are_a_bad_request(service: Service, ada: Caller) -> None:
    async with service.socket(ada.token, protocols=["graphql-ws"]) as socket:
        start = await socket.event()
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 400)


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "x" * 9_000])
async def test_a_token_that_does_not_hold_is_told_and_the_socket_closed(
    token: str | None, service: Service
) -> None:
    async with service.socket(token) as socket:
        assert (await socket.event())["type"] == "websocket.accept"
        assert await socket.frame() == {
            "type": "disconnect",
            "reason": "unauthorized",
            "reconnect": False,
        }
        assert await socket.close_code() == 1008


async def test_a_token_that_has_ended_is_told_so(service: Service, ada: Caller) -> None:
    service.clock.forward(minutes=61)
    async with service.socket(ada.token) as socket:
        assert (await socket.event())["subprotocol"] == EXTENDED
        assert (await socket.frame())["reason"] == "token_expired"
        assert await socket.close_code() == 1008


async def test_what_a_host_signs_is_no_token_for_the_socket(service: Service) -> None:
    async with service.socket(service.identity(ADA)) as socket:
        await socket.event()
        assert (await socket.frame())["reason"] == "unauthorized"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", None, f"{OWN_PAGE}.evil.example", f"{OWN_PAGE}:81"]
)
async def test_an_agent_is_forbidden_to_come_from_a_foreign_page(
    origin: str | None, service: Service
) -> None:
    eve = await service.identified(EVE)
    async with service.socket(eve.token, origin=origin) as socket:
        start = await socket.event()
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 403)


@pytest.mark.parametrize("origin", ["https://shop.example", None, OWN_PAGE])
async def test_a_visitor_may_come_from_any_page(
    origin: str | None, service: Service, visitor: Caller
) -> None:
    async with service.socket(visitor.token, origin=origin) as socket:
        await socket.welcomed()


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("https://shop.example", True), (OWN_PAGE, True), ("https://evil.example", False)],
)
async def test_a_visitor_comes_from_the_listed_pages_when_some_are_listed(
    origin: str, allowed: bool, start_service: StartService
) -> None:
    service = await start_service(sites=("https://shop.example",))
    visitor = await service.visitor()
    async with service.socket(visitor.token, origin=origin) as socket:
        first = await socket.event()
    assert first.get("status", 200) == (200 if allowed else 403)


async def test_a_server_that_cannot_say_a_status_closes(service: Service, ada: Caller) -> None:
    socket = service.socket(ada.token, protocols=["graphql-ws"])
    socket._scope["extensions"] = {}
    async with socket:
        assert await socket.event() == {"type": "websocket.close", "code": 1008}


async def test_there_is_one_place_for_sockets(service: Service, ada: Caller) -> None:
    async with service.socket(ada.token, path="/elsewhere") as socket:
        assert (await socket.event())["type"] == "websocket.close"


async def test_a_mounted_service_finds_its_cable(service: Service, ada: Caller) -> None:
    socket = service.socket(ada.token, path="/desk/cable")
    socket._scope["root_path"] = "/desk"
    async with socket:
        assert await socket.welcomed() == EXTENDED
