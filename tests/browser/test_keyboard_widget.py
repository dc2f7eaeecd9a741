"""The whole widget without a mouse: where the focus goes, in which order, and what keys do."""

import pytest
from playwright.sync_api import Page, expect

from deskbell.domain.people import User
from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor

FOCUSED = """() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  const label = node.labels?.[0]?.textContent;
  return node === document.body ? "" : node.ariaLabel || label || node.textContent.trim();
}"""

LAUNCHER, MENU, MINIMISE, LOG = "Chat", "More options", "Minimise chat", "Conversation"
FIELD, SEND, EMOJI = "Write a message…", "Send", "Emoji"
SWITCHES = ("Mail me answers that I have not read", "Sound for new answers")
TOO_LONG = "Deskbell.send('x'.repeat(10_001))"


@pytest.fixture
def clock(lasting_clock: JumpingClock) -> JumpingClock:
    return lasting_clock


@pytest.fixture
def desk(lasting_desk: LiveDesk) -> LiveDesk:
    return lasting_desk


def focused(page: Page) -> str:
    """The name of what has the focus, in whichever shadow root."""
    return str(page.evaluate(FOCUSED))


def focus_is_inside(visitor: Visitor) -> bool:
    inside = "panel => panel.contains(panel.getRootNode().activeElement)"
    return bool(visitor.panel.evaluate(inside))


def walk(page: Page, last: str, key: str = "Tab") -> list[str]:
    """Press the key until the focus is there, and give the names of all stops on the way."""
    names: list[str] = []
    while last not in names:
        page.keyboard.press(key)
        names.append(focused(page))
        assert len(names) < 30, names
    return names


def opened_by_key(visitor: Visitor, key: str = "Enter") -> None:
    walk(visitor.page, LAUNCHER)
    visitor.page.keyboard.press(key)
    expect(visitor.chat.input).to_be_focused()
    visitor.is_live()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_launcher_opens_and_escape_gives_the_focus_back(visitor: Visitor, key: str) -> None:
    opened_by_key(visitor, key)
    expect(visitor.launcher).to_have_attribute("aria-expanded", "true")
    visitor.page.keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()
    expect(visitor.launcher).to_be_focused()
    visitor.page.keyboard.press(key)
    expect(visitor.chat.input).to_be_focused()
    walk(visitor.page, MINIMISE, "Shift+Tab")
    visitor.page.keyboard.press(key)
    expect(visitor.panel).to_be_hidden()
    expect(visitor.launcher).to_be_focused()


def test_tab_stops_stand_in_the_order_in_which_one_reads(visitor: Visitor) -> None:
    opened_by_key(visitor)
    before = walk(visitor.page, MENU, "Shift+Tab")
    known = [name for name in before if name in (LOG, MINIMISE, MENU)]
    assert known == [LOG, MINIMISE, MENU]
    after = walk(visitor.page, LAUNCHER)
    known = [name for name in after if name in (MINIMISE, LOG, FIELD, SEND, EMOJI, LAUNCHER)]
    assert known == [MINIMISE, LOG, FIELD, SEND, EMOJI, LAUNCHER]
    assert "" not in before + after, "a stop has no name, or the focus got lost"


def test_every_button_does_by_key_what_it_does_by_click(visitor: Visitor) -> None:
    opened_by_key(visitor)
    walk(visitor.page, MENU, "Shift+Tab")
    visitor.page.keyboard.press("Space")
    expect(visitor.sheet).to_be_focused()
    for name in ("Name", "E-mail address", "Save", *SWITCHES):
        walk(visitor.page, name)
    visitor.page.keyboard.press("Space")
    expect(visitor.sheet.get_by_role("switch", name=SWITCHES[-1])).not_to_be_checked()
    visitor.page.keyboard.press("Escape")
    assert focused(visitor.page) == MENU
    walk(visitor.page, FIELD)
    visitor.page.keyboard.type("By the button")
    walk(visitor.page, SEND)
    visitor.page.keyboard.press("Enter")
    visitor.chat.shows("By the button")
    expect(visitor.chat.input).to_be_focused()


def test_the_conversation_is_scrolled_by_keys(people: People, past: Past, somebody: User) -> None:
    past.asked(somebody, *(f"line {number}" for number in range(40)))
    visitor = people.customer(somebody)
    visitor.arrive()
    opened_by_key(visitor)
    expect(visitor.chat.texts.last).to_be_in_viewport()
    walk(visitor.page, LOG, "Shift+Tab")
    visitor.page.keyboard.press("Home")
    expect(visitor.chat.texts.first).to_be_in_viewport()
    visitor.page.keyboard.press("End")
    expect(visitor.chat.texts.last).to_be_in_viewport(ratio=1)


def test_the_way_to_the_newest_keeps_the_focus(people: People, past: Past, somebody: User) -> None:
    past.asked(somebody, *(f"line {number}" for number in range(40)))
    visitor = people.customer(somebody)
    visitor.arrive()
    opened_by_key(visitor)
    expect(visitor.chat.texts.last).to_be_in_viewport()
    walk(visitor.page, LOG, "Shift+Tab")
    visitor.page.keyboard.press("Home")
    # Browsers glide there, and whoever presses a key on the way is carried on.
    visitor.page.wait_for_function(
        "log => log.scrollTop === 0", arg=visitor.chat.log.element_handle()
    )
    walk(visitor.page, "To the newest message")
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.texts.last).to_be_in_viewport(ratio=1)
    assert focus_is_inside(visitor)


def test_a_link_in_an_answer_is_a_stop(people: People, past: Past, somebody: User) -> None:
    past.answered(past.asked(somebody, "Where?"), "See https://lamps.example/a")
    visitor = people.customer(somebody)
    visitor.arrive()
    expect(visitor.badge).to_have_text("1")
    walk(visitor.page, "Chat, 1 unread message")
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.input).to_be_focused()
    expect(visitor.chat.texts.last.get_by_role("link")).to_be_visible()
    assert "https://lamps.example/a" in walk(visitor.page, LOG, "Shift+Tab")


def test_a_refused_text_is_tried_again_or_dropped_by_key(visitor: Visitor) -> None:
    opened_by_key(visitor)
    visitor.page.evaluate(TOO_LONG)
    expect(visitor.panel.get_by_test_id("drop")).to_be_visible()
    back = walk(visitor.page, LOG, "Shift+Tab")
    assert [name for name in back if name in ("Delete", "Try again")] == ["Delete", "Try again"]
    walk(visitor.page, "Try again")
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.messages).to_have_attribute("data-state", "failed")
    walk(visitor.page, FIELD)
    walk(visitor.page, "Delete", "Shift+Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.messages).to_have_count(0)


def test_who_drops_a_text_keeps_the_focus_in_the_panel(visitor: Visitor) -> None:
    opened_by_key(visitor)
    visitor.page.evaluate(TOO_LONG)
    expect(visitor.panel.get_by_test_id("drop")).to_be_visible()
    walk(visitor.page, "Delete", "Shift+Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.messages).to_have_count(0)
    assert focus_is_inside(visitor)
