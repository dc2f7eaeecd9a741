"""Watches a browser: nothing may go wrong in it, and it may go nowhere but to us."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error(`against the page's policy: ${violatedDirective} ${blockedURI}`));
"""
"""Chromium writes violations to the console by itself, but not those of every kind."""

NO_ANSWER = r"net::ERR_|WebSocket connection to"
"""What a browser says of a server that is away, whatever the page does about it."""


class Watch:
    """What the browsers of one test complained about, and where they went."""

    def __init__(self, *origins: str) -> None:
        self.requests: list[str] = []
        self._hosts = {urlsplit(origin).netloc for origin in origins}
        self._complaints: list[str] = []
        self._expected: list[str] = []
        self._over = False

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of a context, from the first on."""
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("page", self._page)

    def expect(self, pattern: str) -> None:
        """Forgive complaints of this kind: the test provokes them."""
        self._expected.append(pattern)

    def expect_no_answer(self) -> None:
        """Forgive what browsers say while the server cannot be reached."""
        self.expect(NO_ANSWER)

    def rest(self) -> None:
        """Look no more: people leave, and what is cut off in the middle says so."""
        self._over = True

    def collect(self) -> list[str]:
        """Give what was wrong since the last time, but for what was expected."""
        complaints, self._complaints = self._complaints, []
        expected = re.compile("|".join(self._expected) or r"\A\Z")
        return [said for said in complaints if not expected.search(said)]

    def check(self) -> None:
        """Fail if anything was wrong."""
        wrong = self.collect()
        assert not wrong, "\n".join(wrong)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._over:
            address = message.location["url"]
            self._complaints.append(f"console {message.type}: {message.text} ({address})")

    def _error(self, error: WebError) -> None:
        self._complaints.append(f"uncaught: {error.error}")

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        self._went(socket.url)

    def _request(self, request: Request) -> None:
        self._went(request.url)

    def _went(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("data", "blob"):
            return
        self.requests.append(url)
        if parts.netloc not in self._hosts:
            self._complaints.append(f"a request to a foreign host: {url}")
