"""Several tabs of one browser while the server dies and comes back: each text is there once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.agent import Agent
from tests.browser.desk import SECRET
from tests.browser.people import People
from tests.browser.tabs import HELLO, Sockets, open_tabs
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA
from tests.servers import RunningServer


@pytest.fixture
def desk(data: Path) -> Iterator[RunningServer]:
    """A process of its own, so that it can be killed."""
    with RunningServer(data, {"secret": SECRET}) as server:
        yield server


@pytest.fixture
def context(people: People) -> BrowserContext:
    return people.context()


@pytest.fixture(autouse=True)
def sockets(context: BrowserContext, watch: Watch) -> Sockets:
    watch.expect_no_answer()
    return Sockets(context)


@pytest.fixture
def tabs(people: People, context: BrowserContext) -> list[Visitor]:
    """Three tabs of Ada's."""
    return open_tabs(people.customer(ADA, context), 3)


def test_what_followers_write_while_the_server_is_away_arrives_once(
    tabs: list[Visitor], agent: Agent, desk: RunningServer, sockets: Sockets
) -> None:
    leader, one, other = tabs
    agent.open(HELLO)
    desk.kill()
    for tab in tabs:
        expect(tab.dot).not_to_have_attribute("data-state", "live")
    one.chat.send("One")
    other.chat.send("Two")
    leader.chat.send("Three")
    for tab in tabs:
        expect(tab.chat.texts).to_have_text([HELLO, "One", "Two", "Three"])
        expect(tab.chat.waiting).to_have_count(3)
    desk.start()
    for tab in tabs:
        tab.chat.shows(HELLO, "One", "Two", "Three")
        tab.is_live()
    agent.chat.shows(HELLO, "One", "Two", "Three")
    assert sockets.leader_of(tabs) is leader


def test_nothing_is_lost_though_the_leader_goes_while_the_server_is_away(
    tabs: list[Visitor], agent: Agent, desk: RunningServer, sockets: Sockets
) -> None:
    leader, *rest = tabs
    agent.open(HELLO)
    leader.chat.send("From the leader")
    rest[0].chat.send("From a follower")
    desk.kill()
    rest[1].chat.send("From another")
    leader.page.close()
    desk.start()
    for tab in rest:
        expect(tab.chat.texts).to_have_count(4)
        expect(tab.chat.waiting).to_have_count(0)
        tab.is_live()
    told = agent.chat.texts.all_inner_texts()
    assert sorted(told) == sorted([HELLO, "From the leader", "From a follower", "From another"])
    for tab in rest:
        tab.chat.shows(*told)
    assert sockets.leader_of(rest) in rest


def test_what_a_follower_wrote_outlives_every_tab(
    tabs: list[Visitor], people: People, context: BrowserContext, desk: RunningServer
) -> None:
    desk.kill()
    for tab in tabs:
        expect(tab.dot).not_to_have_attribute("data-state", "live")
    tabs[2].chat.send("Still to be sent")
    expect(tabs[2].chat.waiting).to_have_count(1)
    for tab in tabs:
        tab.page.close()
    desk.start()
    later = people.customer(ADA, context)
    later.arrive()
    later.open_live()
    later.chat.shows(HELLO, "Still to be sent")
    assert not [key for key in later.stored() if "outbox" in key]
