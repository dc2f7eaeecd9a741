"""A mail server in memory: it keeps what it is given, and fails as a test tells it to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.message import EmailMessage

from deskbell.mail.mailer import MailError


class Mailbox:
    """A mailer whose deliveries can be read; `offered` has the refused ones too.

    `down` fails the next sessions, `refuses` the next deliveries, and `before_delivery` runs
    while a mail is on its way.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.offered: list[EmailMessage] = []
        self.down: list[MailError] = []
        self.refuses: list[Exception] = []
        self.before_delivery: Callable[[], Awaitable[object]] | None = None

    @asynccontextmanager
    async def session(self) -> "AsyncIterator[Mailbox]":
        if self.down:
            raise self.down.pop(0)
        yield self

    async def deliver(self, message: EmailMessage) -> None:
        self.offered.append(message)
        if self.before_delivery is not None:
            await self.before_delivery()
        if self.refuses:
            raise self.refuses.pop(0)
        self.taken.append(message)

    def texts(self) -> list[str]:
        """The plain texts of the mails taken, in their order."""
        bodies = [message.get_body(("plain",)) for message in self.taken]
        return [str(body.get_content()) for body in bodies if body is not None]
