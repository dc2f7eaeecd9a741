"""A mailer that keeps what it is given, so that the demo can show it in place of sending it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage


class MailCatcher:
    """A Mailer whose server is this list."""

    def __init__(self) -> None:
        self.caught: list[EmailMessage] = []

    @asynccontextmanager
    async def session(self) -> AsyncIterator["MailCatcher"]:
        yield self

    async def deliver(self, message: EmailMessage) -> None:
        self.caught.append(message)
