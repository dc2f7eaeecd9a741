"""Who one is: the ways to a bearer token, and that no other way leads there."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import jwt
import pytest
from starlette.requests import Request

from deskbell import User
from tests.cast import ADA, BEN, EVE, MAIL_DELAY
from tests.contract.answers import ME, SESSION, refused
from tests.contract.service import SECRET, Caller, Service


async def test_a_new_visitor_gets_a_key_and_comes_back_by_it(service: Service) -> None:
    session = await service.nobody.post("/support_chat/session")
    assert session.keys() == SESSION | {"visitor_key"}
    assert session["user"].keys() == ME
    assert session["user"] == {**session["user"], "email": None, "name": None, "role": "user"}
    assert session["expires_at"] == "2026-03-02T10:00:00Z"
    again = await service.nobody.post(
        "/support_chat/session", {"visitor_key": session["visitor_key"]}
    )
    assert again.keys() == SESSION, "the key is told once"
    assert again["user"] == session["user"]


async def test_a_visitor_speaks_the_language_of_their_browser(
    service: Service, dana: Caller
) -> None:
    for header, locale in (
        ("ar-EG,ar;q=0.9", "ar-EG"),
        ("zh", "zh"),
        ("*", None),
        ("", None),
        ("x" * 500, None),
        ("<script>", None),
    ):
        nobody = Caller(service.http, headers={"Accept-Language": header})
        session = await nobody.post("/support_chat/session")
        visitor = Caller(service.http, session["token"])
        shown = await dana.get(f"/admin/chats/{await visitor.chat_id()}")
        assert shown["user"]["locale"] == locale


async def test_the_hosts_user_is_named_by_a_signed_identity(service: Service) -> None:
    ada = await service.identified(ADA)
    assert ada.user == {**ada.user, "email": ADA.email, "name": ADA.name, "role": "user"}
    assert (await service.identified(replace(ADA, name="Ada L."))).user["id"] == ada.user["id"]
    assert (await service.identified(EVE)).user["role"] == "admin"


async def test_a_host_that_names_an_agent_lets_them_in(service: Service) -> None:
    eve = await service.identified(EVE)
    assert (await eve.get("/admin/chats"))["chats"] == []


@pytest.mark.parametrize(
    "identity",
    [
        "x",
        "a.b.c",
        jwt.encode({"sub": "ada"}, SECRET, "HS256"),
        jwt.encode({"sub": "ada", "role": "admin"}, "x" * 40, "HS256"),
        jwt.encode({"sub": "ada"}, None, "none"),
    ],
)
async def test_an_identity_that_does_not_hold_names_nobody(identity: str, service: Service) -> None:
    response = await service.nobody.call("POST", "/support_chat/session", {"identity": identity})
    refused(response, 401, "unauthorized")


async def test_a_key_that_nobody_has_opens_nothing(service: Service) -> None:
    response = await service.nobody.call("POST", "/support_chat/session", {"visitor_key": "x"})
    refused(response, 401, "unauthorized")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"visitor_key": 7}, "visitor_key"),
        ({"visitor_key": ""}, "visitor_key"),
        ({"visitor_key": "x" * 201}, "visitor_key"),
        ({"identity": ["x"]}, "identity"),
        ({"identity": "x" * 8_193}, "identity"),
        ({"link": "x" * 2_049}, "link"),
        ([], "body"),
        ("ada", "body"),
    ],
)
async def test_a_session_asked_for_in_a_wrong_way_is_refused_by_field(
    body: object, field: str, service: Service
) -> None:
    response = await service.nobody.call("POST", "/support_chat/session", body)
    assert refused(response, 422, "invalid") == {"field": field}


async def test_the_link_of_a_mail_opens_its_chat(service: Service, dana: Caller) -> None:
    ada = await service.identified(ADA)
    chat_id = await ada.chat_id()
    await dana.say("It ships on Friday.", chat_id)
    service.clock.now += MAIL_DELAY
    await service.run_mails()
    link = service.mailbox.texts()[0].partition("#deskbell-chat=")[2].split()[0]
    reader = await service.open_session({"link": link})
    assert reader.user == ada.user
    assert await reader.chat_id() == chat_id
    refused(await Caller(service.http, link).call("GET", "/support_chat"), 401, "unauthorized")
    service.clock.now += timedelta(days=14)
    late = await service.nobody.call("POST", "/support_chat/session", {"link": link})
    refused(late, 401, "unauthorized")


async def test_the_mail_of_an_agent_opens_their_chat_and_no_other(service: Service) -> None:
    eve, other = await service.identified(EVE), await service.identified(replace(EVE, id="other"))
    await other.say("Hello Eve", await eve.chat_id())
    service.clock.now += MAIL_DELAY
    await service.run_mails()
    link = service.mailbox.texts()[0].partition("#deskbell-chat=")[2].split()[0]
    reader = await service.open_session({"link": link})
    assert await reader.chat_id() == await eve.chat_id()
    refused(await reader.call("GET", "/admin/chats"), 403, "forbidden")


Hook = Callable[[Request], User | Awaitable[User | None] | None]


def names_ben(_request: Request) -> User | None:
    return BEN


async def names_ben_later(_request: Request) -> User | None:
    return BEN


def by_cookie(request: Request) -> User | None:
    return BEN if request.cookies.get("shop") == "ben" else None


@pytest.mark.parametrize("hook", [names_ben, names_ben_later])
async def test_the_hosts_own_user_outranks_whatever_the_browser_holds(
    hook: Hook, service: Service
) -> None:
    key = (await service.nobody.post("/support_chat/session"))["visitor_key"]
    service.app.identify(hook)
    for body in ({}, {"visitor_key": key}, {"identity": service.identity(ADA)}, {"link": "x"}):
        assert (await service.open_session(body)).user["name"] == BEN.name


async def test_whom_the_host_does_not_know_is_a_visitor(service: Service) -> None:
    service.app.identify(by_cookie)
    assert (await service.visitor()).user["name"] is None
    with_cookie = Caller(service.http, headers={"Cookie": "shop=ben"})
    assert (await with_cookie.post("/support_chat/session"))["user"]["name"] == BEN.name


async def test_a_hook_that_fails_tells_nothing_of_itself(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_request: Request) -> User | None:
        raise RuntimeError("the host's secret reasons")

    service.app.identify(broken)
    response = await service.nobody.call("POST", "/support_chat/session", {})
    refused(response, 500, "internal")
    assert "secret reasons" not in response.text
    assert "secret reasons" in caplog.text


async def test_a_token_of_somebody_whom_the_database_lost_is_no_token(
    service: Service, visitor: Caller
) -> None:
    with service.app._parts.database.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM support_users")
    refused(await visitor.call("GET", "/support_chat"), 401, "unauthorized")
