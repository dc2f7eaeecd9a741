"""Somebody on the shop's page, with the widget as their hands find it."""

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conversation import Conversation


class Visitor:
    """One tab of a visitor."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.launcher = page.get_by_test_id("launcher")
        self.badge = page.get_by_test_id("badge")
        self.panel = page.get_by_test_id("panel")
        self.dot = page.get_by_test_id("dot")
        self.menu = page.get_by_test_id("menu")
        self.sheet = page.get_by_test_id("sheet")
        self.ask = page.get_by_test_id("ask")
        self.close_button = page.get_by_test_id("close")
        self.chat = Conversation(self.panel)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def arrive(self) -> None:
        """Come to the page; the widget is there and closed."""
        self.page.goto(self.address)
        expect(self.launcher).to_be_visible()

    def open(self) -> None:
        """Open the panel."""
        self.launcher.click()
        expect(self.panel).to_be_visible()

    def open_live(self) -> None:
        """Open the panel and wait until it is connected."""
        self.open()
        self.is_live()

    def close(self) -> None:
        self.close_button.click()
        expect(self.panel).to_be_hidden()

    def is_live(self) -> None:
        expect(self.dot).to_have_attribute("data-state", "live")

    def another_tab(self) -> "Visitor":
        """The same browser, a second tab on the same page."""
        tab = Visitor(self.context.new_page(), self.address)
        tab.arrive()
        return tab

    def stored(self) -> dict[str, str]:
        """What the shop's origin keeps in this browser."""
        storage: dict[str, str] = self.page.evaluate("({...localStorage, ...sessionStorage})")
        return storage

    def colour_of(self, part: Locator) -> str:
        return str(part.evaluate("node => getComputedStyle(node).backgroundColor"))
