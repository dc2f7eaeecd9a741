"""The widget under a thumb: large targets, the whole window, and a keyboard over half of it."""

from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from deskbell.domain.people import User
from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.gallery import Gallery
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch

PHONE, TABLET = (375, 740), (820, 1180)
SIZES = [PHONE, (360, 640), (320, 568)]
FINGER, POINTER = 44, 24
"""CSS pixels: our own least for fingers, and that of WCAG 2.2, 2.5.8."""

TOO_SMALL = """([least]) => {
  const root = document.getElementById("deskbell").shadowRoot;
  const targets = root.querySelectorAll("button, a[href], textarea, input, select, [role=button]");
  const inText = (node) => node.matches("p a");
  return [...targets].filter((node) => node.checkVisibility() && !inText(node)).flatMap((node) => {
    const { width, height } = node.getBoundingClientRect();
    const name = node.ariaLabel || node.textContent || node.className;
    return Math.min(width, height) < least - 0.01 ? [`${name}: ${width} × ${height}`] : [];
  });
}"""
"""A link within a sentence is as high as its line: the exception that WCAG makes."""

FAKE_KEYBOARD = """
const viewport = Object.assign(new EventTarget(), {
  width: innerWidth, height: innerHeight, offsetTop: 0, offsetLeft: 0, pageTop: 0, scale: 1,
});
Object.defineProperty(window, "visualViewport", { value: viewport });
window.keyboard = (covered, offsetTop) => {
  Object.assign(viewport, { height: innerHeight - covered, offsetTop });
  viewport.dispatchEvent(new Event("resize"));
  viewport.dispatchEvent(new Event("scroll"));
};
"""
"""As on iOS: the keyboard lies over the page, and only the visual viewport tells of it."""


@pytest.fixture
def clock(lasting_clock: JumpingClock) -> JumpingClock:
    return lasting_clock


@pytest.fixture
def desk(lasting_desk: LiveDesk) -> LiveDesk:
    return lasting_desk


def phone(size: tuple[int, int]) -> dict[str, Any]:
    width, height = size
    viewport = {"width": width, "height": height}
    return {"viewport": viewport, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def caller(request: pytest.FixtureRequest, people: People, past: Past, somebody: User) -> Visitor:
    """A customer with a phone and an unread answer."""
    past.answered(past.asked(somebody, "Hello?"), "Hello! See https://lamps.example/help")
    visitor = people.customer(somebody, people.context(**phone(request.param)))
    visitor.arrive()
    expect(visitor.badge).to_have_text("1")
    return visitor


def tap_open(visitor: Visitor) -> None:
    visitor.launcher.tap()
    expect(visitor.panel).to_be_visible()
    visitor.is_live()


def too_small(visitor: Visitor, least: int) -> list[str]:
    found: list[str] = visitor.page.evaluate(TOO_SMALL, [least])
    return found


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found is not None
    return found


def test_every_target_is_as_large_as_a_finger(caller: Visitor, watch: Watch) -> None:
    watch.expect_no_answer()
    assert too_small(caller, FINGER) == []
    tap_open(caller)
    assert too_small(caller, FINGER) == []
    caller.context.set_offline(True)
    caller.chat.send("Are you there?")
    expect(caller.panel.get_by_test_id("retry")).to_be_visible()
    assert too_small(caller, FINGER) == []


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_refused_text_can_be_retried_and_dropped_with_a_finger(
    people: People, somebody: User, size: tuple[int, int], gallery: Gallery
) -> None:
    visitor = people.customer(somebody, people.context(**phone(size)))
    visitor.arrive()
    tap_open(visitor)
    visitor.page.evaluate("Deskbell.send('x'.repeat(10_001))")
    expect(visitor.panel.get_by_test_id("drop")).to_be_visible()
    assert too_small(visitor, FINGER) == []
    gallery.take(visitor.page, f"state-refused-touch-{size[0]}")
    visitor.panel.get_by_test_id("drop").tap()
    expect(visitor.chat.messages).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_the_way_back_to_the_newest_is_as_large(
    people: People, past: Past, somebody: User, size: tuple[int, int]
) -> None:
    past.asked(somebody, *(f"line {number}" for number in range(30)))
    visitor = people.customer(somebody, people.context(**phone(size)))
    visitor.arrive()
    tap_open(visitor)
    visitor.chat.log.evaluate("log => log.scrollTo(0, 100)")
    expect(visitor.panel.get_by_test_id("jump")).to_be_visible()
    assert too_small(visitor, FINGER) == []


def test_a_pointer_finds_every_target(people: People, past: Past, somebody: User) -> None:
    past.asked(somebody, *(f"line {number}" for number in range(30)))
    visitor = people.customer(somebody)
    visitor.arrive()
    visitor.open_live()
    visitor.page.evaluate("Deskbell.send('x'.repeat(10_001))")
    expect(visitor.panel.get_by_test_id("drop")).to_be_visible()
    visitor.chat.log.evaluate("log => log.scrollTo(0, 100)")
    expect(visitor.panel.get_by_test_id("jump")).to_be_visible()
    assert too_small(visitor, POINTER) == []


def test_a_small_target_would_be_noticed(caller: Visitor) -> None:
    caller.launcher.evaluate("node => { node.style.inlineSize = '43px' }")
    assert too_small(caller, FINGER) == ["Chat, 1 unread message: 43 × 58"]


def test_the_field_is_large_enough_not_to_be_zoomed_into(caller: Visitor) -> None:
    tap_open(caller)
    size = caller.chat.input.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 16


def test_the_panel_is_a_window_of_its_own(caller: Visitor) -> None:
    tap_open(caller)
    expect(caller.panel).to_have_role("dialog")
    expect(caller.panel).to_have_attribute("aria-modal", "true")
    expect(caller.launcher).to_be_hidden()
    size = caller.page.viewport_size
    assert size is not None
    assert box(caller.panel) == {"x": 0, "y": 0, **size}
    for _ in range(8):
        caller.page.keyboard.press("Tab")
        assert caller.panel.evaluate("panel => panel.contains(panel.getRootNode().activeElement)")
        caller.page.keyboard.press("Shift+Tab")
        assert caller.panel.evaluate("panel => panel.contains(panel.getRootNode().activeElement)")
        caller.page.keyboard.press("Tab")
    caller.close_button.tap()
    expect(caller.panel).to_be_hidden()
    expect(caller.launcher).to_be_visible()


def test_notch_and_home_bar_cover_nothing(caller: Visitor) -> None:
    devtools = caller.context.new_cdp_session(caller.page)
    insets = {"top": 40, "bottom": 34, "left": 0, "right": 0}
    before = box(caller.launcher)
    devtools.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    expect(caller.launcher).to_be_visible()
    assert before["y"] - box(caller.launcher)["y"] == insets["bottom"]
    tap_open(caller)
    size = caller.page.viewport_size
    assert size is not None
    assert box(caller.close_button)["y"] >= insets["top"]
    assert bottom(caller.chat.send_button) <= size["height"] - insets["bottom"]


def bottom(part: Locator) -> float:
    place = box(part)
    return place["y"] + place["height"]


@pytest.mark.parametrize("offset", [0, 120])
def test_the_field_stays_above_the_keyboard(
    people: People, past: Past, somebody: User, gallery: Gallery, offset: int
) -> None:
    past.asked(somebody, *(f"line {number}" for number in range(20)))
    visitor = people.customer(somebody, people.context(**phone(PHONE)))
    visitor.context.add_init_script(FAKE_KEYBOARD)
    visitor.arrive()
    tap_open(visitor)
    covered = 300
    visitor.page.evaluate("([covered, offset]) => keyboard(covered, offset)", [covered, offset])
    above = PHONE[1] - covered + offset
    assert box(visitor.panel)["y"] == offset
    assert bottom(visitor.chat.input) <= above
    assert bottom(visitor.chat.send_button) <= above
    expect(visitor.chat.texts.last).to_be_in_viewport(ratio=1)
    assert bottom(visitor.chat.texts.last) <= box(visitor.chat.input)["y"]
    if not offset:
        gallery.take(visitor.page, "state-keyboard-phone")
    visitor.page.evaluate("keyboard(0, 0)")
    assert box(visitor.panel)["height"] == PHONE[1]


def test_nothing_scrolls_sideways(caller: Visitor) -> None:
    sideways = "node => node.scrollWidth - node.clientWidth"
    tap_open(caller)
    long_words = ("x" * 400, "https://lamps.example/" + "long/" * 60, "`" + "code" * 60 + "`")
    for word in long_words:
        caller.chat.say(word)
    for part in (caller.page.locator("html"), caller.panel, caller.chat.log):
        assert part.evaluate(sideways) == 0
    expect(caller.chat.texts).to_have_count(5)
