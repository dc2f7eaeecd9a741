"""A visitor leaves an address: the real server, a real mail server, and the mails in between."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.mail_server import Inbox, MailServer, link_in, text_of
from tests.servers import Guest, RunningServer

EMAIL = "vera@home.example"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mailing_server(tmp_path: Path, inbox: Inbox) -> Iterator[RunningServer]:
    """A server that mails unread answers as soon as it can."""
    post = MailServer(inbox)
    post.start()
    settings = {
        "public_url": "http://127.0.0.1:8000",
        "brand": "Harbour Lamps",
        "mail_from": "Harbour Lamps <support@lamps.example>",
        "mail_delay": "0",
        "smtp_host": "127.0.0.1",
        "smtp_port": str(post.port),
        "smtp_security": "none",
    }
    try:
        with RunningServer(tmp_path / "mailing-server", settings) as server:
            server.create_admin()
            yield server
    finally:
        post.stop()


def answer(server: RunningServer, guest: Guest, content: str) -> None:
    path = f"/admin/chats/{guest.chat_id}/messages"
    assert server.call("POST", path, {"content": content}, server.sign_in()).status == 201


def test_an_unconfirmed_address_gets_the_question_alone_and_answers_after_the_click(
    mailing_server: RunningServer, inbox: Inbox
) -> None:
    server, guest = mailing_server, mailing_server.welcome_guest()
    answer(server, guest, "It ships on Friday.")
    left = server.call("PATCH", "/support_chat/contact", {"email": EMAIL}, guest.token)
    assert left.body["contact"]["unconfirmed_email"] == EMAIL
    (question,) = inbox.wait_for(1)
    assert question["To"] == EMAIL
    assert question["Subject"] == "Confirm your address for Harbour Lamps Support"
    assert "Friday" not in text_of(question)
    token = link_in(question, "/confirm_email").partition("#token=")[2]
    assert server.call("POST", "/confirm_email", {"token": token}).status == 200
    _, told = inbox.wait_for(2)
    assert told["To"] == EMAIL
    assert "It ships on Friday." in text_of(told)


def test_answers_go_nowhere_before_the_click(mailing_server: RunningServer, inbox: Inbox) -> None:
    server, guest = mailing_server, mailing_server.welcome_guest()
    server.call("PATCH", "/support_chat/contact", {"email": EMAIL}, guest.token)
    inbox.wait_for(1)
    answer(server, guest, "It ships on Friday.")
    # The next question is due after the answer: when it has come, the answer is settled.
    for number in (2, 3):
        server.call("PATCH", "/support_chat/contact", {"email": EMAIL}, guest.token)
        inbox.wait_for(number)
    assert all("Friday" not in text_of(mail) for mail in inbox.mails)
