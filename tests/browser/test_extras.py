"""The smaller comforts: emoji, drafts, a window of its own, the count in the title, "seen"."""

from playwright.sync_api import expect

from deskbell.domain.people import User
from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.past import Past
from tests.browser.people import Desk, People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA


def test_an_emoji_is_put_where_one_writes(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.input.fill("Thanks !")
    visitor.chat.input.press("ArrowLeft")
    opener = visitor.panel.get_by_test_id("emoji")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "Enter"):
        visitor.page.keyboard.press(key)
    expect(visitor.chat.input).to_be_focused()
    expect(visitor.chat.input).to_have_value("Thanks \N{GRINNING FACE}!")
    expect(visitor.panel.get_by_test_id("picker")).to_have_count(0)


def test_escape_closes_the_emoji_and_not_the_chat(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.panel.get_by_test_id("emoji").click()
    expect(visitor.panel.get_by_test_id("picker")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(visitor.panel.get_by_test_id("picker")).to_have_count(0)
    expect(visitor.panel).to_be_visible()
    expect(visitor.chat.input).to_be_focused()


def test_escape_closes_the_menu_first_and_gives_the_focus_back(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.menu.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.sheet).to_be_focused()
    expect(visitor.menu).to_have_attribute("aria-expanded", "true")
    visitor.page.keyboard.press("Escape")
    expect(visitor.sheet).to_be_hidden()
    expect(visitor.menu).to_be_focused()
    expect(visitor.panel).to_be_visible()


def test_sending_closes_the_menu_and_keeps_the_focus_in_the_field(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.menu.click()
    expect(visitor.sheet).to_be_visible()
    visitor.chat.say("Hello?")
    expect(visitor.sheet).to_be_hidden()
    expect(visitor.chat.input).to_be_focused()


def test_nobody_gets_lost_behind_the_menu(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.menu.click()
    expect(visitor.sheet).to_be_visible()
    expect(visitor.chat.log).to_have_attribute("inert", "")
    visitor.menu.click()
    expect(visitor.chat.log).not_to_have_attribute("inert", "")


def test_without_consent_nothing_that_stands_in_the_field_is_kept(people: People) -> None:
    visitor = people.visitor(consent="false")
    visitor.arrive()
    visitor.open_live()
    visitor.chat.say("Hello?")
    visitor.chat.input.press_sequentially("And then I")
    assert visitor.stored() == {}


def test_who_signs_out_is_not_asked_back_in(visitor: Visitor, watch: Watch, desk: Desk) -> None:
    visitor.open_live()
    visitor.chat.say("Hello?")
    visitor.chat.input.press_sequentially("And then I")
    other = visitor.another_tab()
    other.open_live()
    other.chat.input.press_sequentially("And in this tab")
    visitor.page.evaluate("Deskbell.reset()")
    for tab in (visitor, other):
        expect(tab.panel).to_be_hidden()
        expect(tab.launcher).to_be_visible()
        assert tab.stored() == {}
    watch.requests.clear()
    for tab in (visitor, other):
        tab.page.evaluate("new Promise((done) => requestIdleCallback(done, { timeout: 4000 }))")
    assert [url for url in watch.requests if url.startswith(desk.origin)] == []


def test_what_stands_in_the_field_survives_a_reload(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.say("Hello?")
    visitor.chat.input.press_sequentially("And then I")
    visitor.arrive()
    visitor.open_live()
    expect(visitor.chat.input).to_have_value("And then I")
    visitor.chat.send("And then I left.")
    visitor.arrive()
    visitor.open_live()
    visitor.chat.shows("Hello?", "And then I left.")
    expect(visitor.chat.input).to_have_value("")


def test_the_chat_opens_in_a_window_of_its_own(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.say("Hello?")
    visitor.menu.click()
    with visitor.context.expect_page() as opened:
        visitor.panel.get_by_test_id("popout").click()
    window = Visitor(opened.value, "")
    window.is_live()
    window.chat.shows("Hello?")
    window.chat.say("From the window")
    visitor.chat.shows("Hello?", "From the window")
    assert "#" not in opened.value.url


def test_the_count_stands_in_the_title_where_the_page_wants_it(people: People, past: Past) -> None:
    ada = people.customer(ADA, people.context(), **{"title-badge": "yes"})
    ada.arrive()
    title = ada.page.title()
    past.answered(past.asked(ADA, "Hello?"), "Hello!", "Still there?")
    expect(ada.page).to_have_title(f"(2) {title}")
    ada.open()
    expect(ada.page).to_have_title(title)


def test_a_page_that_does_not_ask_keeps_its_title(ada: Visitor, past: Past) -> None:
    title = ada.page.title()
    past.answered(past.asked(ADA, "Hello?"), "Hello!")
    expect(ada.badge).to_have_text("1")
    expect(ada.page).to_have_title(title)


def test_an_own_message_is_seen_when_an_agent_opens_the_chat(ada: Visitor, agent: Agent) -> None:
    ada.open_live()
    ada.chat.say("Hello?")
    expect(ada.chat.messages.last).to_have_attribute("data-state", "sent")
    agent.open("Hello?")
    expect(ada.chat.messages.last).to_have_attribute("data-state", "seen")


def test_the_usual_wait_is_told_from_real_figures(
    people: People, past: Past, clock: JumpingClock
) -> None:
    for number in range(5):
        chat_id = past.asked(User(f"{number}"), "Anybody?")
        clock.jump(minutes=3)
        past.answered(chat_id, "Yes")
    ada = people.customer(ADA)
    ada.arrive()
    ada.open_live()
    expect(ada.panel.get_by_text("replies in about 3 minutes")).to_be_visible()


def test_a_chat_that_was_put_away_says_so_and_opens_when_one_writes(
    ada: Visitor, agent: Agent
) -> None:
    ada.open_live()
    ada.chat.say("Hello?")
    agent.open("Hello?")
    agent.archive.click()
    expect(ada.panel.get_by_test_id("archived")).to_be_visible()
    ada.chat.say("One more thing")
    expect(ada.panel.get_by_test_id("archived")).to_have_count(0)
