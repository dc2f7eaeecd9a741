"""One's own contact over REST: what may be left, what it costs, and what agents see of it."""

import asyncio

import pytest

from tests.cast import ADA
from tests.contract.answers import CONTACT, USER, refused
from tests.contract.service import Caller, Service, StartService
from tests.unit.writing import Gate

EMAIL = "vera@home.example"
PATH = "/support_chat/contact"


async def test_the_contact_comes_with_the_chat_and_with_every_change(visitor: Caller) -> None:
    nothing = {"email": None, "unconfirmed_email": None, "name": None}
    contact = (await visitor.get("/support_chat"))["contact"]
    assert contact.keys() == CONTACT
    assert contact == {**nothing, "mails": True, "editable": True}
    changed = await visitor.patch(PATH, {"email": EMAIL, "name": "Vera", "mails": False})
    kept = {"email": None, "unconfirmed_email": EMAIL, "name": "Vera"}
    assert changed == {"contact": {**kept, "mails": False, "editable": True}}
    assert (await visitor.get("/support_chat"))["contact"] == changed["contact"]
    assert await visitor.patch(PATH, {"name": None}) == changed, "null leaves a thing as it is"
    assert await visitor.patch(PATH) == changed


async def test_agents_see_what_is_proven_and_what_is_not(visitor: Caller, dana: Caller) -> None:
    await visitor.say("Hello")
    await visitor.patch(PATH, {"email": EMAIL, "name": "Vera"})
    chat = await dana.get(f"/admin/chats/{await visitor.chat_id()}")
    assert chat["user"].keys() == USER
    assert "contact" not in chat
    assert (chat["user_email"], chat["user"]["email"]) == (None, None)
    assert (chat["user"]["unconfirmed_email"], chat["user"]["name"]) == (EMAIL, "Vera")
    assert chat["user"]["anonymous"]
    (row,) = (await dana.get("/admin/chats"))["chats"]
    assert (row["user_email"], row["user_name"]) == (None, "Vera")


async def test_a_user_of_the_host_switches_mails_and_nothing_else(ada: Caller) -> None:
    off = (await ada.patch(PATH, {"mails": False}))["contact"]
    assert off == {
        "email": ADA.email,
        "unconfirmed_email": None,
        "name": ADA.name,
        "mails": False,
        "editable": False,
    }
    assert (await ada.patch(PATH, {"mails": True}))["contact"]["mails"]
    for body in ({"email": EMAIL}, {"email": ""}, {"name": "Vera"}, {"name": "", "mails": False}):
        assert refused(await ada.call("PATCH", PATH, body), 403, "forbidden") == {}
    assert (await ada.get("/support_chat"))["contact"] == {**off, "mails": True}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "vera"}, "email"),
        ({"email": "vera@localhost"}, "email"),
        ({"email": f" {EMAIL}"}, "email"),
        ({"email": 7}, "email"),
        ({"name": "a\nb"}, "name"),
        ({"name": "x" * 321}, "name"),
        ({"name": []}, "name"),
        ({"mails": "no"}, "mails"),
    ],
)
async def test_what_cannot_be_kept_is_refused_by_field(
    body: object, field: str, visitor: Caller
) -> None:
    before = await visitor.get("/support_chat")
    assert refused(await visitor.call("PATCH", PATH, body), 422, "invalid") == {"field": field}
    assert await visitor.get("/support_chat") == before


async def limited_after(caller: Caller, *emails: str) -> list[int]:
    return [(await caller.call("PATCH", PATH, {"email": email})).status_code for email in emails]


async def test_a_visitor_causes_three_mails_and_has_to_wait_then(
    start_service: StartService,
) -> None:
    service = await start_service(rate_limits="on")
    visitor = await service.visitor()
    assert await limited_after(visitor, *[EMAIL] * 3) == [200] * 3
    response = await visitor.call("PATCH", PATH, {"email": "vera@work.example"})
    data = refused(response, 429, "rate_limited")
    assert response.headers["retry-after"] == str(data["retry_after"]) == "1200"
    assert (await visitor.get("/support_chat"))["contact"]["unconfirmed_email"] == EMAIL
    cleared = await limited_after(visitor, "", "not an address")
    assert cleared == [200, 422], "what sends no mail costs nothing"
    service.clock.forward(seconds=1200)
    assert await limited_after(visitor, EMAIL, EMAIL) == [200, 429]


async def test_an_address_gets_five_mails_whoever_asks(start_service: StartService) -> None:
    service = await start_service(rate_limits="on")
    spellings = [EMAIL, EMAIL.upper(), "Vera@home.example", "vera+2@home.example", EMAIL]
    for spelling in spellings:
        assert await limited_after(await service.visitor(), spelling) == [200]
    last = await service.visitor()
    assert await limited_after(last, EMAIL) == [429]
    others = [f"vera{number}@home.example" for number in range(4)]
    assert await limited_after(last, *others) == [200, 200, 200, 429], "a refusal costs nothing"
    service.clock.forward(minutes=24 * 60 / 5)
    assert await limited_after(await service.visitor(), EMAIL, EMAIL) == [200, 429]


async def test_a_network_causes_twenty_mails(start_service: StartService) -> None:
    service = await start_service(rate_limits="on")
    for number in range(20):
        email = f"vera{number}@home.example"
        assert await limited_after(await service.visitor(), email) == [200]
    assert await limited_after(await service.visitor(), EMAIL) == [429]


async def test_a_server_that_cannot_keep_up_changes_nothing(start_service: StartService) -> None:
    service = await start_service(write_queue=1)
    visitor = await service.visitor()
    async with asyncio.timeout(10), Gate(service.app._parts.writer):
        refused(await visitor.call("PATCH", PATH, {"email": EMAIL}), 503, "busy")
    assert (await visitor.get("/support_chat"))["contact"]["unconfirmed_email"] is None


async def test_the_mail_waits_like_any_other_without_a_mail_server(
    start_service: StartService,
) -> None:
    service = await start_service(mail=False)
    visitor = await service.visitor()
    await visitor.patch(PATH, {"email": EMAIL})
    checks = (await service.nobody.get("/readyz"))["checks"]
    assert checks["mail"] == "no SMTP server is configured: 1 due mails wait"


async def test_the_next_mail_goes_out_by_the_worker(service: Service, visitor: Caller) -> None:
    await visitor.patch(PATH, {"email": EMAIL})
    await service.run_mails()
    (mail,) = service.mailbox.taken
    assert mail["To"] == EMAIL
