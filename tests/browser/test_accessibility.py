"""axe-core finds nothing, in light and in dark."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import axe
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.watch import Watch
from tests.cast import ADA, BEN


@pytest.fixture(params=["light", "dark"])
def context(people: People, request: pytest.FixtureRequest) -> BrowserContext:
    return people.context(color_scheme=request.param, reduced_motion="reduce", bypass_csp=True)


def test_the_widget_is_accessible(people: People, context: BrowserContext, past: Past) -> None:
    chat_id = past.asked(ADA, "Hello?")
    past.answered(chat_id, "Hello! See https://lamps.example/help")
    ada = people.customer(ADA, context)
    ada.arrive()
    expect(ada.badge).to_have_text("1")
    axe.check(ada.page)
    ada.open_live()
    expect(ada.chat.texts).to_have_count(2)
    axe.check(ada.page)


def test_the_widget_is_accessible_without_a_connection(
    people: People, context: BrowserContext, watch: Watch
) -> None:
    watch.expect_no_answer()
    visitor = people.visitor(context)
    visitor.arrive()
    visitor.open_live()
    axe.check(visitor.page)
    context.set_offline(True)
    visitor.chat.send("Hello?")
    expect(visitor.chat.waiting).to_have_count(1)
    axe.check(visitor.page)


def test_the_dashboard_is_accessible(people: People, context: BrowserContext, past: Past) -> None:
    past.asked(BEN, "Good morning")
    past.answered(past.asked(ADA, "Hello?"), "Hello!")
    agent = people.agent(context)
    agent.arrive()
    expect(agent.cards).to_have_count(2)
    axe.check(agent.page)
    agent.open("Hello!")
    agent.chat.shows("Hello?", "Hello!")
    axe.check(agent.page)


def test_the_sign_in_page_is_accessible(
    people: People, context: BrowserContext, watch: Watch
) -> None:
    watch.expect("status of 401")
    agent = people.agent(context)
    agent.page.goto(agent.address)
    expect(agent.email).to_be_visible()
    axe.check(agent.page)
