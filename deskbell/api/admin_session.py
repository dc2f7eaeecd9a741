"""Signing in and out of the dashboard.

The cookie does one thing: it fetches a fresh bearer token, from our own pages only. Everything else
takes the token, so that there is almost nothing a foreign page could make a browser do.
"""

import logging
from dataclasses import dataclass

from starlette.requests import Request

from deskbell.actions.admins import (
    SESSION_LIFE,
    AdminSession,
    credentials_of,
    login_of,
    resume_admin,
    set_up_first_admin,
    sign_in_admin,
    sign_out_admin,
)
from deskbell.actions.desk import Desk
from deskbell.api.bodies import Empty
from deskbell.api.calls import Answer, Call
from deskbell.api.visitor import session_of
from deskbell.domain.errors import Forbidden, Unauthorized
from deskbell.passwords import Passwords
from deskbell.tokens import Tokens

log = logging.getLogger(__name__)

SECURE_COOKIE = "__Host-deskbell"
"""On HTTPS: the prefix makes browsers insist on Secure, our host alone and the path `/`."""

PLAIN_COOKIE = "deskbell"
"""On plain HTTP in a local network, where browsers would not keep the other."""


@dataclass(frozen=True, slots=True)
class AdminSessionApi:
    """Operations of the sign-in page."""

    desk: Desk
    tokens: Tokens
    passwords: Passwords
    https: bool

    async def sign_in(self, call: Call) -> Answer:
        """Sign in with e-mail and password; sets the cookie and returns a bearer token."""
        require_same_origin(call.request)
        email, password = call.body.email, call.body.password
        limits, account = self.desk.limits, (login_of(email), call.network)
        limits.take("sign_ins_per_address", call.network)
        limits.take("sign_ins_per_account", account)
        known = await self.desk.read(credentials_of, email)
        right = await self.passwords.verify(password, known.password_hash if known else None)
        if known is None or not right:
            raise Unauthorized("The e-mail or the password is wrong.")
        # Only failures count: an office signs in behind one address every morning.
        limits.give_back("sign_ins_per_address", call.network)
        limits.give_back("sign_ins_per_account", account)
        return self._signed_in(call, await self.desk.write(sign_in_admin, known.user_id))

    async def set_up(self, call: Call) -> Answer:
        """Make the first admin by the single-use link, and sign them in."""
        require_same_origin(call.request)
        self.desk.limits.take("sign_ins_per_address", call.network)
        body = call.body
        password_hash = await self.passwords.hash(body.password)
        session = await self.desk.write(
            set_up_first_admin, body.token, body.email, body.name, password_hash
        )
        return self._signed_in(call, session)

    async def resume(self, call: Call) -> Answer:
        """Get a fresh bearer token for the cookie."""
        require_same_origin(call.request)
        person = await self.desk.read(resume_admin, self._read_cookie(call.request))
        return Answer(session_of(self.tokens, person))

    async def sign_out(self, call: Call) -> Answer:
        """End the session of the cookie."""
        require_same_origin(call.request)
        await self.desk.write(sign_out_admin, self._read_cookie(call.request))
        return Answer(Empty(), headers={"Set-Cookie": self._write_cookie(call.request, "", 0)})

    def _signed_in(self, call: Call, session: AdminSession) -> Answer:
        life = int(SESSION_LIFE.total_seconds())
        cookie = self._write_cookie(call.request, session.cookie, life)
        return Answer(session_of(self.tokens, session.person), headers={"Set-Cookie": cookie})

    def _read_cookie(self, request: Request) -> str:
        cookie = request.cookies.get(self._cookie_name(request))
        if not cookie:
            raise Unauthorized
        return cookie

    def _write_cookie(self, request: Request, value: str, max_age: int) -> str:
        name = self._cookie_name(request)
        secure = "; Secure" if name == SECURE_COOKIE else ""
        if not secure and request.url.hostname not in ("localhost", "127.0.0.1", "::1"):
            log.warning("an admin signs in over plain HTTP: anybody on the way can read along")
        return f"{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}"

    def _cookie_name(self, request: Request) -> str:
        # Behind a proxy that ends TLS and is not trusted, only our public address tells.
        return SECURE_COOKIE if self.https or request.url.scheme == "https" else PLAIN_COOKIE


def require_same_origin(request: Request) -> None:
    """Raise Forbidden when a browser says that another site's page makes this request.

    `Sec-Fetch-Site` (W3C Fetch Metadata) is set by the browser alone; older ones send `Origin`.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise Forbidden("Sign in from our own page.")
    origin, host = request.headers.get("origin"), request.headers.get("host")
    if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
        raise Forbidden("Sign in from our own page.")
