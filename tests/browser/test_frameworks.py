"""Pages that build their own chat with the React hook or the Vue composable, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agent import Agent
from tests.browser.example_site import ExampleSite
from tests.browser.people import Desk, People


@pytest.fixture(scope="module")
def shop() -> Iterator[ExampleSite]:
    """The site that the server lets in and the watch knows, instead of the shop with the widget."""
    with ExampleSite() as site:
        yield site


@pytest.fixture(params=["react", "vue"])
def page(request: pytest.FixtureRequest, people: People, desk: Desk, shop: ExampleSite) -> Page:
    page = people.context().new_page()
    page.goto(shop.page(request.param, desk.origin))
    expect(page.get_by_role("status")).to_have_text("live")
    return page


def write(page: Page, text: str) -> None:
    field = page.get_by_label("Message")
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def test_a_chat_of_ones_own_components_goes_both_ways(page: Page, agent: Agent) -> None:
    lines = page.get_by_role("log").get_by_role("listitem")
    write(page, "Anybody there?")
    expect(lines).to_have_class(["user"])
    agent.open("Anybody there?")
    agent.chat.say("Yes!")
    expect(lines).to_have_text(["Anybody there?", "Yes!"])
    expect(agent.page.get_by_test_id("seen")).to_be_visible()
    page.reload()
    expect(lines).to_have_text(["Anybody there?", "Yes!"])


def test_a_page_of_ones_own_components_makes_one_visitor(page: Page, agent: Agent) -> None:
    lines = page.get_by_role("log").get_by_role("listitem")
    write(page, "Only me")
    expect(lines).to_have_class(["user"])
    page.reload()
    expect(lines).to_have_text(["Only me"])
    write(page, "Still only me")
    expect(agent.card("Still only me")).to_be_visible()
    expect(agent.cards).to_have_count(1)
