"""Signed tokens: short-lived bearers for REST and the socket, the links of mails, and what a host
says about its user (RFC 7519, always HS256).

Every purpose signs with a key of its own, derived from the one secret, so that a token of one kind
can never pass as another.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast
from uuid import UUID

import jwt

from deskbell.domain.errors import TokenExpired, Unauthorized
from deskbell.domain.people import Actor, Role, User

Purpose = Literal["session", "open-chat", "unsubscribe", "confirm-email"]

ALGORITHM = "HS256"
AUDIENCE = "deskbell"

MAX_IDENTITY_LIFE = timedelta(hours=1)
"""A host's statement about its user holds this long at most: a leaked one soon means nothing."""

LEEWAY = timedelta(seconds=60)
"""Clocks of the host and of this server may differ by this much."""

MAX_TOKEN = 8_192
"""Longest token we try to read, in characters."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A fresh bearer token and when it ends."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a bearer token speaks for, and until when. `link_ends_at` is when the link ends by which
    its holder came; None for whoever came another way."""

    actor: Actor
    name: str | None
    expires_at: datetime
    link_ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """Whose link somebody followed, and until when it works."""

    user_id: UUID
    ends_at: datetime


class Tokens:
    """Issues and checks every token of one installation."""

    def __init__(self, secret: bytes, *, life: timedelta, clock: Callable[[], datetime]) -> None:
        self._secret = secret
        self._life = life
        self._clock = clock
        self._keys: dict[str, bytes] = {}

    def grant(self, actor: Actor, name: str | None, link_ends_at: datetime | None = None) -> Grant:
        """Issue a bearer token for REST and the socket."""
        expires_at = self._clock() + self._life
        claims: dict[str, Any] = {
            "sub": str(actor.user_id),
            "role": actor.role,
            "name": name,
        }
        if link_ends_at is not None:
            claims["link_exp"] = link_ends_at.timestamp()
        return Grant(self._sign("session", claims, expires_at), expires_at)

    def pop_out(self, bearer: Bearer, life: timedelta) -> Grant:
        """Issue a link to one's own chat. Whoever came by a link gets none that outlives it: else
        a link could be renewed for ever by its own sessions."""
        ends_at = self._clock() + life
        if bearer.link_ends_at is not None:
            ends_at = min(ends_at, bearer.link_ends_at)
        claims = {"sub": str(bearer.actor.user_id)}
        return Grant(self._sign("open-chat", claims, ends_at), ends_at)

    def bearer(self, token: str) -> Bearer:
        """Read a bearer token; raises Unauthorized or TokenExpired."""
        claims = self._verify("session", token)
        actor = Actor(_uuid(claims["sub"]), cast(Role, claims["role"]))
        link_ends_at = _moment(claims["link_exp"]) if "link_exp" in claims else None
        return Bearer(actor, claims.get("name"), _moment(claims["exp"]), link_ends_at)

    def link(self, purpose: Purpose, user_id: UUID, life: timedelta) -> str:
        """Issue the single-purpose token of a link."""
        return self._sign(purpose, {"sub": str(user_id)}, self._clock() + life)

    def follow(self, purpose: Purpose, token: str) -> UUID:
        """Read the token of a link; raises Unauthorized or TokenExpired."""
        return self.followed(purpose, token).user_id

    def followed(self, purpose: Purpose, token: str) -> Followed:
        """Read the token of a link with its end; raises Unauthorized or TokenExpired."""
        claims = self._verify(purpose, token)
        return Followed(_uuid(claims["sub"]), _moment(claims["exp"]))

    def confirmation(self, user_id: UUID, email: str, life: timedelta) -> str:
        """Issue the token that proves that somebody reads an address; good for that one alone."""
        claims = {"sub": str(user_id), "email": email}
        return self._sign("confirm-email", claims, self._clock() + life)

    def confirmed(self, token: str) -> tuple[UUID, str]:
        """Read who confirms which address; raises Unauthorized or TokenExpired."""
        claims = self._verify("confirm-email", token)
        return _uuid(claims["sub"]), str(claims.get("email"))

    def identity(self, token: str) -> User:
        """Read what the host signed about its user with the secret itself.

        Requires `sub`, `aud`, `iat` and `exp`, at most an hour apart; `email`, `name`, `role`,
        `locale` and `attributes` are optional. Raises Unauthorized or TokenExpired.
        """
        claims = self._decode(self._secret, token, ["sub", "aud", "iat", "exp"])
        if claims["exp"] - claims["iat"] > MAX_IDENTITY_LIFE.total_seconds():
            raise Unauthorized("The identity is valid for too long: an hour at most.")
        role = claims.get("role", "user")
        if role not in ("user", "admin"):
            raise Unauthorized("The claim `role` is neither `user` nor `admin`.")
        try:
            return User(
                id=claims["sub"],
                email=claims.get("email"),
                name=claims.get("name"),
                is_admin=role == "admin",
                locale=claims.get("locale"),
                attributes=claims.get("attributes") or {},
            )
        except ValueError as error:
            raise Unauthorized(f"The identity cannot be used: {error}.") from None

    def _key(self, purpose: Purpose) -> bytes:
        if purpose not in self._keys:
            label = f"deskbell {purpose}".encode()
            self._keys[purpose] = hmac.new(self._secret, label, hashlib.sha256).digest()
        return self._keys[purpose]

    def _sign(self, purpose: Purpose, claims: dict[str, Any], expires_at: datetime) -> str:
        issued = {"aud": AUDIENCE, "iat": self._clock(), "exp": expires_at, **claims}
        return jwt.encode(issued, self._key(purpose), ALGORITHM)

    def _verify(self, purpose: Purpose, token: str) -> dict[str, Any]:
        return self._decode(self._key(purpose), token, ["sub", "aud", "exp"])

    def _decode(self, key: bytes, token: str, required: list[str]) -> dict[str, Any]:
        """Check signature and claims. Times are checked here against our own injected clock."""
        if len(token) > MAX_TOKEN:
            raise Unauthorized
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={
                    "require": required,
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except (jwt.InvalidTokenError, ValueError, UnicodeError):
            raise Unauthorized from None
        self._check_times(claims)
        return claims

    def _check_times(self, claims: dict[str, Any]) -> None:
        now = self._clock().timestamp()
        times = [claims[name] for name in ("exp", "iat", "nbf") if name in claims]
        if not all(type(time) in (int, float) and abs(time) < 2**40 for time in times):
            raise Unauthorized
        if claims["exp"] <= now:
            raise TokenExpired
        if max(claims.get("iat", now), claims.get("nbf", now)) > now + LEEWAY.total_seconds():
            raise Unauthorized("The token comes from the future: check the clocks.")


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unauthorized from None
