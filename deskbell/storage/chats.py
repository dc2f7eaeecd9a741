"""Rows of `support_chats`: the heads of the logs, and the agents' list."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from deskbell.domain.chat import Chat
from deskbell.domain.events import ChatRow
from deskbell.domain.message import preview
from deskbell.storage.database import Transaction
from deskbell.storage.tables import chats, messages, users

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The sort key of a chat in which nobody wrote."""

_CHAT_COLUMNS: list[Column[Any]] = [chats.c[name] for name in Chat.__dataclass_fields__]
_CHAT_WIDTH = len(_CHAT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Head:
    """A chat with what the agents' list says about its user."""

    chat: Chat
    user_email: str | None
    user_name: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many chats there are in each drawer, and how many active ones are unread."""

    active: int
    archived: int
    unread: int


_heads = (
    select(*_CHAT_COLUMNS, users.c.email, users.c.name)
    .join(users, users.c.id == chats.c.user_id)
    .where(chats.c.id.in_(bindparam("ids", expanding=True)))
)
_by_id = select(*_CHAT_COLUMNS).where(chats.c.id == bindparam("id_"))
_by_user = select(*_CHAT_COLUMNS).where(chats.c.user_id == bindparam("user_id_"))
_insert = insert(chats)
_update = (
    update(chats)
    .where(chats.c.id == bindparam("id_"))
    .values({name: bindparam(name) for name in Chat.__dataclass_fields__ if name != "id"})
)
_advance = (
    update(chats)
    .where(chats.c.id == bindparam("id_"))
    .values(
        last_seq=bindparam("last_seq"),
        last_user_seq=bindparam("last_user_seq"),
        waiting_since=bindparam("waiting_since"),
        last_message_at=bindparam("last_message_at"),
        archived_at=bindparam("archived_at"),
        updated_at=bindparam("updated_at"),
    )
)


def _chat(row: Sequence[Any]) -> Chat:
    return Chat(*row[:_CHAT_WIDTH])


def heads(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Head]:
    """Read the heads of these chats; absent ones are left out."""
    rows = tx.connection.execute(_heads, {"ids": list(ids)})
    return {row[0]: Head(_chat(row), row[_CHAT_WIDTH], row[_CHAT_WIDTH + 1]) for row in rows}


def by_id(tx: Transaction, chat_id: UUID) -> Chat | None:
    """Read one chat."""
    row = tx.connection.execute(_by_id, {"id_": chat_id}).first()
    return None if row is None else _chat(row)


def by_user(tx: Transaction, user_id: UUID) -> Chat | None:
    """Read the one chat of a user."""
    row = tx.connection.execute(_by_user, {"user_id_": user_id}).first()
    return None if row is None else _chat(row)


def add(tx: Transaction, chat: Chat) -> None:
    """Insert a new chat."""
    values = {name: getattr(chat, name) for name in Chat.__dataclass_fields__}
    tx.connection.execute(_insert, values)


def save(tx: Transaction, chat: Chat) -> None:
    """Write back a changed head."""
    values = {name: getattr(chat, name) for name in Chat.__dataclass_fields__ if name != "id"}
    tx.connection.execute(_update, {"id_": chat.id, **values})


def advance(tx: Transaction, changed: Iterable[Chat]) -> None:
    """Write back what new messages change in these heads."""
    tx.connection.execute(
        _advance,
        [
            {
                "id_": chat.id,
                "last_seq": chat.last_seq,
                "last_user_seq": chat.last_user_seq,
                "waiting_since": chat.waiting_since,
                "last_message_at": chat.last_message_at,
                "archived_at": chat.archived_at,
                "updated_at": chat.updated_at,
            }
            for chat in changed
        ],
    )


def _rows() -> Select[Any]:
    last = and_(messages.c.chat_id == chats.c.id, messages.c.seq == chats.c.last_seq)
    return (
        select(
            chats.c.id,
            chats.c.user_id,
            users.c.email,
            users.c.name,
            chats.c.last_message_at,
            # Only the beginning travels: a preview needs no 10,000 characters.
            func.substr(messages.c.content, 1, 400).label("content"),
            messages.c.sender_type,
            chats.c.last_seq,
            chats.c.last_user_seq,
            chats.c.admin_viewed_seq,
            chats.c.archived_at,
        )
        .join(users, users.c.id == chats.c.user_id)
        .outerjoin(messages, last)
    )


def _list_row(row: Row[Any]) -> ChatRow:
    return ChatRow(
        id=row.id,
        user_id=row.user_id,
        user_email=row.email,
        user_name=row.name,
        last_message_at=row.last_message_at,
        last_message_preview=None if row.content is None else preview(row.content),
        last_message_sender=row.sender_type,
        message_count=row.last_seq,
        unread=row.last_user_seq > row.admin_viewed_seq,
        archived=row.archived_at is not None,
    )


def list_row(tx: Transaction, chat_id: UUID) -> ChatRow:
    """Read one chat as the agents' list shows it."""
    return _list_row(tx.connection.execute(_rows().where(chats.c.id == chat_id)).one())


def page(
    tx: Transaction,
    *,
    archived: bool,
    empty: bool,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[ChatRow]:
    """Read the agents' list, newest first, from just below the key `before`.

    `empty` adds chats in which nobody wrote; those come last, as if written in at `NEVER`.
    """
    when: ColumnElement[datetime] = chats.c.last_message_at
    if empty:
        when = func.coalesce(when, literal(NEVER, when.type))
    query = _rows().where(
        chats.c.archived_at.is_not(None) if archived else chats.c.archived_at.is_(None)
    )
    if not empty:
        query = query.where(chats.c.last_message_at.is_not(None))
    if before is not None:
        moment_before, id_before = before
        bound = tuple_(literal(moment_before, when.type), literal(id_before, chats.c.id.type))
        # Compared as a pair, which an index can seek; `or` would walk through all pages before.
        query = query.where(tuple_(when, chats.c.id) < bound)
    query = query.order_by(when.desc(), chats.c.id.desc()).limit(limit)
    return [_list_row(row) for row in tx.connection.execute(query)]


def counts(tx: Transaction) -> Counts:
    """Count the chats in which somebody wrote, by drawer."""
    written = chats.c.last_message_at.is_not(None)
    active = chats.c.archived_at.is_(None)
    unread = and_(active, chats.c.last_user_seq > chats.c.admin_viewed_seq)
    count = select(func.count()).select_from(chats)
    return Counts(
        active=tx.connection.execute(count.where(written, active)).scalar_one(),
        archived=tx.connection.execute(
            count.where(written, chats.c.archived_at.is_not(None))
        ).scalar_one(),
        unread=tx.connection.execute(count.where(unread)).scalar_one(),
    )
