"""A real mail server that keeps what it is given, for the tests to read."""

import asyncio
import re
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE = 15.0
"""Seconds until a mail that is due has to be here; the server looks every second."""


class Inbox:
    """What has arrived, oldest first."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self._arrived = threading.Condition()

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail; name and arguments are aiosmtpd's."""
        assert isinstance(envelope.content, bytes)
        with self._arrived:
            self.mails.append(message_from_bytes(envelope.content, EmailMessage, policy=default))
            self._arrived.notify_all()
        return "250 OK"

    def wait_for(self, count: int) -> list[EmailMessage]:
        """Wait until so many have arrived, and give all that are there."""
        with self._arrived:
            arrived = self._arrived.wait_for(lambda: len(self.mails) >= count, PATIENCE)
            assert arrived, f"{len(self.mails)} of {count} mails arrived"
            return list(self.mails)


class MailServer(Controller):
    """aiosmtpd on a free port, which is known only after it has started."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(inbox, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, containing: str) -> str:
    """The one link of a mail's text that contains this."""
    found = [link for link in re.findall(r"https?://\S+", text_of(mail)) if containing in link]
    assert len(found) == 1, text_of(mail)
    return str(found[0])
