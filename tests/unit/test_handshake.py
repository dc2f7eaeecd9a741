"""Before a socket is open: which protocol is spoken, and from which pages one may come."""

from uuid import UUID

import pytest

from deskbell.cable.endpoint import choose_protocol
from deskbell.cable.origins import Origins, origin_of
from deskbell.domain.people import Actor

ADA = Actor(UUID(int=1), "user")
DANA = Actor(UUID(int=2), "admin")
EXT, PLAIN, TOKEN = "actioncable-v1-ext-json", "actioncable-v1-json", "anycable-token.abc"
HOST = "help.lamps.example"


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([EXT, TOKEN], EXT),
        ([PLAIN, TOKEN], PLAIN),
        ([PLAIN, EXT, TOKEN], EXT),
        ([TOKEN, PLAIN, "actioncable-unsupported"], PLAIN),
        ([TOKEN], None),
        ([], None),
    ],
)
def test_the_best_known_protocol_is_chosen_and_none_means_the_plain_one(
    offered: list[str], chosen: str | None
) -> None:
    assert choose_protocol(offered) == (chosen, True)


@pytest.mark.parametrize(
    "offered", [["graphql-ws"], ["actioncable-unsupported", TOKEN], ["", TOKEN], [EXT.upper()]]
)
def test_only_unknown_protocols_are_refused(offered: list[str]) -> None:
    assert choose_protocol(offered) == (None, False)


FOREIGN = [
    "https://evil.example",
    "null",
    "",
    f"https://{HOST}.evil.example",
    f"https://evil.example/{HOST}",
    f"https://evil-{HOST}",
    f"https://sub.{HOST}",
    f"https://{HOST}:8443",
    f"https://{HOST}/",
    f"https://{HOST.upper()}",
    f"https://user@{HOST}",
    f"ftp://{HOST}",
    f" https://{HOST}",
    "file://",
    None,
]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("public_url", [None, f"https://{HOST}/desk"])
def test_an_agent_comes_from_our_own_pages_only(origin: str | None, public_url: str | None) -> None:
    assert not Origins(public_url, ()).allows(DANA, origin, HOST)


def test_our_own_page_is_the_public_address_when_there_is_one() -> None:
    origins = Origins(f"https://{HOST}/desk", ())
    assert origins.allows(DANA, f"https://{HOST}", "127.0.0.1:8000")
    assert not origins.allows(DANA, f"http://{HOST}", HOST)
    assert not origins.allows(DANA, "http://127.0.0.1:8000", "127.0.0.1:8000")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_our_own_page_is_else_the_host_that_was_asked_for(scheme: str) -> None:
    origins = Origins(None, ())
    assert origins.allows(DANA, f"{scheme}://localhost:8000", "localhost:8000")
    assert not origins.allows(DANA, f"{scheme}://localhost:8000", "localhost:9000")
    assert not origins.allows(DANA, f"{scheme}://localhost:8000", None)


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_visitor_comes_from_anywhere_unless_sites_are_listed(origin: str | None) -> None:
    assert Origins(None, ()).allows(ADA, origin, HOST)
    assert not Origins(None, ("https://shop.example",)).allows(ADA, origin, HOST)


def test_a_visitor_comes_from_the_listed_sites_and_our_own_page() -> None:
    origins = Origins(f"https://{HOST}", ("https://shop.example",))
    assert origins.allows(ADA, "https://shop.example", HOST)
    assert origins.allows(ADA, f"https://{HOST}", HOST)
    assert not origins.allows(DANA, "https://shop.example", HOST), "agents do not live in shops"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Help.Lamps.example/desk/", "https://help.lamps.example"),
        ("https://help.lamps.example:443", "https://help.lamps.example"),
        ("http://help.lamps.example:80/", "http://help.lamps.example"),
        ("http://help.lamps.example:8000/", "http://help.lamps.example:8000"),
        ("http://[2001:DB8::1]:8000/", "http://[2001:db8::1]:8000"),
    ],
)
def test_an_address_is_cut_down_to_what_browsers_call_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin
