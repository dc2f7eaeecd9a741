"""The link to one's own chat, for a window of its own: it opens that chat, for its time alone."""

from datetime import datetime, timedelta

from tests.cast import ADA, MAIL_DELAY
from tests.contract.answers import refused
from tests.contract.service import Caller, Json, Service

LIFE = timedelta(hours=12)


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
