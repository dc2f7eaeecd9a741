"""Rows of `support_messages`: the log of each chat, read by `seq`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, bindparam, func, insert, select, update

from deskbell.domain.message import Message
from deskbell.storage.database import Transaction
from deskbell.storage.tables import messages

_MESSAGE_COLUMNS: list[Column[Any]] = [messages.c[name] for name in Message.__dataclass_fields__]
_WIDTH = len(_MESSAGE_COLUMNS)


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message with the facts that never leave the server as such."""

    message: Message
    chat_id: UUID
    sender_id: UUID
    waited_seconds: int | None = None


_of_chat = select(*_MESSAGE_COLUMNS).where(messages.c.chat_id == bindparam("chat_id_"))
_stored = select(*_MESSAGE_COLUMNS, messages.c.chat_id, messages.c.sender_id).where(
    messages.c.id.in_(bindparam("ids", expanding=True))
)
_after = (
    _of_chat.where(messages.c.seq > bindparam("seq_"))
    .order_by(messages.c.seq)
    .limit(bindparam("limit_"))
)
_before = (
    _of_chat.where(messages.c.seq < bindparam("seq_"))
    .order_by(messages.c.seq.desc())
    .limit(bindparam("limit_"))
)
_insert = insert(messages)
_waits = (
    select(messages.c.waited_seconds)
    .where(messages.c.waited_seconds.is_not(None), messages.c.created_at >= bindparam("since_"))
    .order_by(messages.c.created_at.desc())
    .limit(bindparam("limit_"))
)


def _message(row: Sequence[Any]) -> Message:
    return Message(*row[:_WIDTH])


def stored(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, StoredMessage]:
    """Read which of these ids are messages already."""
    rows = tx.connection.execute(_stored, {"ids": list(ids)})
    return {row[0]: StoredMessage(_message(row), row[_WIDTH], row[_WIDTH + 1]) for row in rows}


def add(tx: Transaction, new: Sequence[StoredMessage]) -> None:
    """Insert new messages."""
    tx.connection.execute(
        _insert,
        [
            {
                "id": entry.message.id,
                "chat_id": entry.chat_id,
                "seq": entry.message.seq,
                "content": entry.message.content,
                "sender_type": entry.message.sender_type,
                "sender_id": entry.sender_id,
                "read_at": None,
                "waited_seconds": entry.waited_seconds,
                "created_at": entry.message.created_at,
                "updated_at": entry.message.created_at,
            }
            for entry in new
        ],
    )


def after(tx: Transaction, chat_id: UUID, seq: int, limit: int) -> list[Message]:
    """Read at most `limit` messages after `seq`, ascending."""
    rows = tx.connection.execute(_after, {"chat_id_": chat_id, "seq_": seq, "limit_": limit})
    return [_message(row) for row in rows]


def before(tx: Transaction, chat_id: UUID, seq: int, limit: int) -> list[Message]:
    """Read the at most `limit` messages just before `seq`, ascending."""
    rows = tx.connection.execute(_before, {"chat_id_": chat_id, "seq_": seq, "limit_": limit})
    return [_message(row) for row in rows][::-1]


def first_seq_since(tx: Transaction, chat_id: UUID, moment: datetime) -> int | None:
    """Read the lowest `seq` written at `moment` or later; None when there is none.

    The lowest, for a clock that was set back makes later messages look older.
    """
    query = select(func.min(messages.c.seq)).where(
        messages.c.chat_id == chat_id, messages.c.created_at >= moment
    )
    first: int | None = tx.connection.execute(query).scalar_one()
    return first


def mark_read(tx: Transaction, chat_id: UUID, up_to: int) -> int:
    """Stamp the admins' unread messages up to `up_to` as read now; return how many there were."""
    stamped = tx.connection.execute(
        update(messages)
        .where(
            messages.c.chat_id == chat_id,
            messages.c.seq <= up_to,
            messages.c.sender_type == "admin",
            messages.c.read_at.is_(None),
        )
        .values(read_at=tx.now, updated_at=tx.now)
    )
    return stamped.rowcount


def count_from(tx: Transaction, chat_id: UUID, sender_type: str, after_seq: int) -> int:
    """Count the messages of one side after a `seq`."""
    query = (
        select(func.count())
        .select_from(messages)
        .where(
            messages.c.chat_id == chat_id,
            messages.c.seq > after_seq,
            messages.c.sender_type == sender_type,
        )
    )
    return tx.connection.execute(query).scalar_one()


def unread_from_admins(tx: Transaction, chat_id: UUID, after_seq: int, limit: int) -> list[Message]:
    """Read the oldest unread messages of admins after a `seq`, ascending."""
    query = (
        select(*_MESSAGE_COLUMNS)
        .where(
            messages.c.chat_id == chat_id,
            messages.c.seq > after_seq,
            messages.c.sender_type == "admin",
            messages.c.read_at.is_(None),
        )
        .order_by(messages.c.seq)
        .limit(limit)
    )
    return [_message(row) for row in tx.connection.execute(query)]


def waits_since(tx: Transaction, moment: datetime, limit: int) -> list[int]:
    """Read how long users waited for the newest answers since `moment`, in seconds."""
    rows = tx.connection.execute(_waits, {"since_": moment, "limit_": limit})
    return list(rows.scalars())
