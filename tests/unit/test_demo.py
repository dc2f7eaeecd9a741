"""The demo's shop: how strict its pages are, whom it signs in, and how it shows caught mail."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router
from starlette.testclient import TestClient

from deskbell.demo.catcher import MailCatcher
from deskbell.demo.shop import Shop
from deskbell.mail.away_mail import AwayLetter, away_mail
from deskbell.tokens import Tokens

pytestmark = pytest.mark.anyio

SECRET = b"0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


async def desk_answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"desk: {request.url.path}")


@pytest.fixture
def mails() -> MailCatcher:
    return MailCatcher()


@pytest.fixture
def browser(mails: MailCatcher) -> TestClient:
    desk = Router([Route("/{path:path}", desk_answer)])
    return TestClient(Shop(desk, SECRET, mails, mail_delay=20).app)


async def catch(mails: MailCatcher, content: str) -> None:
    letter = AwayLetter(
        message_id=str(uuid4()),
        mail_from="Harbour Lamps <support@example.com>",
        to_email="ada@example.com",
        to_name="<b>Ada</b>",
        locale=None,
        brand="Harbour Lamps",
        previews=[(content, NOW)],
        chat_url="http://127.0.0.1:1/chat#link=abc",
        unsubscribe_url="http://127.0.0.1:1/mail/unsubscribe?token=xyz",
    )
    async with mails.session() as session:
        await session.deliver(away_mail(letter, NOW))


def policy_of(browser: TestClient, path: str) -> str:
    return str(browser.get(path).headers["Content-Security-Policy"])


@pytest.mark.parametrize("path", ["/", "/shop", "/shop?as=nobody"])
def test_a_visitor_gets_the_widget_and_no_identity(browser: TestClient, path: str) -> None:
    page = browser.get(path).text
    assert 'src="/widget.js"' in page
    assert "data-identity" not in page


def test_a_customer_is_signed_in_by_the_shop(browser: TestClient) -> None:
    page = browser.get("/shop?as=ada").text
    identity = page.split('data-identity="')[1].split('"')[0]
    tokens = Tokens(SECRET, life=timedelta(hours=1), clock=lambda: datetime.now(UTC))
    user = tokens.identity(identity)
    assert (user.email, user.name, user.role) == ("ada@example.com", "Ada Lindqvist", "user")


def test_pages_are_as_strict_as_a_page_can_be(browser: TestClient) -> None:
    first, second = policy_of(browser, "/shop"), policy_of(browser, "/shop")
    assert first != second
    nonce = first.split("'nonce-")[1].split("'")[0]
    assert "unsafe" not in first
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in first
    page = browser.get("/shop").text
    assert nonce not in page
    assert page.count("<script") == page.count("<script nonce=")
    assert page.count("<style") == page.count("<style nonce=")
    assert " style=" not in page


def test_everything_else_is_the_desks(browser: TestClient) -> None:
    for path in ("/widget.js", "/support_chat", "/mail/unsubscribe", "/dashboard/chats/1"):
        assert browser.get(path).text == f"desk: {path}"


async def test_caught_mail_is_listed_and_shown(browser: TestClient, mails: MailCatcher) -> None:
    assert "No mail yet." in browser.get("/mail").text
    await catch(mails, "first")
    await catch(mails, "second")
    listed = browser.get("/mail").text
    assert listed.index("/mail/2") < listed.index("/mail/1")
    page = browser.get("/mail/2").text
    assert "second" in page
    assert "&lt;b&gt;Ada&lt;/b&gt;" in page
    assert "<b>Ada" not in page
    assert browser.get("/mail/3").status_code == 404


async def test_nothing_in_a_mail_can_run(browser: TestClient, mails: MailCatcher) -> None:
    await catch(mails, "words")
    body = browser.get("/mail/1/body")
    policy = body.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "allow-scripts" not in policy
    assert body.text.index('<base target="_blank">') < body.text.index("chat#link=abc")
