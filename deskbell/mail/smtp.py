"""Hands mail to a mail server, and tells apart what may be tried again and what may not."""

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
)

from deskbell.mail.mailer import MailPermanentError, MailTemporaryError, MailUncertainError

log = logging.getLogger(__name__)

GO_AHEAD = 354
LOGIN_WANTED = {530, 534, 535, 538}
"""Refusals that speak of us and not of the mail (RFC 4954, 6)."""
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True)
class SmtpMailer:
    """A mail server to submit to. `timeout` bounds each of its answers, in seconds."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    security: Literal["starttls", "tls", "none"] = "starttls"
    timeout: float = 30
    tls_context: ssl.SSLContext | None = None

    @asynccontextmanager
    async def session(self) -> AsyncIterator["SmtpSession"]:
        """Connected, encrypted as configured and logged in, or MailTemporaryError."""
        client = SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.security == "tls",
            # False and not None: None would go on in the clear where STARTTLS is not offered.
            start_tls=self.security == "starttls",
            tls_context=self.tls_context,
            timeout=self.timeout,
        )
        await self._connect(client)
        try:
            yield SmtpSession(client, self.timeout)
        finally:
            await _leave(client)

    async def _connect(self, client: SMTP) -> None:
        try:
            async with asyncio.timeout(self.timeout):
                await client.connect()
        except SMTPAuthenticationError as error:
            # The traceback would tell nothing more than the answer.
            log.error(  # noqa: TRY400
                "the mail server refuses smtp_user and smtp_password: %s", _said(error)
            )
            raise MailTemporaryError(f"login refused: {_said(error)}") from error
        except (SMTPException, OSError, ValueError) as error:
            raise MailTemporaryError(f"cannot connect: {_said(error)}") from error


@dataclass(frozen=True)
class SmtpSession:
    """An open connection; good for one message after the other."""

    client: SMTP
    timeout: float

    async def deliver(self, message: EmailMessage) -> None:
        """See MailSession: raises MailTemporaryError, MailPermanentError, MailUncertainError."""
        sender = message["From"].addresses[0].addr_spec
        recipient = message["To"].addresses[0].addr_spec
        content = LEADING_DOT.sub(b"..", message.as_bytes()) + b".\r\n"
        try:
            await self._announce(sender, recipient)
            answer = await self._send(content)
        except (SMTPException, OSError) as error:
            raise MailTemporaryError(_said(error)) from error
        if answer.code != 250:
            raise _refusal(answer)

    async def _announce(self, sender: str, recipient: str) -> None:
        await self.client.mail(sender)  # a sender that is refused is our set-up, not this mail
        try:
            await self.client.rcpt(recipient)
        except SMTPResponseException as error:
            raise _refusal(SMTPResponse(error.code, error.message)) from error
        answer = await self.client.execute_command(b"DATA")
        if answer.code != GO_AHEAD:
            raise _refusal(answer)

    async def _send(self, content: bytes) -> SMTPResponse:
        """Not `client.data()`: it does not tell whether the content was on its way already."""
        protocol = self.client.protocol
        if protocol is None:
            raise MailTemporaryError("the connection was lost before the content was sent")
        protocol.write(content)
        try:
            return await protocol.read_response(timeout=self.timeout)
        except (SMTPException, OSError) as error:
            self.client.close()
            raise MailUncertainError(f"no answer to the content: {_said(error)}") from error


def _refusal(answer: SMTPResponse) -> MailPermanentError | MailTemporaryError:
    said = f"{answer.code} {answer.message}"
    if 500 <= answer.code < 600 and answer.code not in LOGIN_WANTED:
        return MailPermanentError(said)
    return MailTemporaryError(said)


def _said(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {error.message}"
    return str(error) or type(error).__name__


async def _leave(client: SMTP) -> None:
    """Says good-bye; whatever goes wrong now changes nothing about the mail."""
    with suppress(SMTPException, OSError):
        await client.quit(timeout=2)
    client.close()
