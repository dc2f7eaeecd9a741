"""What the widget tells by itself to somebody who does not see it: each thing once."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from deskbell.domain.people import User
from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.ear import Ear
from tests.browser.gate import hold_answers, hold_frames
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch


@pytest.fixture
def clock(lasting_clock: JumpingClock) -> JumpingClock:
    return lasting_clock


@pytest.fixture
def desk(lasting_desk: LiveDesk) -> LiveDesk:
    return lasting_desk


def test_an_answer_is_said_once_and_takes_no_focus(
    people: People, past: Past, somebody: User
) -> None:
    chat_id = past.asked(somebody, "Hello?")
    visitor = people.customer(somebody)
    visitor.arrive()
    visitor.open_live()
    expect(visitor.chat.texts).to_have_count(1)
    ear = Ear(visitor.page)
    past.answered(chat_id, "Good morning")
    past.answered(chat_id, "How can I help?")
    visitor.chat.shows("Hello?", "Good morning", "How can I help?")
    for answer in ("Good morning", "How can I help?"):
        (said,) = ear.heard(answer)
        assert said.startswith("Support ")
    assert ear.heard("Hello?") == []
    expect(visitor.chat.input).to_be_focused()


def test_a_closed_panel_keeps_silent(people: People, past: Past, somebody: User) -> None:
    chat_id = past.asked(somebody, "Hello?")
    visitor = people.customer(somebody)
    visitor.arrive()
    visitor.open_live()
    visitor.close()
    ear = Ear(visitor.page)
    past.answered(chat_id, "Good morning")
    expect(visitor.badge).to_have_text("1")
    assert ear.heard() == []


def test_an_own_text_is_not_said_again_when_it_is_stored(people: People) -> None:
    visitor = people.visitor()
    gate = hold_frames(visitor.context, "new_message")
    visitor.arrive()
    visitor.open_live()
    ear = Ear(visitor.page)
    visitor.chat.send("Hello?")
    expect(visitor.chat.messages).to_have_attribute("data-state", "sending")
    gate.open()
    visitor.chat.shows("Hello?")
    assert len(ear.heard("Hello?")) <= 1


def test_what_was_there_before_is_not_said_on_opening(
    people: People, past: Past, somebody: User
) -> None:
    past.answered(past.asked(somebody, "Hello?"), "Good morning")
    visitor = people.customer(somebody)
    visitor.arrive()
    expect(visitor.badge).to_have_text("1")
    ear = Ear(visitor.page)
    visitor.open_live()
    visitor.chat.shows("Hello?", "Good morning")
    visitor.close()
    visitor.open()
    assert ear.heard("Hello?") == []
    assert ear.heard("Good morning") == []


def test_what_was_there_before_is_not_said_when_it_comes_after_opening(
    people: People, past: Past, somebody: User
) -> None:
    past.answered(past.asked(somebody, "Hello?"), "Good morning")
    visitor = people.customer(somebody)
    gate = hold_answers(visitor.context, "**/support_chat")
    visitor.arrive()
    visitor.open()
    ear = Ear(visitor.page)
    gate.open()
    visitor.chat.shows("Hello?", "Good morning")
    assert ear.heard("Hello?") == []
    assert ear.heard("Good morning") == []


def test_older_messages_are_not_said(people: People, past: Past, somebody: User) -> None:
    past.asked(somebody, *(f"line {number}." for number in range(80)))
    visitor = people.customer(somebody)
    visitor.arrive()
    visitor.open_live()
    expect(visitor.chat.texts.last).to_be_in_viewport()
    ear = Ear(visitor.page)
    visitor.chat.log.evaluate("log => log.scrollTo(0, 0)")
    expect(visitor.chat.texts).to_have_count(80)
    assert ear.heard("line") == []


def test_the_connection_is_said_once_at_every_change(visitor: Visitor, watch: Watch) -> None:
    watch.expect_no_answer()
    visitor.open_live()
    ear = Ear(visitor.page)
    visitor.context.set_offline(True)
    expect(visitor.dot).to_have_attribute("data-state", "offline")
    visitor.context.set_offline(False)
    visitor.is_live()
    said = ear.heard()
    assert len(ear.heard("No connection")) == 1
    assert said[-1].startswith("Connected")
    assert all(one != after for one, after in pairwise(said))


def test_an_agent_who_types_is_said_once(people: People, past: Past, somebody: User) -> None:
    past.asked(somebody, "Hello?")
    visitor = people.customer(somebody)
    visitor.arrive()
    visitor.open_live()
    agent = people.agent()
    agent.arrive()
    agent.open(f"{somebody.email}")
    expect(visitor.panel.get_by_text("Dana is here")).to_be_visible()
    ear = Ear(visitor.page)
    agent.chat.input.press_sequentially("One moment please")
    expect(visitor.chat.typing).to_be_visible()
    assert len(ear.heard("typing")) <= 1
