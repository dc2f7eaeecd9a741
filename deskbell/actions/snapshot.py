"""What a client knows of a chat at one moment; with the events after it, all it ever needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from deskbell.domain.chat import Chat
from deskbell.domain.contact import Contact, contact_of
from deskbell.domain.events import ChatState
from deskbell.domain.message import Message
from deskbell.domain.people import Person, Role
from deskbell.domain.reply_time import NEWEST, RECENT, reply_seconds
from deskbell.storage import messages, meta, people
from deskbell.storage.database import Transaction

PAGE = 50
"""Messages in a snapshot, messages or chats in a page, unless asked otherwise."""

MAX_PAGE = 200


@dataclass(frozen=True, slots=True)
class ChatSummary:
    """A chat without its messages. `unread_count` counts what its reader has not seen; the user has
    read up to `read_up_to`, and the agents have seen up to `viewed_up_to`."""

    id: UUID
    archived: bool
    unread_count: int
    last_seq: int
    read_up_to: int
    viewed_up_to: int
    epoch: str


@dataclass(frozen=True, slots=True)
class ChatSnapshot(ChatSummary):
    """A chat with its newest messages, ascending by `seq`."""

    messages: list[Message]
    has_more: bool


@dataclass(frozen=True, slots=True)
class OwnChatSnapshot(ChatSnapshot):
    """A chat as its user opens it. `reply_seconds` is how long people wait for an answer,
    None when there are too few figures to say."""

    reply_seconds: int | None
    contact: Contact


@dataclass(frozen=True, slots=True)
class UserDetails:
    """What agents see of a user. Nothing signed names an `anonymous` one."""

    id: UUID
    email: str | None
    unconfirmed_email: str | None
    name: str | None
    anonymous: bool
    role: Role
    locale: str | None
    attributes: dict[str, Any]
    created_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class AdminChatSnapshot(ChatSnapshot):
    """A chat as an agent opens it."""

    user_id: UUID
    user_email: str | None
    user: UserDetails


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Some messages, ascending by `seq`, and whether there are more in the direction asked."""

    messages: list[Message]
    has_more: bool


def epoch_of(tx: Transaction) -> str:
    """Read the epoch, which exists since the server first started on this database."""
    return meta.epoch(tx) or ""


def summary_for_user(tx: Transaction, chat: Chat) -> ChatSummary:
    """Describe a chat to its user."""
    return ChatSummary(**_summary(tx, chat, "admin", chat.user_read_seq))


def summary_for_admin(tx: Transaction, chat: Chat) -> ChatSummary:
    """Describe a chat to an agent."""
    return ChatSummary(**_summary(tx, chat, "user", chat.admin_viewed_seq))


def snapshot_for_user(tx: Transaction, chat: Chat) -> OwnChatSnapshot:
    """Show a chat to its user."""
    return OwnChatSnapshot(
        **_summary(tx, chat, "admin", chat.user_read_seq),
        **_newest(tx, chat),
        reply_seconds=_reply_seconds(tx),
        contact=contact_of(people.owner_of(tx, chat.user_id)),
    )


def snapshot_for_admin(tx: Transaction, chat: Chat) -> AdminChatSnapshot:
    """Show a chat to an agent."""
    person = people.owner_of(tx, chat.user_id)
    return AdminChatSnapshot(
        **_summary(tx, chat, "user", chat.admin_viewed_seq),
        **_newest(tx, chat),
        user_id=person.id,
        user_email=person.email,
        user=_details(person),
    )


def state_of(tx: Transaction, chat: Chat) -> ChatState:
    """Say what every subscriber of a chat must know, whatever it missed."""
    return ChatState(
        archived=chat.archived,
        read_up_to=chat.user_read_seq,
        viewed_up_to=chat.admin_viewed_seq,
        last_seq=chat.last_seq,
        epoch=epoch_of(tx),
    )


def _summary(tx: Transaction, chat: Chat, other_side: str, seen: int) -> dict[str, Any]:
    return {
        "id": chat.id,
        "archived": chat.archived,
        "unread_count": messages.count_from(tx, chat.id, other_side, seen),
        "last_seq": chat.last_seq,
        "read_up_to": chat.user_read_seq,
        "viewed_up_to": chat.admin_viewed_seq,
        "epoch": epoch_of(tx),
    }


def _newest(tx: Transaction, chat: Chat) -> dict[str, Any]:
    newest = messages.before(tx, chat.id, chat.last_seq + 1, PAGE)
    return {"messages": newest, "has_more": bool(newest) and newest[0].seq > 1}


def _reply_seconds(tx: Transaction) -> int | None:
    return reply_seconds(messages.waits_since(tx, tx.now - RECENT, NEWEST))


def _details(person: Person) -> UserDetails:
    return UserDetails(
        id=person.id,
        email=person.email,
        unconfirmed_email=person.unconfirmed_email,
        name=person.name,
        anonymous=person.editable,
        role=person.role,
        locale=person.locale,
        attributes=person.attributes,
        created_at=person.created_at,
        last_seen_at=person.last_seen_at,
    )
