"""The page behind the link that confirms an address: it asks, and acts only when it is told to."""

from datetime import timedelta

import pytest

from tests.contract.answers import refused
from tests.contract.service import Caller, Service, StartService

EMAIL = "vera@home.example"
LINK = "http://127.0.0.1:8000/confirm_email#token="


async def mailed_token(service: Service, visitor: Caller, email: str = EMAIL) -> str:
    """Leave an address and read the token in the mail that comes."""
    await visitor.patch("/support_chat/contact", {"email": email})
    await service.run_mails()
    assert service.mailbox.taken[-1]["To"] == email
    return service.mailbox.texts()[-1].partition(LINK)[2].split()[0]


async def confirm(service: Service, token: object) -> int:
    response = await service.nobody.call("POST", "/confirm_email", {"token": token})
    return response.status_code


async def email_of(visitor: Caller) -> object:
    return (await visitor.get("/support_chat"))["contact"]["email"]


async def test_the_button_confirms_and_a_second_click_changes_nothing(
    service: Service, visitor: Caller, dana: Caller
) -> None:
    await visitor.say("Hello")
    token = await mailed_token(service, visitor)
    for _ in range(2):
        response = await service.nobody.call("POST", "/confirm_email", {"token": token})
        assert (response.status_code, response.json()) == (200, {})
        assert not response.cookies
    contact = (await visitor.get("/support_chat"))["contact"]
    assert (contact["email"], contact["unconfirmed_email"]) == (EMAIL, None)
    (row,) = (await dana.get("/admin/chats"))["chats"]
    assert row["user_email"] == EMAIL


async def test_looking_at_the_page_confirms_nothing(service: Service, visitor: Caller) -> None:
    token = await mailed_token(service, visitor)
    page = await service.http.get("/confirm_email", params={"token": token})
    assert page.status_code == 200
    assert token not in page.text
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in page.text
    script = await service.http.get("/pages/confirm_email.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["x-content-type-options"] == "nosniff"
    assert await email_of(visitor) is None


@pytest.mark.parametrize(
    ("asked", "opening", "word"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", '<html lang="de" dir="ltr">', "Bestätigen"),
        ("ar", '<html lang="ar" dir="rtl">', "تأكيد"),
        ("pt-BR", '<html lang="pt" dir="ltr">', "Confirmar"),
        ("tlh", '<html lang="en" dir="ltr">', "Confirm"),
        ("", '<html lang="en" dir="ltr">', "Confirm"),
    ],
)
async def test_the_page_speaks_the_language_of_the_browser(
    asked: str, opening: str, word: str, service: Service
) -> None:
    page = await service.http.get("/confirm_email", headers={"Accept-Language": asked})
    assert opening in page.text
    assert f'<button type="button">{word}</button>' in page.text


async def test_the_link_of_an_older_address_is_gone(service: Service, visitor: Caller) -> None:
    old = await mailed_token(service, visitor)
    new = await mailed_token(service, visitor, "vera@work.example")
    response = await service.nobody.call("POST", "/confirm_email", {"token": old})
    assert refused(response, 404, "not_found") == {}
    assert await email_of(visitor) is None
    assert await confirm(service, new) == 200
    assert await email_of(visitor) == "vera@work.example"


async def test_a_link_holds_for_three_days(service: Service, visitor: Caller) -> None:
    token = await mailed_token(service, visitor)
    service.clock.now += timedelta(days=3)
    response = await service.nobody.call("POST", "/confirm_email", {"token": token})
    refused(response, 401, "unauthorized")


async def test_no_other_token_confirms_anything(service: Service, visitor: Caller) -> None:
    await visitor.patch("/support_chat/contact", {"email": EMAIL})
    for token in (visitor.token, "", "x", "a.b.c"):
        assert await confirm(service, token) == 401
    assert await confirm(service, 7) == 422
    assert await confirm(service, "x" * 8_193) == 422


async def test_the_token_signs_nobody_in(service: Service, visitor: Caller) -> None:
    token = await mailed_token(service, visitor)
    refused(await Caller(service.http, token).call("GET", "/support_chat"), 401, "unauthorized")
    body = {"link": token}
    response = await service.nobody.call("POST", "/support_chat/session", body)
    refused(response, 401, "unauthorized")


async def test_clicks_and_new_sessions_do_not_keep_each_other_waiting(
    start_service: StartService,
) -> None:
    service = await start_service(rate_limits="on")
    token = await mailed_token(service, await service.visitor())
    for _ in range(60):
        assert await confirm(service, "x") == 401
    response = await service.nobody.call("POST", "/confirm_email", {"token": token})
    refused(response, 429, "rate_limited")
    for _ in range(119):
        await service.visitor()
    refused(await service.nobody.call("POST", "/support_chat/session", {}), 429, "rate_limited")
    service.clock.forward(seconds=1)
    assert await confirm(service, token) == 200


async def test_no_other_page_may_confirm(service: Service) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("OPTIONS", "POST"):
        response = await service.http.request(method, "/confirm_email", headers=asked)
        assert "access-control-allow-origin" not in response.headers
