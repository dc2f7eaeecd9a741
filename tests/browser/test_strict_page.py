"""The widget on a page as strict as can be. Every test runs on it; these look at that itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch

INLINE = 'document.body.append(Object.assign(document.createElement("script"), { text: "1" }))'
STRING_OF_HTML = 'document.body.innerHTML += "<p>"'
FOREIGN = 'fetch("http://127.0.0.1:9/").catch(() => {})'


def test_the_widget_needs_no_exception_from_the_policy(visitor: Visitor, agent: Agent) -> None:
    visitor.open_live()
    visitor.chat.say("Hello? **bold** `code` https://lamps.example/a")
    agent.open("Hello?")
    agent.chat.say("Hello!")
    expect(visitor.chat.texts).to_have_count(2)
    expect(visitor.chat.texts.first.locator("a")).to_be_visible()


@pytest.mark.parametrize("violation", [INLINE, STRING_OF_HTML, FOREIGN])
def test_what_the_policy_forbids_would_be_noticed(
    people: People, watch: Watch, violation: str
) -> None:
    visitor = people.visitor()
    visitor.arrive()
    with visitor.page.expect_console_message(lambda said: "against the page" in said.text):
        visitor.page.evaluate(f"try {{ {violation} }} catch {{}}")
    assert any("against the page's policy" in complaint for complaint in watch.collect())
