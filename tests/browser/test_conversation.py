"""A user and an agent talk: both see at once what the other writes."""

from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.past import Past
from tests.browser.visitor import Visitor
from tests.cast import ADA


def test_a_user_opens_the_widget_and_sends(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.send("Do you ship to Norway?")
    visitor.chat.shows("Do you ship to Norway?")
    sent = visitor.chat.messages.first
    expect(sent).to_have_attribute("data-sender", "user")
    expect(sent.locator("time")).to_be_visible()
    expect(visitor.chat.input).to_have_value("")


def test_the_agent_sees_live_what_a_user_sends(visitor: Visitor, agent: Agent) -> None:
    expect(agent.cards).to_have_count(0)
    visitor.open_live()
    visitor.chat.say("Do you ship to Norway?")
    expect(agent.cards).to_have_attribute("data-unread", "true")
    agent.open("Do you ship to Norway?")
    agent.chat.shows("Do you ship to Norway?")
    visitor.chat.say("To Bergen, that is.")
    agent.chat.shows("Do you ship to Norway?", "To Bergen, that is.")


def test_the_user_sees_at_once_what_the_agent_answers(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    ada.chat.say("Is the brass lacquered?")
    agent.open("Is the brass lacquered?")
    agent.chat.say("It is not.")
    ada.chat.shows("Is the brass lacquered?", "It is not.")
    assert ada.chat.senders() == ["user", "admin"]
    ada.chat.say("Good.")
    agent.chat.shows("Is the brass lacquered?", "It is not.", "Good.")


def test_each_sees_that_the_other_is_typing(ada: Visitor, agent: Agent, past: Past) -> None:
    past.asked(ADA, "Hello?")
    ada.open_live()
    agent.open("Hello?")
    agent.chat.input.press_sequentially("One mom")
    expect(ada.chat.typing).to_contain_text("Dana")
    agent.chat.say("One moment")
    expect(ada.chat.typing).to_have_count(0)
    ada.chat.input.press_sequentially("Th")
    expect(agent.chat.typing).to_contain_text("Ada")


def test_enter_sends_and_shift_enter_breaks_the_line(visitor: Visitor, agent: Agent) -> None:
    visitor.open_live()
    for chat in (visitor.chat, agent.chat):
        chat.input.press_sequentially("Hello")
        chat.input.press("Shift+Enter")
        chat.input.press_sequentially("it is me")
        expect(chat.input).to_have_value("Hello\nit is me")
        chat.input.press("Enter")
        expect(chat.input).to_have_value("")
        expect(chat.texts.last).to_have_text("Hello\nit is me", use_inner_text=True)
        if chat is visitor.chat:
            agent.open("Hello")
    assert agent.chat.senders() == ["user", "admin"]


def test_a_blank_message_is_not_sent(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.send("  \n ")
    visitor.chat.send("Hello")
    visitor.chat.shows("Hello")


def test_markup_in_a_message_stays_text(visitor: Visitor, agent: Agent) -> None:
    evil = '<img src="/nothing" onerror="alert(1)"><b>bold</b>'
    visitor.open_live()
    visitor.chat.say(evil)
    agent.open("onerror")
    for chat in (visitor.chat, agent.chat):
        chat.shows(evil)
        expect(chat.texts.locator("img, b")).to_have_count(0)


def test_own_words_stand_on_the_right_on_both_sides(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    ada.chat.say("Hello?")
    agent.open("Hello?")
    agent.chat.say("Hello!")
    ada.chat.shows("Hello?", "Hello!")
    for chat, own, other in ((ada.chat, "user", "admin"), (agent.chat, "admin", "user")):
        right = chat.frame.locator(f"[data-sender={own}] p").bounding_box()
        left = chat.frame.locator(f"[data-sender={other}] p").bounding_box()
        assert right is not None
        assert left is not None
        assert right["x"] > left["x"]
