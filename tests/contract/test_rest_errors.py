"""Errors: one shape, whoever produces them, and the status that belongs to each code."""

import json
from typing import Any

import pytest

from deskbell.api.errors import STATUSES
from deskbell.api.routes import ROUTES, ApiRoute
from deskbell.domain import errors
from tests.cast import DANA_EMAIL, NO_CHAT
from tests.contract.answers import refused
from tests.contract.service import Caller, Service, StartService
from tests.unit.writing import Gate

BEARER = [route for route in ROUTES if route.audience == "bearer"]
WITH_BODY = [route for route in ROUTES if route.body is not None]


def path_of(route: ApiRoute) -> str:
    return route.path.replace("{chat_id}", str(NO_CHAT))


def name_of(route: ApiRoute) -> str:
    return f"{route.method} {route.path}"


async def send_raw(
    service: Service, route: ApiRoute, token: str | None, body: bytes, kind: str
) -> Any:
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
    return await service.http.request(route.method, path_of(route), content=body, headers=headers)


def test_every_code_has_its_status() -> None:
    assert set(STATUSES) == {*errors.CODES, "internal"}


@pytest.mark.parametrize("path", ["/nowhere", "/support_chat/", "/support_chat/nowhere", "/admin"])
async def test_a_path_that_leads_nowhere_is_not_found(path: str, dana: Caller) -> None:
    refused(await dana.call("GET", path), 404, "not_found")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/support_chat", "/admin/chats", "/healthz", "/widget.js"])
async def test_a_method_that_does_nothing_here_is_not_found(
    method: str, path: str, dana: Caller
) -> None:
    refused(await dana.call(method, path), 404, "not_found")


@pytest.mark.parametrize("route", BEARER, ids=name_of)
async def test_every_call_wants_a_token_that_holds(route: ApiRoute, service: Service) -> None:
    ended = (await service.visitor()).token
    service.clock.forward(minutes=61)
    for authorization in (
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        f"Bearer {ended}",
        f"Basic {ended}",
        f"{ended}",
        "Bearer é",
    ):
        headers = {} if authorization is None else {b"Authorization": authorization.encode()}
        response = await service.http.request(route.method, path_of(route), headers=headers)
        refused(response, 401, "unauthorized")
        assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("route", WITH_BODY, ids=name_of)
async def test_a_body_that_cannot_be_read_is_malformed(
    route: ApiRoute, service: Service, dana: Caller
) -> None:
    for body in (b"hello", b'{"content": "Hel', b"\xff", b'{"more": ' + b"[" * 100_000):
        response = await send_raw(service, route, dana.token, body, "application/json")
        refused(response, 400, "malformed")
    for kind in ("application/x-www-form-urlencoded", "text/plain", ""):
        refused(await send_raw(service, route, dana.token, b"{}", kind), 400, "malformed")


@pytest.mark.parametrize(
    "content", [b'"\xff"', b'"\\ud83d"', b'"\xed\xa0\x80"', b"NaN", b'"Hello"} {}', b'"a\nb"']
)
async def test_a_text_that_cannot_be_read_is_malformed(content: bytes, visitor: Caller) -> None:
    response = await visitor.http.post(
        "/support_chat/messages",
        content=b'{"content": ' + content + b"}",
        headers={"Authorization": f"Bearer {visitor.token}", "Content-Type": "application/json"},
    )
    refused(response, 400, "malformed")


@pytest.mark.parametrize("route", WITH_BODY, ids=name_of)
async def test_a_body_of_another_type_is_invalid(
    route: ApiRoute, service: Service, dana: Caller
) -> None:
    for body in (b"[]", b'"text"', b"7", b"null", b"true"):
        response = await send_raw(service, route, dana.token, body, "application/json")
        assert refused(response, 422, "invalid") == {"field": "body"}


@pytest.mark.parametrize("route", WITH_BODY, ids=name_of)
async def test_a_body_that_is_too_large_is_not_read(
    route: ApiRoute, service: Service, dana: Caller
) -> None:
    body = json.dumps({"content": "x" * 300_000}).encode()
    response = await send_raw(service, route, dana.token, body, "application/json")
    refused(response, 413, "too_large")


async def until_limited(caller: Caller, method: str, path: str, body: Any = None) -> int:
    """Call as fast as can be until it is too much; gives how often it went well before that."""
    for count in range(2_000):
        response = await caller.call(method, path, body)
        if response.status_code == 429:
            data = refused(response, 429, "rate_limited")
            assert response.headers["retry-after"] == str(data["retry_after"])
            assert data["retry_after"] >= 1
            return count
    pytest.fail("there is no limit")


async def test_a_flood_of_messages_is_limited_for_its_sender_alone(
    start_service: StartService,
) -> None:
    service = await start_service(rate_limits="on")
    visitor, other = await service.visitor(), await service.visitor()
    path = "/support_chat/messages"
    assert await until_limited(visitor, "POST", path, {"content": "Hello"}) == 30
    assert (await other.say("Hello"))["seq"] == 1


async def test_guessing_passwords_is_limited_and_signing_in_is_not(
    start_service: StartService,
) -> None:
    service = await start_service(rate_limits="on")
    await service.dana()
    for _ in range(20):
        await service.sign_in()
    wrong = {"email": DANA_EMAIL, "password": "wrong password"}
    statuses = [
        (await service.nobody.call("POST", "/admin/session", wrong)).status_code for _ in range(6)
    ]
    assert statuses == [401] * 5 + [429]
    assert await until_limited(service.nobody, "POST", "/admin/session", wrong) == 0


async def test_new_visitors_of_one_address_are_limited(start_service: StartService) -> None:
    service = await start_service(rate_limits="on")
    path = "/support_chat/session"
    assert await until_limited(service.nobody, "POST", path, {}) == 120
    limited = await service.nobody.call("POST", path, {})
    assert limited.headers["access-control-allow-origin"] == "*", "the page has to read it"


async def test_calls_of_one_person_are_limited(start_service: StartService) -> None:
    service = await start_service(rate_limits="on")
    visitor, other = await service.visitor(), await service.visitor()
    assert await until_limited(visitor, "GET", "/support_chat/messages") == 300
    assert await other.get("/support_chat")


async def test_a_server_that_cannot_keep_up_says_so_and_does_nothing(
    start_service: StartService,
) -> None:
    service = await start_service(write_queue=1)
    ada = await service.visitor()
    await ada.get("/support_chat")
    async with Gate(service.app._parts.writer):
        response = await ada.call("POST", "/support_chat/messages", {"content": "Hello"})
        data = refused(response, 503, "busy")
        assert response.headers["retry-after"] == str(data["retry_after"]) == "1"
        assert (await ada.get("/support_chat"))["messages"] == [], "reading goes on"
    assert await ada.say("Hello")


async def test_our_own_faults_say_nothing_of_themselves(
    service: Service, visitor: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    with service.app._parts.database.transaction() as tx:
        tx.connection.exec_driver_sql("ALTER TABLE support_messages RENAME TO elsewhere")
    response = await visitor.call("GET", "/support_chat")
    refused(response, 500, "internal")
    assert "support_messages" not in response.text
    assert "support_messages" in caplog.text
