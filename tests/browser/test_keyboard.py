"""The widget without a mouse."""

from playwright.sync_api import Locator, expect

from tests.browser.agent import Agent
from tests.browser.people import People
from tests.browser.visitor import Visitor

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}


def tab_to(visitor: Visitor, target: Locator) -> None:
    """Press Tab until the target has the focus, as often as the page has stops."""
    for _ in range(12):
        visitor.page.keyboard.press("Tab")
        if target.evaluate("node => node === node.getRootNode().activeElement"):
            return
    expect(target).to_be_focused()


def test_a_whole_conversation_by_keyboard_alone(visitor: Visitor, agent: Agent) -> None:
    keys = visitor.page.keyboard
    tab_to(visitor, visitor.launcher)
    keys.press("Enter")
    expect(visitor.chat.input).to_be_focused()
    visitor.is_live()
    keys.type("Hello?")
    keys.press("Enter")
    visitor.chat.shows("Hello?")
    agent.open("Hello?")
    agent.chat.say("Hello!")
    visitor.chat.shows("Hello?", "Hello!")
    keys.type("By the button")
    tab_to(visitor, visitor.chat.send_button)
    keys.press("Space")
    visitor.chat.shows("Hello?", "Hello!", "By the button")
    expect(visitor.chat.input).to_be_focused()
    keys.press("Escape")
    expect(visitor.panel).to_be_hidden()
    expect(visitor.launcher).to_be_focused()


def test_the_close_button_gives_the_focus_back(visitor: Visitor) -> None:
    visitor.open_live()
    tab_to(visitor, visitor.close_button)
    visitor.page.keyboard.press("Enter")
    expect(visitor.panel).to_be_hidden()
    expect(visitor.launcher).to_be_focused()


def test_on_a_phone_tab_stays_in_the_panel(people: People) -> None:
    visitor = people.visitor(people.context(**PHONE))
    visitor.arrive()
    visitor.open_live()
    expect(visitor.panel).to_have_attribute("aria-modal", "true")
    for _ in range(10):
        visitor.page.keyboard.press("Tab")
        inside = "panel => panel.contains(panel.getRootNode().activeElement)"
        assert visitor.panel.evaluate(inside)


def test_what_is_typed_is_no_shortcut_of_the_page(visitor: Visitor) -> None:
    visitor.page.evaluate("addEventListener('keydown', ({ key }) => (document.title += key))")
    title = visitor.page.title()
    visitor.open_live()
    visitor.chat.input.press_sequentially("Hello")
    assert visitor.page.title() == title


def test_the_dashboard_is_walked_by_keys(agent: Agent, visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.say("Hello?")
    expect(agent.cards).to_have_count(1)
    keys = agent.page.keyboard
    keys.press("j")
    keys.press("Enter")
    expect(agent.chat.input).to_be_focused()
    keys.type("Hello!")
    keys.press("Enter")
    agent.chat.shows("Hello?", "Hello!")
    keys.press("Escape")
    expect(agent.chat.input).to_have_count(0)
