"""An answer that nobody reads becomes a mail after five minutes; one that is read does not."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.mail_server import Inbox, link_in, text_of
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.cast import ADA, BEN

FOR_ADA, FOR_BEN = "Ada <ada@lamps.example>", "Ben <ben@lamps.example>"
FIVE_MINUTES = timedelta(minutes=5)
LONG = "Your lamp left Rotterdam this morning. " * 10


def test_an_unread_answer_is_mailed_after_five_minutes(
    agent: Agent, past: Past, clock: JumpingClock, inbox: Inbox
) -> None:
    past.asked(ADA, "Where is my lamp?")
    agent.open("Where is my lamp?")
    answered_at = clock().replace(microsecond=0)
    agent.chat.say(LONG)
    clock.jump(minutes=4, seconds=30)
    assert past.readiness()["mail"] == "ok", "it is due too early"
    assert inbox.mails == []
    clock.jump(seconds=30)
    (mail,) = inbox.wait_for(1)
    assert mail["Date"].datetime - answered_at >= FIVE_MINUTES
    assert mail["To"] == FOR_ADA
    assert mail["Subject"] == "New reply from Harbour Lamps Support"
    told = " ".join(text_of(mail).split())
    assert LONG[:198].strip() in told
    assert LONG[:201].strip() not in told


def test_the_link_in_the_mail_opens_the_chat_in_any_browser(
    people: People, agent: Agent, past: Past, clock: JumpingClock, inbox: Inbox
) -> None:
    chat_id = past.asked(ADA, "Where is my lamp?")
    past.answered(chat_id, "On its way.")
    clock.jump(minutes=5)
    (mail,) = inbox.wait_for(1)
    at_home = Visitor(people.context().new_page(), link_in(mail, "/chat#"))
    at_home.page.goto(at_home.address)
    at_home.is_live()
    at_home.chat.shows("Where is my lamp?", "On its way.")
    assert "#" not in at_home.page.url
    agent.open("On its way.")
    expect(agent.page.get_by_test_id("seen")).to_be_visible()
    at_home.chat.say("Thank you!")
    agent.chat.shows("Where is my lamp?", "On its way.", "Thank you!")


def test_quick_answers_make_one_mail(past: Past, clock: JumpingClock, inbox: Inbox) -> None:
    chat_id = past.asked(ADA, "Where is my lamp?")
    past.answered(chat_id, "Let me look.")
    clock.jump(minutes=1)
    past.answered(chat_id, "It is on its way.", "It will be there tomorrow.")
    clock.jump(minutes=4)
    (mail,) = inbox.wait_for(1)
    for answer in ("Let me look.", "It is on its way.", "It will be there tomorrow."):
        assert answer in text_of(mail)
    clock.jump(minutes=10)
    tell_ben(past, clock, inbox)
    assert [mail["To"] for mail in inbox.mails] == [
        FOR_ADA,
        FOR_BEN,
    ]


def test_an_answer_that_was_read_is_not_mailed(
    ada: Visitor, agent: Agent, past: Past, clock: JumpingClock, inbox: Inbox
) -> None:
    ada.open_live()
    ada.chat.say("Where is my lamp?")
    ada.close()
    agent.open("Where is my lamp?")
    agent.chat.say("On its way.")
    expect(ada.badge).to_have_text("1")
    ada.open()
    expect(agent.page.get_by_test_id("seen")).to_be_visible()
    clock.jump(minutes=5)
    tell_ben(past, clock, inbox)
    assert [mail["To"] for mail in inbox.mails] == [FOR_BEN]
    assert past.mails("read") == 1


def test_nothing_is_mailed_about_an_archived_chat(
    agent: Agent, past: Past, clock: JumpingClock, inbox: Inbox
) -> None:
    past.answered(past.asked(ADA, "Where is my lamp?"), "On its way.")
    agent.open("On its way.")
    agent.archive.click()
    expect(agent.restore).to_be_visible()
    clock.jump(minutes=5)
    tell_ben(past, clock, inbox)
    assert [mail["To"] for mail in inbox.mails] == [FOR_BEN]
    assert past.mails("archived") == 1


def test_one_click_unsubscribes(
    people: People, past: Past, clock: JumpingClock, inbox: Inbox
) -> None:
    chat_id = past.asked(ADA, "Where is my lamp?")
    past.answered(chat_id, "On its way.")
    clock.jump(minutes=5)
    (mail,) = inbox.wait_for(1)
    link = link_in(mail, "/mail/unsubscribe")
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = people.context().new_page()
    page.goto(link)
    page.get_by_role("button").click()
    expect(page.get_by_role("main")).to_contain_text("switched off")
    past.answered(chat_id, "It has arrived.")
    clock.jump(minutes=5)
    tell_ben(past, clock, inbox)
    assert [mail["To"] for mail in inbox.mails[1:]] == [FOR_BEN]
    assert past.mails("unsubscribed") == 1


def tell_ben(past: Past, clock: JumpingClock, inbox: Inbox) -> None:
    """Wait for a mail that is due after all others: those are settled then."""
    past.answered(past.asked(BEN, "And my lamp?"), "Yours too.")
    clock.jump(minutes=5)
    expected = len(inbox.mails) + 1
    assert inbox.wait_for(expected)[-1]["To"] == FOR_BEN
