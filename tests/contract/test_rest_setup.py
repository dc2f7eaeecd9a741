"""The first admin of a new installation comes by a link that works once."""

import pytest

from tests.contract.answers import SESSION, cookie_of, refused
from tests.contract.service import Service, StartService

FIRST = {"email": "fay@desk.example", "name": "Fay", "password": "a good password"}


async def setup_token(service: Service) -> str:
    link = await service.app.setup_link()
    assert link is not None
    assert link.startswith("http://127.0.0.1:8000/dashboard/#setup=")
    return link.partition("#setup=")[2]


async def test_the_setup_link_makes_the_first_admin_once(service: Service) -> None:
    body = {"token": await setup_token(service), **FIRST}
    response = await service.nobody.call("POST", "/admin/setup", body)
    session = response.json()
    assert session.keys() == SESSION
    assert session["user"] == {**session["user"], "email": FIRST["email"], "role": "admin"}
    assert cookie_of(response)[0] == "deskbell"
    assert await service.nobody.get("/admin/session")
    again = await service.nobody.call("POST", "/admin/setup", {**body, "email": "guy@desk.example"})
    refused(again, 401, "unauthorized")
    assert await service.app.setup_link() is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "fay"}, "email"),
        ({"name": " "}, "name"),
        ({"password": "short"}, "password"),
        ({"password": 12345678}, "password"),
        ({"token": None}, "token"),
    ],
)
async def test_a_mistake_is_told_and_does_not_use_up_the_link(
    changed: dict[str, object], field: str, service: Service
) -> None:
    body = {"token": await setup_token(service), **FIRST}
    response = await service.nobody.call("POST", "/admin/setup", {**body, **changed})
    assert refused(response, 422, "invalid") == {"field": field}
    assert await service.nobody.post("/admin/setup", body)


async def test_the_public_address_is_where_the_setup_link_leads(
    start_service: StartService,
) -> None:
    service = await start_service(public_url="https://lamps.example/desk/")
    link = await service.app.setup_link()
    assert link is not None
    assert link.startswith("https://lamps.example/desk/dashboard/#setup=")


async def test_an_admin_has_a_chat_of_their_own_too(service: Service) -> None:
    dana = await service.dana()
    assert (await dana.say("Hello, it is me"))["sender_type"] == "user"
