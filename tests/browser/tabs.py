"""Several tabs of one browser, and which of them has the socket."""

from playwright.sync_api import BrowserContext, Page, WebSocket

from tests.browser.visitor import Visitor

HELLO = "Hello?"


class Sockets:
    """The sockets that the tabs of a browser have opened."""

    def __init__(self, context: BrowserContext) -> None:
        self.opened = 0
        self._open: list[tuple[Page, WebSocket]] = []
        context.on("page", self._follow)

    def _follow(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._add(page, socket))
        page.on("framenavigated", lambda _: self._left(page))
        page.on("crash", lambda _: self._left(page))

    def _add(self, page: Page, socket: WebSocket) -> None:
        self.opened += 1
        self._open.append((page, socket))

    def _left(self, page: Page) -> None:
        """A page that is left takes its sockets with it, without a word."""
        self._open = [(owner, socket) for owner, socket in self._open if owner != page]

    @property
    def pages(self) -> list[Page]:
        """The tabs that have one now."""
        return [
            page for page, socket in self._open if not page.is_closed() and not socket.is_closed()
        ]

    def leader_of(self, tabs: list[Visitor]) -> Visitor:
        """The one tab that has one."""
        (page,) = self.pages
        return next(tab for tab in tabs if tab.page == page)


def open_tabs(first: Visitor, count: int) -> list[Visitor]:
    """So many tabs, all open, with one message; the first one came first and leads."""
    first.arrive()
    first.open_live()
    first.chat.say(HELLO)
    tabs = [first, *(first.another_tab() for _ in range(count - 1))]
    for tab in tabs[1:]:
        tab.open_live()
        tab.chat.shows(HELLO)
    return tabs
