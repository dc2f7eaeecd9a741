"""Mail handed to real mail servers that encrypt, ask for a login, refuse, hang and hang up."""

import asyncio
import shutil
import socket
import ssl
import struct
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server  # noqa: N811
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from deskbell.mail.away_mail import AwayLetter, away_mail
from deskbell.mail.mailer import (
    MailError,
    MailPermanentError,
    MailTemporaryError,
    MailUncertainError,
)
from deskbell.mail.smtp import SmtpMailer

pytestmark = pytest.mark.anyio

HOST = "127.0.0.1"
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
MESSAGE = away_mail(
    AwayLetter(
        message_id="0198f0b2-0000-7000-8000-000000000001",
        mail_from="Harbour Lamps <support@lamps.example>",
        to_email="ada@shop.example",
        to_name="Ada",
        locale="zh",
        brand="Harbour Lamps",
        previews=[(".\n.. 点\nFrom here on", NOW)],
        chat_url="https://help.lamps.example/chat#link=abc",
        unsubscribe_url="https://help.lamps.example/mail/unsubscribe?token=xyz",
    ),
    NOW,
)


class Inbox:
    """What a server took, and what it answers to a command in place of 250."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.taken: list[Envelope] = []

    # The names and arguments of the following are aiosmtpd's.

    async def handle_MAIL(  # noqa: N802
        self, _: Server, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, _: Server, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, _: Server, __: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.get("data", "250 OK")
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer


class Receiving(Controller):
    """aiosmtpd on a free port, which is known only after it has started."""

    def __init__(self, inbox: Inbox, **options: Any) -> None:
        super().__init__(inbox, hostname=HOST, port=0, **options)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(inbox: Inbox, **options: Any) -> Iterator[SmtpMailer]:
    controller = Receiving(inbox, **options)
    controller.start()
    try:
        yield SmtpMailer(HOST, controller.port, security="none", timeout=5)
    finally:
        controller.stop()


async def deliver(mailer: SmtpMailer, message: EmailMessage = MESSAGE) -> None:
    async with mailer.session() as session:
        await session.deliver(message)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, made for this run."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on PATH to make a certificate with")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test"
    names = ["-addext", f"subjectAltName=IP:{HOST}"]
    command = [openssl, *request.split(), *names, "-keyout", str(path), "-out", f"{path}.cert"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.cert").read_text())
    return path


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trust(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificate)


def only_the_shop(_: Server, __: Session, ___: Envelope, ____: str, login: Any) -> AuthResult:
    good = isinstance(login, LoginPassword) and login == LoginPassword(b"shop", b"open sesame")
    return AuthResult(success=good, handled=good)


async def test_the_mail_arrives_unchanged() -> None:
    inbox = Inbox()
    with mail_server(inbox) as mailer:
        await deliver(mailer)
    [envelope] = inbox.taken
    assert envelope.mail_from == "support@lamps.example"
    assert envelope.rcpt_tos == ["ada@shop.example"]
    assert isinstance(envelope.content, bytes)
    arrived = message_from_bytes(envelope.content, policy=default)
    assert isinstance(arrived, EmailMessage)
    for kind in ("plain", "html"):
        got, wanted = arrived.get_body((kind,)), MESSAGE.get_body((kind,))
        assert got is not None
        assert wanted is not None
        assert got.get_content().splitlines() == wanted.get_content().splitlines()


async def test_one_session_delivers_several_mails() -> None:
    inbox = Inbox()
    with mail_server(inbox) as mailer:
        async with mailer.session() as session:
            await session.deliver(MESSAGE)
            await session.deliver(MESSAGE)
    assert len(inbox.taken) == 2


async def test_starttls_with_login(server_tls: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    inbox = Inbox()
    with mail_server(
        inbox,
        tls_context=server_tls,
        require_starttls=True,
        authenticator=only_the_shop,
        auth_required=True,
    ) as plain:
        await deliver(
            replace(
                plain, security="starttls", tls_context=trust, user="shop", password="open sesame"
            )
        )
    assert len(inbox.taken) == 1


async def test_tls_from_the_first_byte(server_tls: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    inbox = Inbox()
    with mail_server(inbox, ssl_context=server_tls) as plain:
        await deliver(replace(plain, security="tls", tls_context=trust))
    assert len(inbox.taken) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_that_is_not_trusted_gets_no_mail(
    server_tls: ssl.SSLContext, security: Any
) -> None:
    inbox = Inbox()
    option = "ssl_context" if security == "tls" else "tls_context"
    with mail_server(inbox, **{option: server_tls}) as plain, pytest.raises(MailTemporaryError):
        await deliver(replace(plain, security=security))
    assert not inbox.taken


async def test_nothing_goes_in_the_clear_where_starttls_is_wanted() -> None:
    inbox = Inbox()
    with mail_server(inbox) as plain, pytest.raises(MailTemporaryError, match="STARTTLS"):
        await deliver(replace(plain, security="starttls"))
    assert not inbox.taken


async def test_a_refused_login_is_tried_again_later_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    inbox = Inbox()
    with (
        mail_server(inbox, authenticator=only_the_shop, auth_require_tls=False) as plain,
        pytest.raises(MailTemporaryError, match="login refused: 535"),
    ):
        await deliver(replace(plain, user="shop", password="wrong word"))
    assert "refuses smtp_user and smtp_password" in caplog.text
    assert "wrong word" not in caplog.text + repr(replace(plain, password="wrong word"))


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"rcpt": "550 5.1.1 no such mailbox"}, MailPermanentError),
        ({"rcpt": "450 4.2.1 greylisted"}, MailTemporaryError),
        ({"rcpt": "530 5.7.0 log in first"}, MailTemporaryError),
        ({"mail": "550 5.7.1 not your sender"}, MailTemporaryError),
        ({"mail": "452 4.3.1 disk full"}, MailTemporaryError),
        ({"data": "554 5.7.1 spam"}, MailPermanentError),
        ({"data": "451 4.3.0 try later"}, MailTemporaryError),
    ],
)
async def test_refusals_are_told_apart(answers: dict[str, str], error: type[MailError]) -> None:
    inbox = Inbox(**answers)
    with mail_server(inbox) as mailer, pytest.raises(error) as caught:
        await deliver(mailer)
    [said] = answers.values()
    assert caught.type is error
    assert said[:3] in str(caught.value)
    assert not inbox.taken


async def test_no_server_at_all_is_temporary() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        mailer = SmtpMailer(HOST, unused.getsockname()[1], security="none", timeout=5)
        with pytest.raises(MailTemporaryError, match="cannot connect"):
            await deliver(mailer)


Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def rude_server(until: str, ending: Answer, **options: float) -> AsyncIterator[SmtpMailer]:
    """Polite until the line that starts with `until`; then it ends the talk its own way."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"220 rude\r\n")
            while line := await reader.readline():
                if line.upper().startswith(until.encode()):
                    await ending(reader, writer)
                    return
                if line == b"DATA\r\n":
                    writer.write(b"354 go on\r\n")
                elif line.upper().startswith((b"EHLO", b"MAIL", b"RCPT", b"QUIT")):
                    writer.write(b"250 OK\r\n")
        finally:
            writer.close()

    server = await asyncio.start_server(talk, HOST, 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield SmtpMailer(HOST, port, security="none", timeout=options.get("timeout", 5))


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """RST in place of FIN: what a crashed server or an angry firewall sends."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Says nothing more until the client has had enough."""
    await reader.read()


async def leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Closes without a word."""


@pytest.mark.parametrize("ending", [reset, leave, hang])
@pytest.mark.parametrize("until", ["EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_connection_lost_before_the_content_is_temporary(
    until: str, ending: Answer
) -> None:
    timeout = 0.2 if ending is hang else 5
    async with rude_server(until, ending, timeout=timeout) as mailer:
        with pytest.raises(MailTemporaryError):
            await deliver(mailer)


@pytest.mark.parametrize("ending", [reset, leave, hang])
@pytest.mark.parametrize("until", ["SUBJECT", ".\r\n"])
async def test_a_connection_lost_after_the_content_is_uncertain(until: str, ending: Answer) -> None:
    timeout = 0.2 if ending is hang else 5
    async with rude_server(until, ending, timeout=timeout) as mailer:
        with pytest.raises(MailUncertainError):
            await deliver(mailer)


@pytest.mark.parametrize("ending", [reset, leave])
async def test_a_rude_good_bye_changes_nothing_about_the_mail(ending: Answer) -> None:
    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"250 taken\r\n")
        assert await reader.readline() == b"QUIT\r\n"
        await ending(reader, writer)

    async with rude_server(".\r\n", take) as mailer:
        await deliver(mailer)
