"""Nobody answers, so the visitor leaves an address: asked in time, confirmed by mail, then used."""

import pytest
from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.mail_server import Inbox, link_in
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.test_mail import FOR_ADA, FOR_BEN, tell_ben
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA

EMAIL = "vera@home.example"
LONG_AGO = 50
"""Seconds: longer than a visitor has to wait before being asked, and no token's clock minds."""


@pytest.fixture
def waiting(visitor: Visitor, clock: JumpingClock) -> Visitor:
    """Somebody new who asked a while ago, and whom nobody has answered."""
    visitor.open_live()
    with clock.ago(seconds=LONG_AGO):
        visitor.chat.say("Is anybody there?")
    expect(visitor.ask).to_be_visible()
    return visitor


def leave(visitor: Visitor, email: str) -> None:
    visitor.ask.get_by_role("textbox").fill(email)
    visitor.ask.get_by_role("button", name="Save").click()


def test_who_has_just_written_is_not_asked(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.say("Is anybody there?")
    visitor.menu.click()
    expect(visitor.sheet).to_be_visible()
    expect(visitor.ask).to_have_count(0)


def test_an_address_is_confirmed_by_a_mail_before_it_is_used(
    waiting: Visitor, people: People, agent: Agent, clock: JumpingClock, inbox: Inbox
) -> None:
    leave(waiting, EMAIL)
    expect(waiting.ask).to_contain_text(f"We sent a link to {EMAIL}")
    (asks,) = inbox.wait_for(1)
    assert asks["To"] == EMAIL
    page = people.context().new_page()
    page.goto(link_in(asks, "/confirm_email#token="))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("your address is confirmed")
    waiting.page.close()
    agent.open("Is anybody there?")
    agent.chat.say("Here I am")
    clock.jump(minutes=5)
    assert inbox.wait_for(2)[-1]["To"] == EMAIL


def test_an_address_that_nobody_confirmed_gets_nothing_more(
    waiting: Visitor, agent: Agent, past: Past, clock: JumpingClock, inbox: Inbox
) -> None:
    leave(waiting, EMAIL)
    inbox.wait_for(1)
    waiting.page.close()
    agent.open("Is anybody there?")
    agent.chat.say("Here I am")
    clock.jump(minutes=5)
    tell_ben(past, clock, inbox)
    assert [mail["To"] for mail in inbox.mails] == [EMAIL, FOR_BEN]
    assert past.mails("no_address") == 1


def test_an_agent_sees_that_an_address_is_not_confirmed(waiting: Visitor, agent: Agent) -> None:
    leave(waiting, EMAIL)
    expect(waiting.ask).to_contain_text("We sent a link")
    agent.open("Is anybody there?")
    expect(agent.user_info).to_contain_text("E-mail, not confirmed")
    expect(agent.user_info).to_contain_text(EMAIL)


def test_what_is_no_address_is_told_and_nothing_is_sent(waiting: Visitor, inbox: Inbox) -> None:
    leave(waiting, "vera at home")
    expect(waiting.ask).to_contain_text("This is not an e-mail address.")
    assert inbox.mails == []


def test_what_the_server_refuses_is_told(waiting: Visitor, watch: Watch, inbox: Inbox) -> None:
    watch.expect("status of 422")
    leave(waiting, "vera@localhost")
    expect(waiting.ask).to_contain_text("This is not an e-mail address.")
    assert inbox.mails == []


def test_what_cannot_be_saved_now_stays_in_the_field(waiting: Visitor, watch: Watch) -> None:
    watch.expect_no_answer()
    waiting.page.route("**/support_chat/contact", lambda route: route.abort(), times=1)
    leave(waiting, EMAIL)
    expect(waiting.ask).to_contain_text("Could not be saved")
    expect(waiting.ask.get_by_role("textbox")).to_have_value(EMAIL)
    leave(waiting, EMAIL)
    expect(waiting.ask).to_contain_text(f"We sent a link to {EMAIL}")


def test_who_does_not_want_to_is_not_asked_again(waiting: Visitor) -> None:
    waiting.panel.get_by_test_id("later").click()
    expect(waiting.ask).to_have_count(0)
    expect(waiting.menu).to_be_focused()
    waiting.arrive()
    waiting.open_live()
    waiting.chat.shows("Is anybody there?")
    waiting.menu.click()
    expect(waiting.sheet).to_be_visible()
    expect(waiting.ask).to_have_count(0)


def test_a_page_may_forbid_the_question(people: People, clock: JumpingClock) -> None:
    visitor = people.visitor(contact="false")
    visitor.arrive()
    visitor.open_live()
    with clock.ago(seconds=LONG_AGO):
        visitor.chat.say("Is anybody there?")
    visitor.menu.click()
    expect(visitor.sheet).to_be_visible()
    expect(visitor.ask).to_have_count(0)


def test_a_name_is_told_to_the_agents(visitor: Visitor, agent: Agent) -> None:
    visitor.open_live()
    visitor.chat.say("Hello?")
    visitor.menu.click()
    visitor.sheet.get_by_role("textbox", name="Name").fill("Vera")
    visitor.sheet.get_by_role("button", name="Save").click()
    expect(visitor.sheet).to_contain_text("Saved.")
    expect(agent.cards.first).to_contain_text("Vera")
    agent.open("Hello?")
    expect(agent.user_info).to_contain_text("Name, as the visitor says")


def test_mails_are_switched_off_and_on_by_anybody(
    ada: Visitor, past: Past, clock: JumpingClock, inbox: Inbox
) -> None:
    ada.open_live()
    ada.chat.say("Where is my lamp?")
    ada.menu.click()
    expect(ada.sheet).to_contain_text("Name and address come from this site.")
    mails = ada.sheet.get_by_role("switch", name="Mail me answers")
    with ada.page.expect_response("**/support_chat/contact"):
        mails.uncheck()
    ada.arrive()
    ada.open_live()
    ada.menu.click()
    expect(mails).not_to_be_checked()
    with ada.page.expect_response("**/support_chat/contact"):
        mails.check()
    ada.page.close()
    past.answered(past.asked(ADA), "On its way.")
    clock.jump(minutes=5)
    assert inbox.wait_for(1)[0]["To"] == FOR_ADA
