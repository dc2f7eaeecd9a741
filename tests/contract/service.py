"""A running Deskbell and its clients, who know nothing of it but its front door."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx2
import jwt

from deskbell import Deskbell, User
from tests.cast import DANA_EMAIL, DANA_NAME, DANA_PASSWORD, Clock
from tests.contract.cable import EXTENDED, CableClient, websocket_scope
from tests.mailbox import Mailbox

SECRET = "a secret that is long enough for HS256"
HOST = "desk.example"
OWN_PAGE = f"http://{HOST}"

Json = dict[str, Any]


@dataclass
class Caller:
    """Somebody with a bearer token, or with none."""

    http: httpx2.AsyncClient
    token: str | None = None
    user: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> httpx2.Response:
        headers = dict(self.headers)
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        return await self.http.request(method, path, json=body, params=query, headers=headers)

    async def get(self, path: str, **query: Any) -> Json:
        """Get what must be there."""
        return good(await self.call("GET", path, **query))

    async def post(self, path: str, body: Any = None) -> Json:
        return good(await self.call("POST", path, {} if body is None else body))

    async def patch(self, path: str, body: Any = None) -> Json:
        return good(await self.call("PATCH", path, {} if body is None else body))

    async def say(self, content: str, chat_id: str | None = None) -> Json:
        """Send a message to one's own chat, or as an agent to another."""
        path = "/support_chat/messages" if chat_id is None else f"/admin/chats/{chat_id}/messages"
        message: Json = (await self.post(path, {"content": content}))["message"]
        return message

    async def chat_id(self) -> str:
        """Open one's own chat."""
        chat = await self.get("/support_chat")
        return str(chat["id"])


def good(response: httpx2.Response) -> Json:
    assert response.is_success, response.text
    answer: Json = response.json()
    return answer


@dataclass
class Service:
    """The service with a clock that tests move and a mailbox that they read."""

    app: Deskbell
    http: httpx2.AsyncClient
    clock: Clock
    mailbox: Mailbox

    @property
    def nobody(self) -> Caller:
        return Caller(self.http)

    async def open_session(self, body: Json) -> Caller:
        """Exchange whatever one has for a bearer token."""
        session = await self.nobody.post("/support_chat/session", body)
        return Caller(self.http, session["token"], session["user"])

    async def identified(self, user: User) -> Caller:
        """Come as a user the host vouches for."""
        return await self.open_session({"identity": self.identity(user)})

    def identity(self, user: User) -> str:
        """What the host signs about its user."""
        claims = {
            "sub": user.id,
            "aud": "deskbell",
            "iat": self.clock.now,
            "exp": self.clock.now + timedelta(minutes=10),
            "email": user.email,
            "name": user.name,
            "role": user.role,
        }
        return jwt.encode(claims, SECRET, "HS256")

    async def visitor(self) -> Caller:
        """Come as somebody new."""
        return await self.open_session({})

    async def dana(self) -> Caller:
        """Sign in as an agent of the service itself."""
        await self.app.create_admin(DANA_EMAIL, DANA_NAME, DANA_PASSWORD)
        return await self.sign_in()

    async def sign_in(self) -> Caller:
        credentials = {"email": DANA_EMAIL, "password": DANA_PASSWORD}
        session = await self.nobody.post("/admin/session", credentials)
        return Caller(self.http, session["token"], session["user"])

    async def run_mails(self) -> None:
        """Do what the worker of the mails does every second."""
        await self.app._parts.mails.run_due()

    def socket(
        self,
        token: str | None,
        *,
        protocols: Sequence[str] = (EXTENDED,),
        origin: str | None = OWN_PAGE,
        path: str = "/cable",
    ) -> CableClient:
        """A socket that is not open yet."""
        offered = [*protocols, *([] if token is None else [f"anycable-token.{token}"])]
        headers = {"host": HOST} | ({} if origin is None else {"origin": origin})
        return CableClient(self.app, websocket_scope(offered, headers, path))


StartService = Callable[..., Awaitable[Service]]
"""Starts a service with the settings given."""
