"""The widget on pages that are hard on it: it works, and looks as on a plain page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from deskbell.domain.people import User
from tests.browser.clock import JumpingClock
from tests.browser.conversation import Conversation
from tests.browser.desk import LiveDesk, identity_of
from tests.browser.gallery import Gallery
from tests.browser.hosts import ALIKE, CARRIED, PLAIN, SHORTCUTS, Host
from tests.browser.past import Past
from tests.browser.people import Desk, People
from tests.browser.shop import Shop
from tests.browser.visitor import Visitor
from tests.cast import ADA, BEN

ZOOMED: dict[str, Any] = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}
"""A window of 1280 × 800, as the page sees it at 200 %."""

LOOK = """async () => {
  // What the mouse has left is drawn as left.
  for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
  const root = document.getElementById("deskbell").shadowRoot;
  const names = ["color", "backgroundColor", "fontSize", "fontFamily", "fontWeight", "lineHeight",
    "letterSpacing", "wordSpacing", "textTransform", "textAlign", "textIndent", "whiteSpace",
    "cursor", "opacity", "visibility", "display", "transform", "boxShadow", "direction"];
  const parts = ["[data-testid=launcher]", "[data-testid=panel]", "h2", "[data-testid=close]",
    "[data-testid=log]", "[data-testid=message][data-sender=user] p",
    "[data-testid=message][data-sender=admin] p", "[data-testid=input]", "[data-testid=send]"];
  return Object.fromEntries(parts.map(part => {
    const node = root.querySelector(part);
    const style = getComputedStyle(node);
    const { x, y, width, height } = node.getBoundingClientRect();
    const place = [x, y, width, height].map(Math.round);
    return [part, { place, ...Object.fromEntries(names.map(name => [name, style[name]])) }];
  }));
}"""

STOPS = """panel => [...panel.querySelectorAll("button, textarea")]
  .filter(stop => stop.checkVisibility()).map(stop => {
    const { left, top, right, bottom } = stop.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  })"""


@pytest.fixture
def desk(data: Path, clock: JumpingClock, smtp_port: int) -> Iterator[Desk]:
    """One that lists no sites, as a frame without an origin of its own is none that could be."""
    with LiveDesk(data, clock, smtp_port) as desk:
        yield desk


@pytest.fixture(scope="module")
def plain_look() -> dict[str, Any]:
    """What the first test measures for all."""
    return {}


class Street:
    """Where the shops stand; gives customers at their doors."""

    def __init__(self, people: People, shop: Shop, desk: Desk, clock: JumpingClock) -> None:
        self._people = people
        self._shop = shop
        self._desk = desk
        self._clock = clock

    def at(self, host: Host, person: User = ADA, **options: Any) -> Visitor:
        """A signed-in customer; `options` are the browser's."""
        identity = identity_of(person, self._clock())
        address = host.put_up(self._shop, self._desk.origin, identity=identity)
        options = {"reduced_motion": "reduce", **options}
        visitor = Visitor(self._people.context(**options).new_page(), address)
        visitor.arrive()
        return visitor


@pytest.fixture
def street(people: People, shop: Shop, desk: Desk, clock: JumpingClock) -> Street:
    return Street(people, shop, desk, clock)


def talk(visitor: Visitor, past: Past, person: User = ADA) -> None:
    """A question and its answer; then the mouse goes where it changes nothing."""
    chat_id = past.asked(person)
    visitor.open_live()
    visitor.chat.say("Hello?")
    past.answered(chat_id, "Hello!")
    visitor.chat.shows("Hello?", "Hello!")
    visitor.page.mouse.move(5, 5)


def differences(look: dict[str, Any], plain: dict[str, Any]) -> list[str]:
    return [
        f"{part} {name}: {value} instead of {plain[part][name]}"
        for part, style in look.items()
        for name, value in style.items()
        if value != plain[part][name]
    ]


def is_on_top(part: Locator) -> bool:
    """Whether a click in the middle of it reaches the widget."""
    return bool(
        part.evaluate("""node => {
          const { x, y, width, height } = node.getBoundingClientRect();
          return document.elementFromPoint(x + width / 2, y + height / 2)?.id === "deskbell";
        }""")
    )


@pytest.mark.parametrize("name", ALIKE)
def test_the_widget_works_and_looks_as_on_a_plain_page(
    street: Street, past: Past, gallery: Gallery, plain_look: dict[str, Any], name: str
) -> None:
    if not plain_look:
        plain = street.at(PLAIN, BEN)
        talk(plain, past, BEN)
        plain_look.update(plain.page.evaluate(LOOK))
    ada = street.at(ALIKE[name])
    talk(ada, past)
    gallery.take(ada.page, f"host-{name}")
    look = ada.page.evaluate(LOOK)
    assert differences(look, plain_look) == []
    assert is_on_top(ada.launcher)


@pytest.mark.parametrize("name", CARRIED)
def test_a_page_that_carries_fixed_things_along_can_use_it_all_the_same(
    street: Street, past: Past, gallery: Gallery, name: str
) -> None:
    ada = street.at(CARRIED[name])
    talk(ada, past)
    gallery.take(ada.page, f"host-{name}")
    ada.chat.input.press("Escape")
    expect(ada.panel).to_be_hidden()
    expect(ada.launcher).to_be_focused()


@pytest.mark.parametrize("style", ["", "html { font-size: 200%; }"])
def test_at_twice_the_size_everything_is_reachable_without_sideways_scroll(
    street: Street, past: Past, gallery: Gallery, style: str
) -> None:
    ada = street.at(Host(style=style), **ZOOMED)
    talk(ada, past)
    gallery.take(ada.page, f"host-zoomed-{'text' if style else 'page'}")
    assert all(ada.panel.evaluate(STOPS))
    assert ada.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("page", "widget", "at_left"), [("ar", "ar", True), ("ar", "en", False), ("en", "ar", True)]
)
def test_the_widget_follows_its_own_language_whatever_the_page_does(
    street: Street, past: Past, gallery: Gallery, page: str, widget: str, at_left: bool
) -> None:
    direction = ' dir="rtl"' if page == "ar" else ""
    ada = street.at(Host(html=direction, language=page, settings={"locale": widget}))
    talk(ada, past)
    gallery.take(ada.page, f"host-{page}-widget-{widget}")
    place = ada.launcher.bounding_box()
    assert place
    assert (place["x"] < 100) is at_left
    assert ada.panel.evaluate("node => getComputedStyle(node).direction") == (
        "rtl" if widget == "ar" else "ltr"
    )


def test_nothing_of_it_is_printed(street: Street, gallery: Gallery) -> None:
    ada = street.at(PLAIN)
    ada.open_live()
    ada.page.emulate_media(media="print")
    expect(ada.launcher).to_be_hidden()
    expect(ada.panel).to_be_hidden()
    gallery.take(ada.page, "host-print")


def test_forced_colours_keep_every_edge(street: Street, past: Past, gallery: Gallery) -> None:
    ada = street.at(PLAIN, forced_colors="active")
    talk(ada, past)
    gallery.take(ada.page, "host-forced-colours")
    for part in (ada.launcher, ada.panel, ada.chat.send_button, ada.chat.texts.first):
        assert part.evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"


def test_the_pages_shortcuts_are_silent_in_the_widget_and_work_outside(street: Street) -> None:
    ada = street.at(Host(script=SHORTCUTS))
    ada.open_live()
    ada.chat.input.press_sequentially("yes/s")
    expect(ada.chat.input).to_have_value("yes/s")
    assert ada.page.evaluate("pressed") == []
    ada.page.get_by_role("button", name="Add to bag").focus()
    ada.page.keyboard.press("s")
    assert ada.page.evaluate("pressed") == ["s"]


def test_it_works_in_a_frame_without_an_origin_or_storage(
    people: People, shop: Shop, desk: Desk, gallery: Gallery
) -> None:
    inside = PLAIN.put_up(shop, desk.origin)
    outside = f'<iframe sandbox="allow-scripts" src="{inside}"></iframe>'
    page = people.context().new_page()
    icon = '<link rel="icon" href="data:,">'
    page.goto(shop.show(f"{icon}{outside}<style>iframe {{ width: 900px; height: 700px }}</style>"))
    frame = page.frame_locator("iframe")
    frame.get_by_test_id("launcher").click()
    chat = Conversation(frame.get_by_test_id("panel"))
    chat.say("Hello?")
    chat.shows("Hello?")
    gallery.take(page, "host-sandbox")
