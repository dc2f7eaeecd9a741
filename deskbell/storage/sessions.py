"""Rows of `support_sessions`: long-lived credentials, of which only hashes are kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, or_, select

from deskbell.storage.database import Transaction
from deskbell.storage.tables import sessions

SessionKind = Literal["visitor", "admin", "setup"]


@dataclass(frozen=True, slots=True)
class Credential:
    """A fresh secret: the text for its owner, the hash for us."""

    text: str
    hash: bytes


def new_credential() -> Credential:
    """Make 256 random bits, as text that fits a header, a cookie and a link."""
    text = secrets.token_urlsafe(32)
    return Credential(text, hash_of(text))


def hash_of(text: str) -> bytes:
    """Hash a secret for keeping. It has 256 bits of its own, so it needs neither salt nor cost."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def add(
    tx: Transaction,
    kind: SessionKind,
    token_hash: bytes,
    user_id: UUID | None,
    expires_at: datetime | None,
) -> None:
    """Remember a credential."""
    tx.connection.execute(
        insert(sessions).values(
            token_hash=token_hash,
            kind=kind,
            user_id=user_id,
            created_at=tx.now,
            expires_at=expires_at,
        )
    )


def owner(tx: Transaction, kind: SessionKind, token_hash: bytes) -> UUID | None:
    """Read whose credential this is; None when it is unknown or over."""
    query = select(sessions.c.user_id).where(*_alive(tx, kind, token_hash))
    return tx.connection.execute(query).scalar_one_or_none()


def consume(tx: Transaction, kind: SessionKind, token_hash: bytes) -> bool:
    """Use up a single-use credential; tell whether it was good."""
    gone = tx.connection.execute(delete(sessions).where(*_alive(tx, kind, token_hash)))
    return gone.rowcount == 1


def remove(tx: Transaction, kind: SessionKind, token_hash: bytes) -> None:
    """Forget a credential; unknown ones are gone already."""
    tx.connection.execute(
        delete(sessions).where(sessions.c.kind == kind, sessions.c.token_hash == token_hash)
    )


def remove_kind(tx: Transaction, kind: SessionKind) -> None:
    """Forget all credentials of a kind."""
    tx.connection.execute(delete(sessions).where(sessions.c.kind == kind))


def _alive(
    tx: Transaction, kind: SessionKind, token_hash: bytes
) -> tuple[ColumnElement[bool], ...]:
    return (
        sessions.c.kind == kind,
        sessions.c.token_hash == token_hash,
        or_(sessions.c.expires_at.is_(None), sessions.c.expires_at > tx.now),
    )
