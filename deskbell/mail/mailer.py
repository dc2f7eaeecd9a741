"""What sends mail, seen by the worker: a session that delivers, and the ways it can fail.

A worker opens a session first (a mail server that is down has cost nothing), marks its job, and
only then delivers: a crash from there on counts as sent, so that nobody gets a mail twice.
"""

from contextlib import AbstractAsyncContextManager
from email.message import EmailMessage
from typing import Protocol


class MailError(Exception):
    """A mail that was not delivered, with what the mail server said about it."""


class MailTemporaryError(MailError):
    """Not delivered, and worth another try: the server is away, busy or set up wrongly."""


class MailPermanentError(MailError):
    """Not delivered, and never will be: the address or the content was refused."""


class MailUncertainError(MailError):
    """The content was sent, then the connection was lost before the server answered."""


class MailSession(Protocol):
    """A connection that is ready to take mail."""

    async def deliver(self, message: EmailMessage) -> None:
        """Returns when the server has taken the message; raises a MailError otherwise."""


class Mailer(Protocol):
    """Opens sessions."""

    def session(self) -> AbstractAsyncContextManager[MailSession]:
        """Connected and logged in on entering; entering raises MailTemporaryError."""
