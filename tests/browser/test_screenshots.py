"""Pictures of every page for a person to look at, beside the tests that look at what it says."""

from typing import Any

import pytest
from playwright.sync_api import expect

from deskbell.domain.people import User
from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.gallery import Gallery
from tests.browser.past import Past
from tests.browser.people import Desk, People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch

PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DARK: dict[str, Any] = {"color_scheme": "dark"}
CHINESE: dict[str, Any] = {"locale": "zh-CN"}
ARABIC: dict[str, Any] = {"locale": "ar"}

ADA = User("1", "ada@okafor.example", "Ada Okafor", locale="en")
CHEN = User("2", "chen@siyuan.example", "陈思远", locale="zh")
LAYLA = User("3", "layla@haddad.example", "ليلى حداد", locale="ar")
OTHERS = [
    (User("4", "luca@bianchi.example", "Luca Bianchi"), "The second lamp arrived with a crack."),
    (User("5", "sam@whitlock.example", "Sam Whitlock"), "Any news about my order 4402?"),
    (User("6", "noor@devries.example", "Noor de Vries"), "Could you keep one for me until Friday?"),
]


@pytest.fixture(autouse=True)
def _a_busy_day(past: Past, clock: JumpingClock) -> None:
    """Six chats in three scripts, over two days."""
    for hours, (person, question) in enumerate(OTHERS, start=2):
        with clock.ago(hours=hours):
            past.answered(past.asked(person, question), "It left the workshop this morning.")
    with clock.ago(minutes=18):
        past.asked(LAYLA, "هل تشحنون إلى عمّان؟")
    with clock.ago(minutes=9):
        past.answered(past.asked(CHEN, "请问可以开增值税发票吗？"), "可以，请告诉我们抬头和税号。")
    with clock.ago(days=1):
        past.asked(ADA, "Hi! Do you ship to Rotterdam?")
    with clock.ago(minutes=6):
        chat_id = past.asked(ADA, "My order 4471 says “delivered” but nothing is here.")
    with clock.ago(minutes=4):
        past.answered(
            chat_id,
            "Hello Ada, sorry about that. The courier left it at the pick-up point on Kade 12.",
            "It is open until **20:00**: https://lamps.example/pick-up",
        )


def arrive(people: People, person: User, **options: Any) -> Visitor:
    """Come to the shop and wait until the badge knows."""
    visitor = people.customer(person, people.context(**options))
    visitor.arrive()
    return visitor


def open_chat(people: People, person: User, **options: Any) -> Visitor:
    visitor = arrive(people, person, **options)
    visitor.open_live()
    expect(visitor.chat.texts.last).to_be_in_viewport()
    return visitor


def at_desk(people: People, **options: Any) -> Agent:
    agent = people.agent(people.context(**options))
    agent.arrive()
    expect(agent.cards).to_have_count(6)
    return agent


def test_widget_closed(people: People, gallery: Gallery) -> None:
    ada = arrive(people, ADA)
    expect(ada.badge).to_have_text("2")
    gallery.take(ada.page, "widget-closed")


@pytest.mark.parametrize(
    ("name", "person", "options"),
    [
        ("widget-light", ADA, {}),
        ("widget-dark", ADA, DARK),
        ("widget-phone", ADA, PHONE),
        ("widget-zh", CHEN, CHINESE),
        ("widget-ar", LAYLA, ARABIC),
        ("widget-ar-phone-dark", LAYLA, {**ARABIC, **PHONE, **DARK}),
    ],
)
def test_widget_open(
    people: People, gallery: Gallery, name: str, person: User, options: dict[str, Any]
) -> None:
    language = options.get("locale", "en")
    visitor = people.customer(person, people.context(**options), language=language)
    visitor.arrive()
    visitor.open_live()
    expect(visitor.chat.texts.last).to_be_in_viewport()
    visitor.chat.say("OK")
    gallery.take(visitor.page, name)


def test_widget_greets(people: People, gallery: Gallery) -> None:
    visitor = people.visitor()
    visitor.arrive()
    visitor.open_live()
    gallery.take(visitor.page, "widget-new")


@pytest.mark.parametrize(("name", "options"), [("light", {}), ("dark", DARK)])
def test_widget_offline(
    people: People, gallery: Gallery, watch: Watch, name: str, options: dict[str, Any]
) -> None:
    watch.expect_no_answer()
    ada = open_chat(people, ADA, **options)
    ada.context.set_offline(True)
    ada.chat.send("I will pick it up, thank you!")
    expect(ada.chat.waiting).to_have_count(1)
    gallery.take(ada.page, f"widget-offline-{name}")


@pytest.mark.parametrize(
    ("name", "options"),
    [("light", {}), ("dark", DARK), ("phone", PHONE), ("ar", ARABIC), ("zh", CHINESE)],
)
def test_dashboard(people: People, gallery: Gallery, name: str, options: dict[str, Any]) -> None:
    ada = open_chat(people, ADA)
    agent = at_desk(people, **options)
    gallery.take(agent.page, f"dashboard-list-{name}")
    agent.open("ada@okafor.example")
    agent.chat.say("Shall I send it to your door instead? No charge.")
    ada.chat.input.press_sequentially("Yes pl")
    expect(agent.chat.typing).to_be_visible()
    gallery.take(agent.page, f"dashboard-chat-{name}")


def test_sign_in(people: People, gallery: Gallery, watch: Watch) -> None:
    watch.expect("status of 401")
    agent = people.agent()
    agent.page.goto(agent.address)
    expect(agent.email).to_be_visible()
    gallery.take(agent.page, "dashboard-sign-in")


def test_hosted_page(people: People, gallery: Gallery, desk: Desk) -> None:
    page = people.context().new_page()
    page.goto(f"{desk.origin}/chat")
    visitor = Visitor(page, page.url)
    visitor.is_live()
    gallery.take(page, "hosted-chat")
