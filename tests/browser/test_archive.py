"""Chats are put aside, brought back, and come back by themselves."""

from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.cast import ADA, BEN


def test_archiving_moves_a_chat_to_the_other_tab(agent: Agent, past: Past) -> None:
    past.asked(ADA, "Solved, thanks")
    past.asked(BEN, "Not yet")
    expect(agent.active).to_contain_text("2")
    agent.open("Solved, thanks")
    agent.archive.click()
    expect(agent.restore).to_be_visible()
    agent.back.click()
    expect(agent.cards).to_have_count(1)
    expect(agent.cards).to_contain_text("Not yet")
    expect(agent.active).to_contain_text("1")
    expect(agent.archived).to_contain_text("1")
    agent.archived.click()
    expect(agent.cards).to_have_count(1)
    expect(agent.cards).to_contain_text("Solved, thanks")


def test_restoring_brings_it_back(agent: Agent, past: Past) -> None:
    past.archived(past.asked(ADA, "Not solved after all"))
    agent.archived.click()
    agent.open("Not solved after all")
    agent.restore.click()
    expect(agent.archive).to_be_visible()
    agent.active.click()
    expect(agent.cards).to_contain_text("Not solved after all")
    agent.archived.click()
    expect(agent.cards).to_have_count(0)


def test_another_agent_sees_it_move(people: People, agent: Agent, past: Past) -> None:
    past.asked(ADA, "Solved, thanks")
    other = people.agent()
    other.arrive()
    other.open("Solved, thanks")
    agent.open("Solved, thanks")
    agent.archive.click()
    expect(other.restore).to_be_visible()
    expect(other.cards).to_have_count(0)
    other.restore.click()
    expect(agent.archive).to_be_visible()
    expect(agent.cards).to_have_count(1)


def test_a_user_message_reactivates_an_archived_chat(
    ada: Visitor, agent: Agent, past: Past
) -> None:
    past.archived(past.asked(ADA, "Solved, thanks"))
    agent.archived.click()
    agent.open("Solved, thanks")
    expect(agent.restore).to_be_visible()
    ada.open_live()
    ada.chat.say("One more thing")
    expect(agent.archive).to_be_visible()
    expect(agent.cards).to_have_count(0)
    agent.active.click()
    expect(agent.cards).to_contain_text("One more thing")


def test_an_answer_does_not_reactivate_an_archived_chat(
    ada: Visitor, agent: Agent, past: Past
) -> None:
    past.archived(past.asked(ADA, "Solved, thanks"))
    agent.archived.click()
    agent.open("Solved, thanks")
    agent.chat.say("You are welcome")
    ada.open_live()
    ada.chat.shows("Solved, thanks", "You are welcome")
    expect(agent.restore).to_be_visible()
    expect(agent.archived).to_contain_text("1")
