"""A long conversation: the newest first, older ones as one scrolls, and nothing moves by itself."""

from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from deskbell.domain.people import User
from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.gate import hold_answers
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor

PAGE = 50
TEXTS = [f"line {number}" + " and what came of it" * (number % 4) for number in range(180)]
STILL_PX = 2
OLDER = "**/support_chat/messages?*"

PLACE_OF_FIRST_VISIBLE = """log => {
  const { top } = log.getBoundingClientRect();
  const rows = [...log.querySelectorAll("[data-seq]")];
  const row = rows.find((row) => row.getBoundingClientRect().top > top);
  return [row.dataset.seq, row.getBoundingClientRect().top];
}"""


@pytest.fixture
def clock(lasting_clock: JumpingClock) -> JumpingClock:
    return lasting_clock


@pytest.fixture
def desk(lasting_desk: LiveDesk) -> LiveDesk:
    return lasting_desk


@pytest.fixture(scope="module")
def reader(lasting_desk: LiveDesk, lasting_clock: JumpingClock) -> User:
    """Somebody with a long conversation of several days behind them, all of it read."""
    reader = User("reader", "reader@lamps.example", "Noa")
    with closing(Past(lasting_desk.origin, lasting_clock)) as past:
        for start in range(0, len(TEXTS), 30):
            with lasting_clock.ago(hours=len(TEXTS) - start):
                chat_id = past.asked(reader, *TEXTS[start : start + 18])
                past.answered(chat_id, *TEXTS[start + 18 : start + 30])
        past.read(reader)
    return reader


def open_chat(people: People, user: User, **options: Any) -> Visitor:
    context = people.context(reduced_motion="reduce", **options)
    visitor = people.customer(user, context)
    visitor.arrive()
    visitor.open_live()
    expect(visitor.chat.texts.last).to_be_in_viewport()
    return visitor


def scroll_to_top(log: Locator) -> None:
    log.evaluate("log => log.scrollTo(0, 0)")


def top_of(log: Locator, seq: str) -> float:
    row = log.locator(f'[data-seq="{seq}"]')
    return float(row.evaluate("row => row.getBoundingClientRect().top"))


def distance_to_end(log: Locator) -> float:
    return float(log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight"))


def test_opening_shows_the_newest(people: People, reader: User) -> None:
    visitor = open_chat(people, reader)
    expect(visitor.chat.texts).to_have_text(TEXTS[-PAGE:])
    assert distance_to_end(visitor.chat.log) <= STILL_PX
    expect(visitor.panel.get_by_test_id("jump")).to_be_hidden()
    expect(visitor.chat.log.locator(".new")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 375])
def test_what_one_reads_stays_in_its_place_while_older_messages_come(
    people: People, reader: User, width: int
) -> None:
    visitor = open_chat(people, reader, viewport={"width": width, "height": 740})
    log = visitor.chat.log
    for shown in (100, 150, 180):
        gate = hold_answers(visitor.context, OLDER)
        with visitor.page.expect_request(OLDER):
            scroll_to_top(log)
        seq, before = log.evaluate(PLACE_OF_FIRST_VISIBLE)
        gate.open()
        expect(visitor.chat.texts).to_have_count(shown)
        place = f"log => log.querySelector('[data-seq=\"{seq}\"]').getBoundingClientRect().top"
        assert abs(log.evaluate(place) - before) <= STILL_PX
        visitor.context.unroute(OLDER)
    visitor.chat.shows(*TEXTS)


def test_there_is_nothing_above_the_first_message(people: People, reader: User) -> None:
    visitor = open_chat(people, reader)
    for shown in (100, 150, 180):
        scroll_to_top(visitor.chat.log)
        expect(visitor.chat.texts).to_have_count(shown)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    scroll_to_top(visitor.chat.log)
    expect(visitor.chat.texts.first).to_be_in_viewport()
    visitor.chat.log.evaluate("log => log.scrollTo(0, 40)")
    scroll_to_top(visitor.chat.log)
    expect(visitor.chat.texts.first).to_be_in_viewport()
    assert asked == []


def test_an_answer_does_not_move_who_reads_above_it(
    people: People, past: Past, somebody: User
) -> None:
    chat_id = past.asked(somebody, *TEXTS[:40])
    visitor = open_chat(people, somebody)
    jump = visitor.panel.get_by_test_id("jump")
    visitor.chat.log.evaluate("log => log.scrollTo(0, 200)")
    expect(jump).to_have_accessible_name("To the newest message")
    seq, before = visitor.chat.log.evaluate(PLACE_OF_FIRST_VISIBLE)
    past.answered(chat_id, "One answer")
    expect(jump).to_have_text("1")
    past.answered(chat_id, "And another")
    expect(jump).to_have_text("2")
    expect(jump).to_have_accessible_name("2 new messages")
    assert abs(top_of(visitor.chat.log, seq) - before) <= STILL_PX
    with visitor.page.expect_response("**/mark_read"):
        jump.click()
    expect(visitor.chat.texts.last).to_be_in_viewport(ratio=1)
    expect(jump).to_be_hidden()
    visitor.close()
    expect(visitor.badge).to_be_hidden()


def test_an_own_message_leads_to_the_end(people: People, past: Past, somebody: User) -> None:
    past.asked(somebody, *TEXTS[:40])
    visitor = open_chat(people, somebody)
    visitor.chat.log.evaluate("log => log.scrollTo(0, 200)")
    visitor.chat.say("Where were we?")
    expect(visitor.chat.texts.last).to_be_in_viewport(ratio=1)


def test_a_line_stands_above_what_came_since(people: People, past: Past, somebody: User) -> None:
    chat_id = past.asked(somebody, "One", "Two")
    visitor = open_chat(people, somebody)
    visitor.close()
    past.answered(chat_id, "Three", "Four")
    expect(visitor.badge).to_have_text("2")
    visitor.open()
    below_the_line = visitor.chat.log.locator(".new + li")
    expect(below_the_line).to_have_attribute("data-seq", "3")
    visitor.close()
    past.answered(chat_id, "Five")
    expect(visitor.badge).to_have_text("1")
    visitor.open()
    expect(below_the_line).to_have_attribute("data-seq", "5")
    expect(visitor.chat.log.locator(".new")).to_have_count(1)


def test_the_line_is_there_on_the_next_visit_too(
    people: People, past: Past, somebody: User
) -> None:
    chat_id = past.asked(somebody, "One", "Two")
    past.answered(chat_id, "Three")
    past.read(somebody)
    past.answered(chat_id, "Four")
    visitor = people.customer(somebody)
    visitor.arrive()
    expect(visitor.badge).to_have_text("1")
    visitor.open_live()
    expect(visitor.chat.log.locator(".new + li")).to_have_attribute("data-seq", "4")
    visitor.arrive()
    visitor.open_live()
    expect(visitor.chat.texts).to_have_count(4)
    expect(visitor.chat.log.locator(".new")).to_have_count(0)
