"""Messages stay in order, and none appears twice."""

import json

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.agent import Agent
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA


def test_messages_stay_in_order_when_both_type_fast(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    ada.chat.say("Go!")
    agent.open("Go!")
    asked = [f"question {number}" for number in range(15)]
    answered = [f"answer {number}" for number in range(15)]
    for question, answer in zip(asked, answered, strict=True):
        ada.chat.send(question)
        agent.chat.send(answer)
    for chat in (ada.chat, agent.chat):
        expect(chat.texts).to_have_count(31)
        expect(chat.waiting).to_have_count(0)
        assert chat.seqs() == list(range(1, 32))
    told = ada.chat.texts.all_inner_texts()
    assert told == agent.chat.texts.all_inner_texts()
    assert [text for text in told if text in asked] == asked
    assert [text for text in told if text in answered] == answered


def test_two_tabs_of_one_user_show_the_same_once(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    other = ada.another_tab()
    other.open_live()
    ada.chat.say("From the first tab")
    other.chat.shows("From the first tab")
    other.chat.say("From the second tab")
    agent.open("From the second tab")
    agent.chat.say("Hello to both")
    for chat in (ada.chat, other.chat, agent.chat):
        chat.shows("From the first tab", "From the second tab", "Hello to both")


def test_a_reload_shows_everything_once(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    ada.chat.say("Hello?")
    agent.open("Hello?")
    agent.chat.say("Hello!")
    ada.arrive()
    ada.open_live()
    ada.chat.shows("Hello?", "Hello!")
    agent.page.reload()
    agent.chat.shows("Hello?", "Hello!")


def test_a_message_whose_acknowledgement_is_lost_is_sent_again_and_stored_once(
    people: People, agent: Agent
) -> None:
    """The cruellest moment to lose a connection: the server has the message, we do not know."""
    ada = people.customer(ADA)
    lost: list[str] = []

    def lose_the_first_acknowledgement(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def hand_on(frame: str | bytes) -> None:
            if not lost and "new_message" in str(frame):
                lost.append(json.loads(frame)["message"]["message"]["id"])
                socket.close()
            else:
                socket.send(frame)

        server.on_message(hand_on)

    ada.page.route_web_socket("**/cable", lose_the_first_acknowledgement)
    ada.arrive()
    ada.open_live()
    ada.chat.send("Hello?")
    expect(agent.cards).to_contain_text("1 message")
    ada.chat.shows("Hello?")
    ada.is_live()
    assert lost
    agent.open("Hello?")
    ada.chat.say("Again")
    for chat in (ada.chat, agent.chat):
        chat.shows("Hello?", "Again")


def test_what_is_written_offline_survives_the_tab_and_is_sent_once(
    ada: Visitor, agent: Agent, watch: Watch
) -> None:
    watch.expect_no_answer()
    ada.open_live()
    ada.chat.say("One")
    agent.open("One")
    ada.context.set_offline(True)
    expect(ada.dot).to_have_attribute("data-state", "offline")
    ada.chat.send("Two")
    ada.chat.send("Three")
    expect(ada.chat.waiting).to_have_count(2)
    ada.page.close()
    ada.context.set_offline(False)
    later = ada.another_tab()
    later.open_live()
    later.chat.shows("One", "Two", "Three")
    agent.chat.shows("One", "Two", "Three")


def test_a_text_waits_visibly_while_offline(ada: Visitor, watch: Watch) -> None:
    watch.expect_no_answer()
    ada.open_live()
    ada.context.set_offline(True)
    ada.chat.send("Hello?")
    expect(ada.chat.messages).to_have_attribute("data-state", "waiting")
    expect(ada.panel.get_by_test_id("retry")).to_be_visible()
    ada.context.set_offline(False)
    ada.chat.shows("Hello?")
    expect(ada.chat.messages).to_have_attribute("data-state", "sent")


def test_older_messages_come_while_one_scrolls_up(people: People, past: Past) -> None:
    texts = [f"line {number}" for number in range(120)]
    past.asked(ADA, *texts)
    ada = people.customer(ADA)
    ada.arrive()
    ada.open_live()
    expect(ada.chat.texts.last).to_be_in_viewport()
    expect(ada.chat.texts).to_have_count(50)
    for shown in (100, 120):
        ada.chat.log.evaluate("log => log.scrollTo(0, 0)")
        expect(ada.chat.texts).to_have_count(shown)
    ada.chat.shows(*texts)
