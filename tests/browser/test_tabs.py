"""Several tabs of one browser: one socket, one visitor, the same in all of them."""

from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, expect

from tests.browser.agent import Agent
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.tabs import HELLO, Sockets, open_tabs
from tests.browser.visitor import Visitor
from tests.cast import ADA, BEN

COUNT_SILENCE = """() => {
  const root = document.getElementById("deskbell").shadowRoot;
  const dot = root.querySelector("[data-testid=dot]");
  const rows = () => root.querySelectorAll("[data-testid=message]").length;
  let left = 0;
  window.deskbellSilence = 0;
  window.deskbellEmptied = false;
  new MutationObserver(() => {
    if (dot.dataset.state !== "live") left ||= performance.now();
    else if (left) window.deskbellSilence = performance.now() - left;
    if (!rows()) window.deskbellEmptied = true;
  }).observe(root, { subtree: true, childList: true, attributes: true });
}"""
"""Measures for how long the dot is not live, and whether the list was ever empty."""


@pytest.fixture
def context(people: People) -> BrowserContext:
    return people.context()


@pytest.fixture(autouse=True)
def sockets(context: BrowserContext) -> Sockets:
    """Counted from the first tab on."""
    return Sockets(context)


@pytest.fixture
def tabs(people: People, context: BrowserContext) -> list[Visitor]:
    """Four tabs of Ada's."""
    return open_tabs(people.customer(ADA, context), 4)


def test_four_tabs_have_one_socket(tabs: list[Visitor], sockets: Sockets) -> None:
    assert sockets.leader_of(tabs) is tabs[0]
    assert sockets.opened == 1


def test_an_answer_and_the_badge_are_in_all_tabs(tabs: list[Visitor], past: Past) -> None:
    for tab in tabs:
        tab.close()
    past.answered(past.asked(ADA), "Hello!", "Anything else?")
    for tab in tabs:
        expect(tab.badge).to_have_text("2")
    tabs[2].open()
    for tab in tabs:
        expect(tab.badge).to_be_hidden()
    tabs[2].chat.shows(HELLO, "Hello!", "Anything else?")


def test_every_tab_can_write_and_each_text_is_there_once(tabs: list[Visitor], agent: Agent) -> None:
    agent.open(HELLO)
    for round_ in range(3):
        for number, tab in enumerate(tabs):
            tab.chat.send(f"{round_}{number}")
    texts = [f"{round_}{number}" for round_ in range(3) for number in range(len(tabs))]
    for tab in tabs:
        expect(tab.chat.waiting).to_have_count(0)
    expect(agent.chat.texts).to_have_count(1 + len(texts))
    told = agent.chat.texts.all_inner_texts()
    assert sorted(told) == sorted([HELLO, *texts])
    for tab in tabs:
        tab.chat.shows(*told)


def test_another_tab_goes_on_when_the_leader_closes(
    tabs: list[Visitor], sockets: Sockets, past: Past
) -> None:
    sockets.leader_of(tabs).page.close()
    rest = tabs[1:]
    for tab in rest:
        tab.is_live()
    past.answered(past.asked(ADA), "Still here")
    for tab in rest:
        tab.chat.shows(HELLO, "Still here")
    assert sockets.leader_of(rest) in rest
    rest[-1].chat.say("Me too")
    rest[0].chat.shows(HELLO, "Still here", "Me too")


def test_a_page_that_goes_elsewhere_lets_another_tab_lead(
    tabs: list[Visitor], sockets: Sockets
) -> None:
    tabs[0].page.goto("about:blank")
    for tab in tabs[1:]:
        tab.is_live()
    assert sockets.leader_of(tabs[1:]) in tabs[1:]
    tabs[0].page.go_back()
    if tabs[0].panel.is_hidden():
        tabs[0].open()
    tabs[0].is_live()
    tabs[0].chat.say("Back again")
    tabs[1].chat.shows(HELLO, "Back again")
    assert len(sockets.pages) == 1


def test_another_tab_goes_on_within_a_second(tabs: list[Visitor], past: Past) -> None:
    chat_id = past.asked(ADA)
    reader = tabs[1]
    reader.page.evaluate(COUNT_SILENCE)
    tabs[0].page.close()
    past.answered(chat_id, "Still here")
    reader.chat.shows(HELLO, "Still here")
    reader.is_live()
    silence, emptied = reader.page.evaluate("[deskbellSilence, deskbellEmptied]")
    assert silence < 1_000
    assert not emptied


def test_another_tab_goes_on_when_the_leader_crashes(
    tabs: list[Visitor], sockets: Sockets, past: Past
) -> None:
    rest = tabs[1:]
    with tabs[0].page.expect_event("crash"), suppress(Error):
        tabs[0].page.goto("chrome://crash")
    past.answered(past.asked(ADA), "Still here")
    for tab in rest:
        tab.chat.shows(HELLO, "Still here")
        tab.is_live()
    assert sockets.leader_of(rest) in rest


def test_a_frozen_leader_loses_its_turn_to_a_tab_that_somebody_looks_at(
    tabs: list[Visitor], sockets: Sockets, past: Past
) -> None:
    """Paused by a debugger: Chromium without a window does not freeze pages when it is told to."""
    leader, reader = tabs[0], tabs[3]
    frozen = leader.context.new_cdp_session(leader.page)
    frozen.send("Debugger.enable")
    frozen.send("Debugger.pause")
    reader.page.bring_to_front()
    reader.chat.send("Is anybody there?")
    expect(reader.chat.waiting).to_have_count(0)
    past.answered(past.asked(ADA), "Yes")
    reader.chat.shows(HELLO, "Is anybody there?", "Yes")
    frozen.send("Debugger.resume")
    frozen.send("Debugger.disable")
    leader.chat.shows(HELLO, "Is anybody there?", "Yes")
    leader.chat.say("Awake")
    reader.chat.shows(HELLO, "Is anybody there?", "Yes", "Awake")
    assert sockets.leader_of(tabs) is not leader


def test_two_tabs_of_somebody_new_become_one_visitor(
    people: People, context: BrowserContext, agent: Agent
) -> None:
    first = people.visitor(context)
    first.arrive()
    second = first.another_tab()
    for tab in (first, second):
        tab.open_live()
    first.chat.send("From the first")
    second.chat.send("From the second")
    for tab in (first, second):
        expect(tab.chat.texts).to_have_count(2)
        expect(tab.chat.waiting).to_have_count(0)
    expect(agent.cards).to_have_count(1)


def test_people_of_two_tabs_share_nothing(people: People, context: BrowserContext) -> None:
    ada, ben = people.customer(ADA, context), people.customer(BEN, context)
    for visitor in (ada, ben):
        visitor.arrive()
        visitor.open_live()
    ada.chat.say("I am Ada")
    ben.chat.say("I am Ben")
    ada.chat.shows("I am Ada")
    ben.chat.shows("I am Ben")


def test_signing_out_in_one_tab_ends_the_others(tabs: list[Visitor]) -> None:
    tabs[1].page.evaluate("Deskbell.reset()")
    for tab in tabs:
        expect(tab.panel).to_be_hidden()
        tab.open_live()
        expect(tab.chat.texts).to_have_count(0)
