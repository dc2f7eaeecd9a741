"""Agents come in by the form, the cookie or the set-up link, and nobody else does."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.people import People
from tests.browser.shop import Shop
from tests.browser.watch import Watch

REFUSED = "status of 401"
"""What the browser itself writes to the console about a sign-in that fails."""


@pytest.fixture
def door(people: People, watch: Watch) -> Agent:
    """The dashboard as a stranger finds it."""
    watch.expect(REFUSED)
    agent = people.agent()
    agent.page.goto(agent.address)
    expect(agent.email).to_be_visible()
    return agent


def test_an_agent_signs_in_and_stays_so(door: Agent) -> None:
    door.sign_in()
    door.is_live()
    door.page.reload()
    door.is_live()


def test_a_wrong_password_is_told_and_lets_nobody_in(door: Agent) -> None:
    door.sign_in(password="not the right one")
    expect(door.page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(door.list).to_have_count(0)
    door.sign_in()
    door.is_live()


def test_an_unknown_address_is_told_the_same(door: Agent) -> None:
    door.sign_in(email="nobody@desk.example")
    expect(door.page.get_by_role("alert")).to_contain_text("do not belong together")


def test_signing_out_ends_it(agent: Agent, watch: Watch) -> None:
    watch.expect(REFUSED)
    agent.page.get_by_test_id("account").click()
    agent.page.get_by_test_id("sign-out").click()
    expect(agent.email).to_be_visible()
    agent.page.reload()
    expect(agent.email).to_be_visible()


def test_the_setup_link_makes_the_first_agent_once(
    browser: Browser, shop: Shop, clock: JumpingClock, tmp_path: Path, smtp_port: int
) -> None:
    with LiveDesk(tmp_path, clock, smtp_port) as desk:
        watch = Watch(desk.origin)
        watch.expect("status of 40[134]")
        people = People(browser, desk, shop, watch, clock)
        link = desk.setup_link()
        agent = people.agent()
        set_up(agent, link)
        agent.is_live()
        assert "setup" not in agent.page.url
        stranger = people.agent()
        set_up(stranger, link)
        expect(stranger.page.get_by_role("alert")).to_contain_text("used already")
        people.leave()
        watch.check()


def set_up(agent: Agent, link: str) -> None:
    agent.page.goto(link)
    agent.page.get_by_test_id("set-up-name").fill("Dana")
    agent.email.fill("dana@desk.example")
    agent.password.fill("correct horse")
    agent.page.get_by_test_id("set-up-submit").click()
