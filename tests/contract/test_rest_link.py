"""The link to one's own chat, for a window of its own: it opens that chat, for its time alone."""

from datetime import datetime, timedelta

from tests.cast import ADA, MAIL_DELAY
from tests.contract.answers import refused
from tests.contract.service import Caller, Json, Service

LIFE = timedelta(hours=12)
EMAIL = "vera@home.example"
CONTACT = "/support_chat/contact"


async def prove(service: Service, visitor: Caller, email: str) -> None:
    """Leave an address and follow the link of the mail that asks for it."""
    await visitor.patch(CONTACT, {"email": email})
    await service.run_mails()
    token = service.mailbox.texts()[-1].partition("/confirm_email#token=")[2].split()[0]
    await service.nobody.post("/confirm_email", {"token": token})


async def link_of(caller: Caller) -> Json:
    return await caller.post("/support_chat/link")


async def refused_link(service: Service, link: str) -> None:
    response = await service.nobody.call("POST", "/support_chat/session", {"link": link})
    refused(response, 401, "unauthorized")


async def test_a_link_opens_the_same_chat_elsewhere(service: Service, visitor: Caller) -> None:
    await visitor.say("Hello")
    made = await link_of(visitor)
    assert made.keys() == {"link", "expires_at"}
    assert datetime.fromisoformat(made["expires_at"]) == service.clock.now + LIFE
    elsewhere = await service.open_session({"link": made["link"]})
    assert elsewhere.user == visitor.user
    assert await elsewhere.get("/support_chat") == await visitor.get("/support_chat")


async def test_a_link_renews_its_session_until_it_ends(service: Service, visitor: Caller) -> None:
    link = (await link_of(visitor))["link"]
    service.clock.now += LIFE - timedelta(seconds=1)
    assert (await service.open_session({"link": link})).user == visitor.user
    service.clock.now += timedelta(seconds=1)
    await refused_link(service, link)


async def test_a_link_cannot_be_made_to_last_by_its_own_sessions(
    service: Service, visitor: Caller
) -> None:
    first = await link_of(visitor)
    service.clock.now += LIFE - timedelta(minutes=5)
    second = await link_of(await service.open_session({"link": first["link"]}))
    third = await link_of(await service.open_session({"link": second["link"]}))
    assert third["expires_at"] == second["expires_at"] == first["expires_at"]
    service.clock.forward(minutes=5)
    for made in (second, third):
        await refused_link(service, made["link"])


async def test_the_link_of_a_mail_makes_none_that_outlives_it(
    service: Service, dana: Caller
) -> None:
    ada = await service.identified(ADA)
    await dana.say("It ships on Friday.", await ada.chat_id())
    service.clock.now += MAIL_DELAY
    await service.run_mails()
    mailed = service.mailbox.texts()[0].partition("#deskbell-chat=")[2].split()[0]
    service.clock.now += timedelta(days=13, hours=23)
    reader = await service.open_session({"link": mailed})
    ends_at = datetime.fromisoformat((await link_of(reader))["expires_at"])
    assert ends_at == service.clock.now + timedelta(hours=1)


async def test_the_link_of_a_mail_changes_no_proven_address(
    service: Service, visitor: Caller, dana: Caller
) -> None:
    await prove(service, visitor, EMAIL)
    await dana.say("It ships on Friday.", await visitor.chat_id())
    service.clock.now += MAIL_DELAY
    await service.run_mails()
    mailed = service.mailbox.texts()[-1].partition("#deskbell-chat=")[2].split()[0]
    reader = await service.open_session({"link": mailed})
    before = (await reader.get("/support_chat"))["contact"]
    mails = len(service.mailbox.taken)
    for email in ("", "eve@evil.example"):
        body = {"email": email, "name": "Eve"}
        refused(await reader.call("PATCH", CONTACT, body), 403, "forbidden")
    await service.run_mails()
    assert len(service.mailbox.taken) == mails
    assert (await visitor.get("/support_chat"))["contact"] == before
    allowed = {"email": EMAIL, "name": "Vera", "mails": False}
    changed = (await reader.patch(CONTACT, allowed))["contact"]
    assert changed == {**before, **allowed}


async def test_a_link_leaves_the_visitors_own_change_of_address_alone(
    service: Service, visitor: Caller
) -> None:
    await prove(service, visitor, EMAIL)
    other = "vera@work.example"
    before = (await visitor.patch(CONTACT, {"email": other}))["contact"]
    reader = await service.open_session({"link": (await link_of(visitor))["link"]})
    for email in (EMAIL, other):
        assert (await reader.patch(CONTACT, {"email": email}))["contact"] == before
    assert (await visitor.patch(CONTACT, {"email": ""}))["contact"]["email"] is None
    # Nothing is proven now: the window of a visitor's own may leave an address like any other.
    assert (await reader.patch(CONTACT, {"email": EMAIL}))["contact"]["unconfirmed_email"] == EMAIL


async def test_a_session_after_the_end_of_its_link_makes_only_dead_links(
    service: Service, visitor: Caller
) -> None:
    link = (await link_of(visitor))["link"]
    service.clock.now += LIFE - timedelta(minutes=5)
    session = await service.open_session({"link": link})
    service.clock.forward(minutes=10)
    await refused_link(service, (await link_of(session))["link"])


async def test_an_agents_link_opens_their_own_chat_as_a_user(
    service: Service, dana: Caller
) -> None:
    elsewhere = await service.open_session({"link": (await link_of(dana))["link"]})
    assert (elsewhere.user["id"], elsewhere.user["role"]) == (dana.user["id"], "user")
    refused(await elsewhere.call("GET", "/admin/chats"), 403, "forbidden")


async def test_a_link_is_no_bearer_token(service: Service, visitor: Caller) -> None:
    link = (await link_of(visitor))["link"]
    refused(await Caller(service.http, link).call("GET", "/support_chat"), 401, "unauthorized")
