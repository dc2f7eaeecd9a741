"""Everybody who comes by in a test, each in a browser context of their own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext

from deskbell.domain.people import User
from tests.browser.agent import Agent
from tests.browser.desk import identity_of
from tests.browser.shop import Shop
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch

IN_ENGLISH = {"locale": "en-GB", "timezone_id": "UTC", "viewport": {"width": 1280, "height": 800}}


class Desk(Protocol):
    """A server, whether it runs in a thread or as a process."""

    @property
    def origin(self) -> str: ...


class People:
    """Lets people in and shows them out. `options` are Playwright's for a browser context."""

    def __init__(
        self, browser: Browser, desk: Desk, shop: Shop, watch: Watch, now: Callable[[], datetime]
    ) -> None:
        self._browser = browser
        self._desk = desk
        self._shop = shop
        self._watch = watch
        self._now = now
        self._contexts: list[BrowserContext] = []

    def context(self, **options: Any) -> BrowserContext:
        """A fresh browser, watched."""
        context = self._browser.new_context(**{**IN_ENGLISH, **options})
        self._contexts.append(context)
        self._watch.follow(context)
        return context

    def visitor(self, context: BrowserContext | None = None, **settings: str) -> Visitor:
        """Somebody whom nobody knows; `settings` are the widget's on the page."""
        page = (context or self.context()).new_page()
        return Visitor(page, self._shop.page(self._desk.origin, **settings))

    def customer(
        self, user: User, context: BrowserContext | None = None, **settings: str
    ) -> Visitor:
        """Somebody who is signed in at the shop."""
        identity = identity_of(user, self._now())
        return self.visitor(context, identity=identity, **settings)

    def agent(self, context: BrowserContext | None = None) -> Agent:
        return Agent((context or self.context()).new_page(), self._desk.origin)

    def leave(self) -> None:
        self._watch.rest()
        for context in self._contexts:
            context.close()
