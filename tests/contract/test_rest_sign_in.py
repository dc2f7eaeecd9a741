"""Signing in to the dashboard by password, staying so by the cookie, and signing out."""

import logging

import pytest

from tests.cast import DANA_EMAIL, DANA_NAME, DANA_PASSWORD
from tests.contract.answers import SESSION, cookie_of, refused
from tests.contract.service import HOST, Caller, Service, StartService

CREDENTIALS = {"email": DANA_EMAIL, "password": DANA_PASSWORD}


@pytest.fixture
async def https(start_service: StartService) -> Service:
    """A service that is reached over HTTPS, with Dana as its admin."""
    service = await start_service(base=f"https://{HOST}")
    await service.app.create_admin(DANA_EMAIL, DANA_NAME, DANA_PASSWORD)
    return service


async def test_signing_in_gives_a_token_and_a_cookie(https: Service) -> None:
    response = await https.nobody.call("POST", "/admin/session", CREDENTIALS)
    session = response.json()
    assert session.keys() == SESSION
    assert session["user"] == {**session["user"], "email": DANA_EMAIL, "role": "admin"}
    assert cookie_of(response) == (
        "__Host-deskbell",
        {"Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax", "Secure"},
    )
    dana = Caller(https.http, session["token"])
    assert (await dana.get("/admin/chats"))["chats"] == []


async def test_on_plain_http_the_cookie_has_another_name_and_the_log_warns(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    await service.app.create_admin(DANA_EMAIL, DANA_NAME, DANA_PASSWORD)
    with caplog.at_level(logging.WARNING):
        response = await service.nobody.call("POST", "/admin/session", CREDENTIALS)
    assert cookie_of(response) == (
        "deskbell",
        {"Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax"},
    )
    assert "plain HTTP" in caplog.text


async def test_behind_a_proxy_that_ends_tls_the_public_address_tells(
    start_service: StartService,
) -> None:
    service = await start_service(public_url=f"https://{HOST}")
    await service.app.create_admin(DANA_EMAIL, DANA_NAME, DANA_PASSWORD)
    response = await service.nobody.call("POST", "/admin/session", CREDENTIALS)
    assert cookie_of(response)[0] == "__Host-deskbell"


async def test_the_cookie_fetches_a_fresh_token_until_one_signs_out(https: Service) -> None:
    signed_in = await https.sign_in()
    https.clock.forward(minutes=50)
    fresh = await https.nobody.get("/admin/session")
    assert fresh.keys() == SESSION
    assert fresh["user"] == signed_in.user
    assert fresh["expires_at"] == "2026-03-02T10:50:00Z"
    old = dict(https.http.cookies)
    out = await https.nobody.call("DELETE", "/admin/session")
    assert (out.status_code, out.json()) == (200, {})
    assert "Max-Age=0" in out.headers["set-cookie"]
    refused(await https.nobody.call("GET", "/admin/session"), 401, "unauthorized")
    cookie = "; ".join(f"{name}={value}" for name, value in old.items())
    kept = Caller(https.http, headers={"Cookie": cookie})
    refused(await kept.call("GET", "/admin/session"), 401, "unauthorized")


async def test_the_cookie_opens_nothing_else(https: Service) -> None:
    await https.sign_in()
    assert https.http.cookies
    for path in ("/admin/chats", "/support_chat", "/support_chat/messages"):
        refused(await https.nobody.call("GET", path), 401, "unauthorized")


async def test_no_token_and_no_other_cookie_fetches_a_token(https: Service) -> None:
    dana = await https.sign_in()
    https.http.cookies.clear()
    for caller in (
        dana,
        https.nobody,
        Caller(https.http, headers={"Cookie": "__Host-deskbell="}),
        Caller(https.http, headers={"Cookie": f"__Host-deskbell={dana.token}"}),
        Caller(https.http, headers={"Cookie": "deskbell=x"}),
    ):
        refused(await caller.call("GET", "/admin/session"), 401, "unauthorized")


async def test_an_unknown_account_answers_exactly_like_a_wrong_password(https: Service) -> None:
    answers = [
        await https.nobody.call("POST", "/admin/session", {"email": email, "password": password})
        for email, password in (
            (DANA_EMAIL, "wrong password"),
            (DANA_EMAIL, ""),
            ("nobody@desk.example", DANA_PASSWORD),
            ("", ""),
        )
    ]
    for answer in answers:
        refused(answer, 401, "unauthorized")
        assert answer.content == answers[0].content
        assert answer.headers == answers[0].headers
        assert "set-cookie" not in answer.headers


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": f"https://{HOST}.evil.example"},
    {"Origin": f"https://evil.example/{HOST}"},
    {"Origin": f"https://sub.{HOST}"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": f"https://{HOST}"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_other_sites_pages_can_do_nothing_with_the_cookie(
    headers: dict[str, str], https: Service
) -> None:
    await https.sign_in()
    page = Caller(https.http, headers=headers)
    for method, path, body in (
        ("GET", "/admin/session", None),
        ("DELETE", "/admin/session", None),
        ("POST", "/admin/session", CREDENTIALS),
        ("POST", "/admin/setup", {"token": "x", "name": "Fay", **CREDENTIALS}),
    ):
        answer = await page.call(method, path, body)
        refused(answer, 403, "forbidden")
        assert not [name for name in answer.headers if name.startswith("access-control")]
    assert await https.nobody.get("/admin/session")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": f"https://{HOST}"},
        {"Sec-Fetch-Site": "same-origin", "Origin": f"https://{HOST}"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_our_own_page_may(headers: dict[str, str], https: Service) -> None:
    await https.sign_in()
    assert await Caller(https.http, headers=headers).get("/admin/session")
