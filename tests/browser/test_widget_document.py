"""Every example in docs/widget.md does what the document says of it."""

import runpy
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.desk import SECRET, identity_of
from tests.browser.document_examples import example, examples, page, scripted, unnamed
from tests.browser.past import Past
from tests.browser.people import Desk, People
from tests.browser.shop import Shop, policy_for
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}

TARGETS = """panel => [...panel.querySelectorAll("button, textarea, a")]
  .filter(target => target.checkVisibility()).map(target => target.getBoundingClientRect())
  .filter(({ width, height }) => Math.min(width, height) < 44).length"""


class Reader:
    """Somebody who puts an example onto a page and goes there."""

    def __init__(self, people: People, shop: Shop, desk: Desk) -> None:
        self._people = people
        self._shop = shop
        self.desk = desk.origin

    def tries(self, name: str, policy: str = "", **places: str) -> Visitor:
        """An example in HTML."""
        return self.goes_to(page(example(name, self.desk, **places)), policy)

    def runs(self, name: str) -> Visitor:
        """An example in JavaScript."""
        return self.goes_to(scripted(name, self.desk))

    def goes_to(self, text: str, policy: str = "") -> Visitor:
        visitor = Visitor(self._people.context().new_page(), self._shop.show(text, policy))
        visitor.page.goto(visitor.address)
        expect(visitor.launcher).to_be_attached()
        return visitor


@pytest.fixture
def reader(people: People, shop: Shop, desk: Desk) -> Reader:
    return Reader(people, shop, desk)


def test_every_example_has_a_test() -> None:
    assert unnamed() == 0
    tests = {name.removeprefix("test_").replace("_", "-") for name in globals()}
    assert [name for name in examples() if name not in tests] == []


def test_snippet(reader: Reader, watch: Watch) -> None:
    visitor = reader.tries("snippet")
    expect(visitor.launcher).to_be_visible()
    visitor.page.wait_for_load_state("networkidle")
    asked = [url for url in watch.requests if url.startswith(reader.desk)]
    assert asked == [f"{reader.desk}/widget.js"]
    visitor.open_live()
    visitor.chat.say("Hello?")


def test_attributes(reader: Reader) -> None:
    visitor = reader.tries("attributes")
    visitor.is_live()
    expect(visitor.launcher).to_have_accessible_name("الدردشة")
    place = visitor.launcher.locator("..").bounding_box()
    assert place
    assert (round(place["x"] + place["width"]), round(place["y"] + place["height"])) == (1260, 720)


def test_object(reader: Reader) -> None:
    visitor = reader.tries("object")
    visitor.open_live()
    expect(visitor.panel).to_have_accessible_name("Ask the workshop")
    expect(visitor.chat.log).to_contain_text("Which lamp is it about?")
    assert visitor.colour_of(visitor.panel) == "rgb(20, 22, 26)"


def test_queue(reader: Reader) -> None:
    visitor = reader.tries("queue")
    expect(visitor.chat.input).to_have_value("Where is my order 4471?")
    expect(visitor.page.locator("body")).to_have_class("with-chat")


def test_events(reader: Reader) -> None:
    visitor = reader.runs("events")
    visitor.open_live()
    expect(visitor.page.locator("body")).to_have_attribute("data-chat", "live")
    visitor.chat.say("Do you ship to Rotterdam?")
    expect(visitor.page).to_have_title("Asked: Do you ship to Rotterdam?")


def test_button(reader: Reader, past: Past, clock: Callable[[], datetime]) -> None:
    visitor = reader.tries("button")
    help_button = visitor.page.locator("#help")
    expect(visitor.launcher).to_be_hidden()
    help_button.click()
    expect(visitor.panel).to_be_visible()
    help_button.click()
    expect(visitor.panel).to_be_hidden()
    past.answered(past.asked(ADA, "Anybody there?"), "Yes!")
    visitor.page.evaluate("jwt => Deskbell.setUser(jwt)", identity_of(ADA, clock()))
    expect(help_button).to_have_text("Help (1)")


def test_identity(reader: Reader, tmp_path: Path) -> None:
    module = tmp_path / "identity.py"
    module.write_text(example("identity", reader.desk), "utf-8")
    scope = runpy.run_path(str(module))
    user = SimpleNamespace(id=42, email="ada@lamps.example", name="Ada")
    visitor = reader.tries("signed", THE_JWT=scope["deskbell_identity"](user, SECRET))
    visitor.open_live()
    visitor.chat.say("It is me.")
    assert visitor.stored() == {}


def test_signed(reader: Reader, past: Past, clock: Callable[[], datetime]) -> None:
    past.asked(ADA, "My order 4471")
    visitor = reader.tries("signed", THE_JWT=identity_of(ADA, clock()))
    visitor.open_live()
    visitor.chat.shows("My order 4471")


def test_function(
    reader: Reader, people: People, shop: Shop, past: Past, clock: Callable[[], datetime]
) -> None:
    past.asked(ADA, "My order 4471")
    address = shop.show(page(example("function", reader.desk)))
    visitor = Visitor(people.context().new_page(), address)
    identity = identity_of(ADA, clock())
    visitor.page.route("**/deskbell-identity", lambda route: route.fulfill(body=identity))
    visitor.arrive()
    visitor.open_live()
    visitor.chat.shows("My order 4471")


def test_signing_out(reader: Reader) -> None:
    visitor = reader.runs("signing-out")
    visitor.open_live()
    visitor.chat.say("Remember me")
    visitor.page.locator("#sign-out").click()
    expect(visitor.panel).to_be_hidden()
    assert visitor.stored() == {}


def test_navigation(reader: Reader) -> None:
    visitor = reader.runs("navigation")
    visitor.page.evaluate("afterNavigation('skerry')")
    visitor.open_live()
    expect(visitor.chat.input).to_have_value("About skerry: ")
    visitor.page.evaluate("afterNavigation('tern')")
    expect(visitor.chat.input).to_have_value("About skerry: ")


def test_policy(reader: Reader) -> None:
    name, _, rules = example("policy", "{desk}").partition(": ")
    assert name == "Content-Security-Policy"
    rules = rules.replace("connect-src {desk} {desk}", "connect-src {desk} {cable}")
    icon = "; img-src data:"
    visitor = reader.tries("snippet", policy_for(reader.desk, rules + icon))
    visitor.open_live()
    visitor.chat.say("Hello?")


def test_colour(reader: Reader) -> None:
    visitor = reader.tries("colour")
    visitor.open_live()
    visitor.chat.say("Hello?")
    shade = visitor.chat.texts.last.evaluate("node => getComputedStyle(node).backgroundColor")
    assert float(shade.removeprefix("oklch(").split()[0]) <= 0.531


def test_consent(reader: Reader) -> None:
    visitor = reader.tries("consent")
    visitor.page.locator("#accept").click()
    visitor.open_live()
    visitor.chat.say("Remember me")
    assert list(visitor.stored()) == ["deskbell:visitor_key"]
    visitor.page.locator("#decline").click()
    expect(visitor.launcher).to_be_hidden()
    assert visitor.stored() == {}


def test_targets_are_large_enough_for_a_finger(people: People) -> None:
    visitor = people.visitor(people.context(**PHONE))
    visitor.arrive()
    visitor.open_live()
    assert visitor.panel.evaluate(TARGETS) == 0
    size = visitor.chat.input.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 16


def test_an_answer_takes_nobody_the_focus(ada: Visitor, past: Past) -> None:
    chat_id = past.asked(ADA)
    ada.open_live()
    ada.page.get_by_role("button", name="Add to bag").focus()
    past.answered(chat_id, "Hello!")
    ada.chat.shows("Hello!")
    expect(ada.page.get_by_role("button", name="Add to bag")).to_be_focused()
