"""One call of an operation: its body and query decoded, its caller known, its answer encoded."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any, Literal, TypeVar
from uuid import UUID

import msgspec
from starlette.requests import Request

from deskbell.domain.errors import Invalid, Malformed, NotFound, TooLarge, Unauthorized
from deskbell.domain.message import check_message_id
from deskbell.domain.people import Actor
from deskbell.tokens import Bearer, Tokens

T = TypeVar("T")

MAX_BODY = 256 * 1024
"""Bytes of a body at most: 10,000 characters can need 140 KB as escaped JSON."""

Audience = Literal["public", "bearer", "cookie"]
"""Who may call: anybody; who holds a bearer token; who holds the admins' cookie."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation returns: a value of the declared type, and perhaps more."""

    value: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """A request on its way through an operation."""

    request: Request
    bearer: Bearer | None
    body: Any = None
    query: Any = None

    @property
    def caller(self) -> Actor:
        """Who calls; every `bearer` operation has one."""
        return self.session.actor

    @property
    def session(self) -> Bearer:
        """What their token says; every `bearer` operation has one."""
        if self.bearer is None:
            raise Unauthorized
        return self.bearer

    @property
    def chat_id(self) -> UUID:
        """The chat in the path; raises NotFound for what cannot be one."""
        try:
            return check_message_id(self.request.path_params["chat_id"])
        except Invalid:
            raise NotFound from None

    @property
    def address(self) -> str:
        """Where the request comes from, as far as trusted proxies tell."""
        client = self.request.client
        return client.host if client is not None else "unknown"

    @property
    def network(self) -> str:
        """Who has the address: of IPv6 everybody gets a whole /64 to choose from (RFC 6177)."""
        try:
            address = ip_address(self.address)
        except ValueError:
            return self.address
        if address.version == 4:
            return self.address
        return str(ip_network(f"{address}/64", strict=False))


Operation = Callable[[Call], Awaitable[Answer]]


def read_bearer(request: Request, tokens: Tokens) -> Bearer:
    """Tell who calls by the `Authorization` header (RFC 6750 §2.1); raises Unauthorized."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized
    return tokens.bearer(token.strip())


def first_language(request: Request) -> str | None:
    """The language a browser likes best, as it spells it (RFC 9110 §12.5.4)."""
    header = request.headers.get("accept-language", "")
    match = re.match(r"\s*([a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*)(?=[\s,;]|$)", header)
    return match[1][:35] if match else None


async def read_body(request: Request, kind: type[T]) -> T:
    """Read and check a JSON body; raises Malformed, TooLarge or Invalid."""
    body = await _read_bytes(request)
    if body and not request.headers.get("content-type", "").startswith("application/json"):
        # Also keeps forms of other pages out: they cannot say this without asking first.
        raise Malformed("Send JSON, with its content type.")
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise invalid(error) from None
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise Malformed from None


def read_query(request: Request, kind: type[T]) -> T:
    """Read and check the query; raises Invalid."""
    try:
        return msgspec.convert(dict(request.query_params), kind, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error) from None


def invalid(error: msgspec.ValidationError) -> Invalid:
    """Name the field that msgspec complains about."""
    complaint, _, path = str(error).partition(" - at `$.")
    if not path and "missing required field" in complaint:
        path = complaint.split("`")[-2]
    return Invalid(path.rstrip("`") or "body", complaint)


async def _read_bytes(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise TooLarge
    # Where Starlette keeps it: a host's `identify` may read the body as well.
    request._body = bytes(body)  # noqa: SLF001
    return bytes(body)
