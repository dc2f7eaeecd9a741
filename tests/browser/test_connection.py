"""The dot tells the truth, and whatever happened to the line, the conversation goes on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, WebSocketRoute, expect

from tests.browser.agent import Agent
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA

NO_WEBSOCKET = "delete window.WebSocket"


def without_websocket(context: BrowserContext) -> None:
    """A browser that has none."""
    context.add_init_script(NO_WEBSOCKET)


def behind_a_deaf_proxy(context: BrowserContext) -> None:
    """A network that closes every socket at once."""
    context.route_web_socket("**/cable", refuse)


def refuse(socket: WebSocketRoute) -> None:
    socket.close()


def test_without_network_the_dot_is_not_live_and_comes_back_by_itself(
    ada: Visitor, agent: Agent, past: Past, watch: Watch
) -> None:
    watch.expect_no_answer()
    chat_id = past.asked(ADA, "Hello?")
    ada.open_live()
    live = ada.colour_of(ada.dot)
    ada.context.set_offline(True)
    expect(ada.dot).to_have_attribute("data-state", "offline")
    assert ada.colour_of(ada.dot) != live
    past.answered(chat_id, "Are you there?")
    ada.context.set_offline(False)
    ada.is_live()
    ada.chat.shows("Hello?", "Are you there?")
    agent.open("Are you there?")
    ada.chat.say("Back again.")
    agent.chat.shows("Hello?", "Are you there?", "Back again.")


def test_the_dashboard_tells_the_truth_too(agent: Agent, past: Past, watch: Watch) -> None:
    watch.expect_no_answer()
    past.asked(ADA, "Hello?")
    agent.open("Hello?")
    agent.page.context.set_offline(True)
    expect(agent.connection).to_have_attribute("data-state", "offline")
    agent.chat.send("Hello!")
    past.asked(ADA, "Still there?")
    expect(agent.chat.waiting).to_have_count(1)
    agent.page.context.set_offline(False)
    agent.is_live()
    agent.chat.shows("Hello?", "Still there?", "Hello!")


@pytest.mark.parametrize("deprive", [without_websocket, behind_a_deaf_proxy])
def test_without_websocket_messages_come_both_ways_and_the_dot_is_not_green(
    people: People, past: Past, watch: Watch, deprive: Callable[[BrowserContext], None]
) -> None:
    watch.expect_no_answer()
    ada = people.customer(ADA)
    deprive(ada.context)
    ada.arrive()
    ada.open()
    expect(ada.dot).to_have_attribute("data-state", "polling")
    ada.chat.say("Hello?")
    chat_id = past.asked(ADA)
    past.answered(chat_id, "Hello!")
    ada.chat.shows("Hello?", "Hello!")
    expect(ada.dot).to_have_attribute("data-state", "polling")
    ada.chat.say("Slow, but here.")
    agent = people.agent()
    agent.arrive()
    agent.open("Slow, but here.")
    agent.chat.shows("Hello?", "Hello!", "Slow, but here.")


def test_an_agent_without_websocket_can_work(people: People, past: Past) -> None:
    agent = people.agent()
    without_websocket(agent.page.context)
    past.asked(ADA, "Hello?")
    agent.come_back()
    expect(agent.connection).to_have_attribute("data-state", "polling")
    agent.open("Hello?")
    agent.chat.say("Hello!")
    past.asked(ADA, "Wonderful")
    agent.chat.shows("Hello?", "Hello!", "Wonderful")
