"""What clients send and get, as types; the checks that need no database are part of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from deskbell.actions.snapshot import MAX_PAGE, PAGE
from deskbell.domain.contact import Contact
from deskbell.domain.message import Message
from deskbell.domain.people import Role

Seq = Annotated[int, Meta(ge=0, le=2**53 - 1, description="A place in a chat's log.")]


class OpenSession(msgspec.Struct, kw_only=True):
    """Who one is: nobody yet, a returning visitor, the host's user, or the reader of a mail."""

    visitor_key: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    identity: Annotated[str, Meta(min_length=1, max_length=8192)] | None = None
    link: Annotated[str, Meta(min_length=1, max_length=2048)] | None = None


class Me(msgspec.Struct, kw_only=True):
    """Who one turned out to be."""

    id: UUID
    email: str | None
    name: str | None
    role: Role


class OpenedSession(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A bearer token; `visitor_key` comes once, to new visitors only."""

    token: str
    expires_at: datetime
    user: Me
    visitor_key: str | None = None


class NewMessageBody(msgspec.Struct, kw_only=True):
    """A message to send. With an `id` of one's own a retry is safe."""

    content: str
    id: str | None = None


class MessageBody(msgspec.Struct):
    """A stored message."""

    message: Message


class ChatLink(msgspec.Struct):
    """The token of a link to one's own chat, and when it ends."""

    link: str
    expires_at: datetime


class ContactChangeBody(msgspec.Struct, kw_only=True):
    """What to change of one's own contact; an empty text clears a thing."""

    email: str | None = None
    name: str | None = None
    mails: bool | None = None


class ContactBody(msgspec.Struct):
    """One's own contact."""

    contact: Contact


class ConfirmEmail(msgspec.Struct):
    """The token in the link of the mail."""

    token: Annotated[str, Meta(max_length=8192)]


class UpTo(msgspec.Struct):
    """How far one has read; all of it when not given."""

    up_to: Seq | None = None


class MessageQuery(msgspec.Struct, kw_only=True):
    """Which messages to read."""

    after: Seq | None = None
    before: Seq | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = PAGE


class ListQuery(msgspec.Struct, kw_only=True):
    """Which chats to list."""

    archived: bool = False
    empty: bool = False
    cursor: Annotated[str, Meta(max_length=100)] | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = PAGE


class SignIn(msgspec.Struct):
    """An admin's e-mail and password."""

    email: Annotated[str, Meta(max_length=320)]
    password: Annotated[str, Meta(max_length=1024)]


class SetUp(msgspec.Struct):
    """The first admin, by the single-use link that `serve` prints."""

    token: Annotated[str, Meta(max_length=200)]
    email: Annotated[str, Meta(max_length=320)]
    name: Annotated[str, Meta(max_length=200)]
    password: Annotated[str, Meta(max_length=1024)]


class Health(msgspec.Struct):
    """Whether the process, or the service, is well; `checks` says what was looked at."""

    status: str
    checks: dict[str, str]


class Empty(msgspec.Struct):
    """Nothing to say."""
