"""`deskbell demo`, as it is typed by somebody who tries Deskbell for the first time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.demo import Demo, running_demo
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch


@pytest.fixture
def desk() -> Iterator[Demo]:
    """The command, running."""
    with running_demo() as demo:
        yield demo


def test_a_newcomer_talks_to_himself(desk: Demo, people: People, watch: Watch) -> None:
    watch.expect("status of 401")
    ada = Visitor(people.context().new_page(), f"{desk.origin}/shop?as=ada")
    ada.arrive()
    ada.open_live()
    ada.chat.say("Hello, me")
    agent = people.agent()
    agent.page.goto(agent.address)
    agent.sign_in(desk.email, desk.password)
    agent.open("Hello, me")
    agent.chat.say("Hello, myself")
    ada.chat.shows("Hello, me", "Hello, myself")


def test_the_demo_shows_the_mails_it_would_send(desk: Demo, people: People) -> None:
    page = people.context().new_page()
    page.goto(f"{desk.origin}/mail")
    expect(page.get_by_role("heading")).to_have_text("Outgoing mail")


def test_the_demo_knows_visitors_without_a_name(desk: Demo, people: People) -> None:
    visitor = Visitor(people.context().new_page(), f"{desk.origin}/shop")
    visitor.arrive()
    visitor.open_live()
    visitor.chat.say("Who am I?")
    visitor.chat.shows("Who am I?")
