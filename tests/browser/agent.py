"""An agent at the dashboard."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conversation import Conversation
from tests.cast import DANA_EMAIL, DANA_PASSWORD


class Agent:
    """One tab with the dashboard in it."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.address = f"{origin}/dashboard/"
        self._session = f"{origin}/admin/session"
        self.list = page.get_by_test_id("chat-list")
        self.cards = page.get_by_test_id("chat-card")
        self.active = page.get_by_test_id("tab-active")
        self.archived = page.get_by_test_id("tab-archived")
        self.header = page.get_by_test_id("chat-header")
        self.archive = page.get_by_test_id("archive")
        self.restore = page.get_by_test_id("restore")
        self.back = page.get_by_test_id("back")
        self.days = page.get_by_test_id("day")
        self.user_info = page.get_by_test_id("user-info")
        self.connection = page.get_by_test_id("connection")
        self.unread_count = page.get_by_test_id("unread-count")
        self.email = page.get_by_test_id("sign-in-email")
        self.password = page.get_by_test_id("sign-in-password")
        self.chat = Conversation(page.locator("main.conversation"))

    def sign_in(self, email: str = DANA_EMAIL, password: str = DANA_PASSWORD) -> None:
        """Use the form."""
        self.email.fill(email)
        self.password.fill(password)
        self.page.get_by_test_id("sign-in-submit").click()

    def arrive(self) -> None:
        """Come back signed in, and wait until the list is live."""
        self.come_back()
        self.is_live()

    def come_back(self) -> None:
        """Open the dashboard with a cookie, as from yesterday."""
        answer = self.page.context.request.post(
            self._session, data={"email": DANA_EMAIL, "password": DANA_PASSWORD}
        )
        assert answer.ok, answer.text()
        self.page.goto(self.address)

    def is_live(self) -> None:
        expect(self.connection).to_have_attribute("data-state", "live")

    def card(self, text: str) -> Locator:
        """The card in the list that shows this text."""
        return self.cards.filter(has_text=text)

    def open(self, text: str) -> None:
        """Open the chat whose card shows this text."""
        self.card(text).click()
        expect(self.header).to_be_visible()
        expect(self.chat.input).to_be_visible()
