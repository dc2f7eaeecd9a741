"""Nothing is asked and nothing is stored before somebody uses the widget."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.people import Desk
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch


def asked(watch: Watch, desk: Desk) -> list[str]:
    """The paths that were requested from the server, in order."""
    return [urlsplit(url).path for url in watch.requests if urlsplit(url).netloc in desk.origin]


def cookies_and_databases(visitor: Visitor) -> list[object]:
    databases = visitor.page.evaluate("indexedDB.databases()")
    return [*visitor.context.cookies(), *databases]


def test_a_page_that_nobody_uses_loads_one_script_and_stores_nothing(
    visitor: Visitor, watch: Watch, desk: Desk
) -> None:
    visitor.page.wait_for_load_state("networkidle")
    assert asked(watch, desk) == ["/widget.js"]
    assert visitor.stored() == {}
    assert cookies_and_databases(visitor) == []


def test_opening_stores_nothing_until_the_first_message(visitor: Visitor) -> None:
    visitor.open_live()
    assert visitor.stored() == {}
    visitor.chat.input.press_sequentially("Hel")
    assert visitor.stored() == {}
    visitor.chat.say("Hello")
    assert list(visitor.stored()) == ["deskbell:visitor_key"]
    assert cookies_and_databases(visitor) == []


def test_who_wrote_comes_back_to_the_same_chat(visitor: Visitor, watch: Watch, desk: Desk) -> None:
    visitor.open_live()
    visitor.chat.say("Remember me")
    visitor.arrive()
    visitor.open_live()
    visitor.chat.shows("Remember me")
    assert "/cable" in asked(watch, desk)


def test_who_only_looked_is_forgotten(visitor: Visitor, watch: Watch, desk: Desk) -> None:
    visitor.open_live()
    watch.requests.clear()
    visitor.arrive()
    visitor.page.wait_for_load_state("networkidle")
    assert set(asked(watch, desk)) <= {"/widget.js"}
    expect(visitor.panel).to_have_count(0)
