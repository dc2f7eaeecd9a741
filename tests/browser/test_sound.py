"""A sound for an answer, once, and only if it is wanted."""

import pytest
from playwright.sync_api import expect

from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.cast import ADA

COUNT_NOTES = """
window.notes = 0;
window.OscillatorNode = class extends OscillatorNode {
  constructor(...values) { super(...values); window.notes++; }
};
"""
NOTES_OF_ONE_ANSWER = 2


@pytest.fixture
def ada(people: People) -> Visitor:
    """A customer whose browser counts the notes it plays."""
    ada = people.customer(ADA)
    ada.context.add_init_script(COUNT_NOTES)
    ada.arrive()
    ada.open_live()
    return ada


def notes(visitor: Visitor) -> int:
    """The notes played so far, once the tabs have settled between them who rings."""
    return int(visitor.page.evaluate("navigator.locks.query().then(() => window.notes)"))


def test_an_answer_rings_once_and_an_own_message_does_not(ada: Visitor, past: Past) -> None:
    ada.chat.say("Hello?")
    assert notes(ada) == 0
    other = ada.another_tab()
    other.open_live()
    past.answered(past.asked(ADA), "Hello!")
    for tab in (ada, other):
        tab.chat.shows("Hello?", "Hello!")
    assert notes(ada) + notes(other) == NOTES_OF_ONE_ANSWER


def test_a_muted_widget_keeps_silent_also_tomorrow(ada: Visitor, past: Past) -> None:
    ada.chat.say("Hello?")
    ada.menu.click()
    ada.sheet.get_by_role("switch", name="Sound for new answers").uncheck()
    ada.arrive()
    ada.open_live()
    past.answered(past.asked(ADA), "Hello!")
    ada.chat.shows("Hello?", "Hello!")
    assert notes(ada) == 0
    ada.menu.click()
    expect(ada.sheet.get_by_role("switch", name="Sound for new answers")).not_to_be_checked()
