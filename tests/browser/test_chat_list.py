"""What an agent sees of all chats, and of one."""

from playwright.sync_api import expect

from deskbell.domain.people import User
from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.cast import ADA, BEN


def test_a_card_tells_who_what_how_many_and_when(
    people: People, past: Past, clock: JumpingClock
) -> None:
    with clock.ago(minutes=2):
        past.asked(ADA, "One", "Two", "x" * 150)
    agent = people.agent()
    agent.arrive()
    card = agent.card("ada@lamps.example")
    expect(card).to_contain_text("3 messages · 2 minutes ago")
    expect(card.locator("p")).to_have_text("x" * 99 + "…")
    expect(card).to_have_attribute("data-unread", "true")
    expect(agent.unread_count).to_contain_text("1")


def test_an_own_answer_is_previewed_as_ones_own(agent: Agent, past: Past) -> None:
    past.answered(past.asked(ADA, "Hello?"), "Hello!")
    expect(agent.card("ada@lamps.example").locator("p")).to_have_text("You: Hello!")


def test_the_chat_with_the_newest_message_is_on_top(agent: Agent, past: Past) -> None:
    past.asked(ADA, "First")
    past.asked(BEN, "Second")
    expect(agent.cards.locator("p")).to_have_text(["Second", "First"])
    past.asked(ADA, "Third")
    expect(agent.cards.locator("p")).to_have_text(["Third", "Second"])


def test_looking_at_a_chat_takes_its_mark_away(agent: Agent, past: Past) -> None:
    past.asked(ADA, "Hello?")
    past.asked(BEN, "Good morning")
    expect(agent.unread_count).to_contain_text("2")
    agent.open("Hello?")
    expect(agent.card("Hello?")).to_have_attribute("data-unread", "false")
    expect(agent.card("Good morning")).to_have_attribute("data-unread", "true")
    expect(agent.unread_count).to_contain_text("1")
    past.asked(ADA, "Still there?")
    expect(agent.chat.texts).to_have_text(["Hello?", "Still there?"])
    expect(agent.card("Still there?")).to_have_attribute("data-unread", "false")


def test_a_conversation_is_divided_by_days(people: People, past: Past, clock: JumpingClock) -> None:
    with clock.ago(days=400):
        chat_id = past.asked(ADA, "Long ago")
    with clock.ago(days=1):
        past.answered(chat_id, "Yesterday's answer")
    past.asked(ADA, "Now")
    agent = people.agent()
    agent.arrive()
    agent.open("Now")
    agent.chat.shows("Long ago", "Yesterday's answer", "Now")
    expect(agent.days).to_have_count(3)
    expect(agent.days.nth(0)).to_contain_text("20")
    expect(agent.days.nth(1)).to_have_text("Yesterday")
    expect(agent.days.nth(2)).to_have_text("Today")
    ada = people.customer(ADA)
    ada.arrive()
    ada.open_live()
    expect(ada.chat.log.locator(".day")).to_have_count(3)


def test_the_agent_sees_whom_they_talk_to(agent: Agent, past: Past) -> None:
    past.asked(ADA, "Hello?")
    agent.open("Hello?")
    expect(agent.header).to_contain_text("ada@lamps.example")
    for known in ("ada@lamps.example", "Ada", "plan", "trade"):
        expect(agent.user_info).to_contain_text(known)


def test_an_anonymous_visitor_is_told_apart(agent: Agent, visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.say("Hello?")
    agent.open("Hello?")
    expect(agent.header).to_contain_text("Visitor")
    expect(agent.header).to_contain_text("Online")
    visitor.page.close()
    expect(agent.header).not_to_contain_text("Online")


def test_more_chats_than_a_page_come_while_one_scrolls(agent: Agent, past: Past) -> None:
    for number in range(60):
        past.asked(User(f"guest-{number}", f"{number}@lamps.example"), "Hello?")
    agent.page.reload()
    expect(agent.cards).to_have_count(50)
    agent.cards.last.scroll_into_view_if_needed()
    expect(agent.cards).to_have_count(60)
