"""The page that confirms an address: one button, in the reader's language, never by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.mail_server import Inbox, link_in
from tests.browser.past import Past
from tests.browser.people import Desk, People
from tests.browser.watch import Watch

EMAIL = "vera@home.example"
NOTHING_TO_USE = re.compile(r"/confirm_email$")
"""The address of the page without the token."""


@pytest.fixture
def link(past: Past, inbox: Inbox) -> str:
    """The link of the mail that asks for the address."""
    past.left_address(EMAIL)
    (mail,) = inbox.wait_for(1)
    assert mail["To"] == EMAIL
    return link_in(mail, "/confirm_email#token=")


def opened(people: People, address: str, **options: object) -> Page:
    page = people.context(**options).new_page()
    page.goto(address)
    return page


def test_one_click_confirms_the_address(people: People, link: str) -> None:
    page = opened(people, link)
    axe.check(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("your address is confirmed")
    expect(page).to_have_url(NOTHING_TO_USE)
    expect(page.get_by_role("button")).to_be_hidden()
    axe.check(page)


def test_the_link_may_be_followed_once_more(people: People, link: str) -> None:
    for _ in range(2):
        page = opened(people, link)
        page.get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text("your address is confirmed")


@pytest.mark.parametrize("fragment", ["", "#token="])
def test_a_page_without_a_token_says_so(fragment: str, people: People, desk: Desk) -> None:
    page = opened(people, f"{desk.origin}/confirm_email{fragment}")
    expect(page.get_by_role("status")).to_contain_text("no longer valid")
    expect(page.get_by_role("button")).to_be_hidden()


def test_the_page_is_mirrored_where_people_read_so(people: People, link: str) -> None:
    page = opened(people, link, locale="ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("button", name="تأكيد").click()
    expect(page.get_by_role("status")).to_contain_text("تم تأكيد عنوانك")
    axe.check(page)


def test_a_link_that_does_not_hold_says_so(people: People, desk: Desk, watch: Watch) -> None:
    watch.expect("status of 401")
    page = opened(people, f"{desk.origin}/confirm_email#token=x")
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("no longer valid")
    expect(page).to_have_url(NOTHING_TO_USE)


def test_a_failure_leaves_the_button_for_another_try(
    people: People, link: str, watch: Watch
) -> None:
    watch.expect_no_answer()
    page = opened(people, link)
    page.route("**/confirm_email", lambda route: route.abort(), times=1)
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("try again")
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("your address is confirmed")


def test_a_reload_after_a_failure_may_try_again(people: People, link: str, watch: Watch) -> None:
    watch.expect_no_answer()
    page = opened(people, link)
    page.reload()
    page.route("**/confirm_email", lambda route: route.abort(), times=1)
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("try again")
    page.reload()
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("your address is confirmed")
