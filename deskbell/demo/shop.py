"""The demo's pages: a shop that carries the widget, and the mails that would have gone out."""

import secrets
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import jwt
from jinja2 import Environment, PackageLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from deskbell.demo.catcher import MailCatcher

CUSTOMERS = {
    "ada": {"sub": "customer-1", "email": "ada@example.com", "name": "Ada Lindqvist"},
    "bo": {"sub": "customer-2", "email": "bo@example.com", "name": "Bo Tan"},
}
IDENTITY_LIFE = timedelta(minutes=55)

PAGE_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'nonce-{nonce}'; "
    "connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""As strict as a page can be, to show that the widget needs nothing more."""
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


class Shop:
    """The pages, in front of the Deskbell they belong to."""

    def __init__(self, desk: Any, secret: bytes, mails: MailCatcher, mail_delay: int) -> None:
        self._secret = secret
        self._mails = mails
        self._mail_delay = mail_delay
        self._templates = Environment(loader=PackageLoader("deskbell.demo"), autoescape=True)
        self.app = Starlette(
            routes=[
                Route("/", self.shop),
                Route("/shop", self.shop),
                Route("/mail", self.mail_list),
                Route("/mail/{number:int}", self.mail),
                Route("/mail/{number:int}/body", self.mail_body),
                Mount("/", desk),
            ]
        )

    async def shop(self, request: Request) -> Response:
        customer = CUSTOMERS.get(request.query_params.get("as", ""))
        identity = self._identity(customer) if customer else None
        return self._page("shop.html", customer=customer, identity=identity)

    async def mail_list(self, _: Request) -> Response:
        numbered = list(enumerate(self._mails.caught, start=1))
        return self._page("mails.html", mails=reversed(numbered), delay=self._mail_delay)

    async def mail(self, request: Request) -> Response:
        number, message = self._caught(request)
        text = _body(message, "plain")
        return self._page("mail.html", number=number, mail=message, text=text)

    async def mail_body(self, request: Request) -> Response:
        """The HTML of a mail, for a frame: links open beside it, nothing in it can run."""
        _, message = self._caught(request)
        body = _body(message, "html").replace("<head>", '<head><base target="_blank">', 1)
        return HTMLResponse(body, headers={"Content-Security-Policy": MAIL_POLICY})

    def _caught(self, request: Request) -> tuple[int, EmailMessage]:
        number: int = request.path_params["number"]
        if not 1 <= number <= len(self._mails.caught):
            raise HTTPException(404)
        return number, self._mails.caught[number - 1]

    def _identity(self, customer: dict[str, str]) -> str:
        """What the backend of a real shop does for its signed-in customer, and all it does."""
        now = datetime.now(UTC)
        claims = {**customer, "aud": "deskbell", "iat": now, "exp": now + IDENTITY_LIFE}
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def _page(self, template: str, **values: Any) -> Response:
        nonce = secrets.token_urlsafe(16)
        page = self._templates.get_template(template).render(nonce=nonce, **values)
        policy = PAGE_POLICY.format(nonce=nonce)
        return HTMLResponse(
            page, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
