"""The badge on the button counts what was not read, and nothing else."""

from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.past import Past
from tests.browser.visitor import Visitor
from tests.cast import ADA


def test_the_badge_counts_answers_that_come_while_closed(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    ada.chat.say("Anybody there?")
    ada.close()
    expect(ada.badge).to_be_hidden()
    agent.open("Anybody there?")
    agent.chat.say("Yes!")
    expect(ada.badge).to_have_text("1")
    agent.chat.say("How can I help?")
    expect(ada.badge).to_have_text("2")
    expect(ada.launcher).to_have_accessible_name("Chat, 2 unread messages")


def test_the_badge_stops_at_nine_and_clears_on_open(ada: Visitor, agent: Agent, past: Past) -> None:
    chat_id = past.asked(ADA, "Anybody there?")
    ada.open_live()
    ada.close()
    past.answered(chat_id, *(f"Line {number}" for number in range(9)))
    expect(ada.badge).to_have_text("9")
    past.answered(chat_id, "One more")
    expect(ada.badge).to_have_text("9+")
    agent.open("One more")
    expect(agent.page.get_by_test_id("seen")).to_have_count(0)
    ada.open()
    expect(ada.badge).to_be_hidden()
    expect(agent.page.get_by_test_id("seen")).to_be_visible()
    ada.close()
    expect(ada.badge).to_be_hidden()


def test_the_badge_is_there_when_the_user_comes_back(ada: Visitor, past: Past) -> None:
    chat_id = past.asked(ADA, "Anybody there?")
    past.answered(chat_id, "Yes!", "Still here.")
    ada.arrive()
    expect(ada.badge).to_have_text("2")
    ada.open_live()
    expect(ada.badge).to_be_hidden()
    ada.arrive()
    ada.open_live()
    ada.close()
    expect(ada.badge).to_be_hidden()


def test_an_answer_under_ones_eyes_does_not_count(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    ada.chat.say("Anybody there?")
    agent.open("Anybody there?")
    agent.chat.say("Yes!")
    ada.chat.shows("Anybody there?", "Yes!")
    expect(agent.page.get_by_test_id("seen")).to_be_visible()
    ada.close()
    expect(ada.badge).to_be_hidden()


def test_reading_in_one_tab_clears_the_badge_of_the_other(ada: Visitor, past: Past) -> None:
    chat_id = past.asked(ADA, "Anybody there?")
    past.answered(chat_id, "Yes!")
    ada.arrive()
    expect(ada.badge).to_have_text("1")
    other = ada.another_tab()
    expect(other.badge).to_have_text("1")
    other.open()
    expect(ada.badge).to_be_hidden()
