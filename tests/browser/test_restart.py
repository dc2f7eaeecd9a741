"""A server that dies, freezes and comes back under people who are talking."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.desk import SECRET
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.servers import RunningServer


@pytest.fixture
def desk(data: Path) -> Iterator[RunningServer]:
    """A process of its own, so that it can be killed."""
    with RunningServer(data, {"secret": SECRET}) as server:
        yield server


@pytest.fixture(autouse=True)
def _server_goes_away(watch: Watch) -> None:
    watch.expect_no_answer()


def test_the_dot_goes_out_with_the_server_and_comes_back_by_itself(
    ada: Visitor, agent: Agent, desk: RunningServer
) -> None:
    ada.open_live()
    ada.chat.say("Hello?")
    agent.open("Hello?")
    desk.kill()
    expect(ada.dot).not_to_have_attribute("data-state", "live")
    expect(agent.connection).not_to_have_attribute("data-state", "live")
    expect(ada.dot).to_have_attribute("data-state", "offline")
    desk.start()
    ada.is_live()
    agent.is_live()
    agent.chat.say("Hello!")
    ada.chat.shows("Hello?", "Hello!")


def test_the_dot_goes_out_when_the_server_falls_silent(ada: Visitor, desk: RunningServer) -> None:
    """Its sockets stay open, as behind a dead router: only the missing pings tell."""
    ada.open_live()
    os.kill(desk.pid, signal.SIGSTOP)
    expect(ada.dot).not_to_have_attribute("data-state", "live")
    os.kill(desk.pid, signal.SIGCONT)
    ada.is_live()


def test_what_is_written_while_the_server_is_away_arrives_once(
    ada: Visitor, agent: Agent, desk: RunningServer
) -> None:
    ada.open_live()
    ada.chat.say("One")
    agent.open("One")
    desk.kill()
    expect(ada.dot).not_to_have_attribute("data-state", "live")
    for text in ("Two", "Three", "Four"):
        ada.chat.send(text)
    expect(ada.chat.waiting).to_have_count(3)
    desk.start()
    ada.chat.shows("One", "Two", "Three", "Four")
    agent.chat.shows("One", "Two", "Three", "Four")


def test_nothing_is_lost_or_doubled_by_a_kill_in_the_middle_of_sending(
    ada: Visitor, agent: Agent, desk: RunningServer
) -> None:
    ada.open_live()
    ada.chat.say("0")
    agent.open("0")
    texts = [str(number) for number in range(21)]
    for text in texts[1:]:
        ada.chat.send(text)
        if text == "7":
            desk.kill()
        if text == "14":
            desk.start()
    ada.chat.shows(*texts)
    agent.chat.shows(*texts)


def test_a_text_survives_a_reload_while_the_server_is_away(
    ada: Visitor, agent: Agent, desk: RunningServer
) -> None:
    ada.open_live()
    ada.chat.say("One")
    agent.open("One")
    desk.kill()
    ada.chat.send("Two")
    expect(ada.chat.waiting).to_have_count(1)
    ada.arrive()  # the shop is there, and the browser has kept the widget
    ada.open()
    desk.start()
    ada.chat.shows("One", "Two")
    agent.chat.shows("One", "Two")
    assert not [key for key in ada.stored() if "outbox" in key]
