"""Rows of `support_users` and of the admins' credentials."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Select, exists, insert, select, update

from deskbell.domain.people import Person
from deskbell.storage.database import Transaction
from deskbell.storage.tables import credentials, users

_columns: list[Column[Any]] = [users.c[name] for name in Person.__dataclass_fields__]
_select = select(*_columns)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an admin of the standalone service signs in against."""

    user_id: UUID
    password_hash: str


def _one(tx: Transaction, query: Select[Any]) -> Person | None:
    row = tx.connection.execute(query).first()
    return None if row is None else Person(*row)


def by_id(tx: Transaction, user_id: UUID) -> Person | None:
    """Read one person."""
    return _one(tx, _select.where(users.c.id == user_id))


def owner_of(tx: Transaction, user_id: UUID) -> Person:
    """Read the person of a chat, who exists: a foreign key holds that."""
    return Person(*tx.connection.execute(_select.where(users.c.id == user_id)).one())


def by_external_id(tx: Transaction, external_id: str) -> Person | None:
    """Read the person a host knows under this id."""
    return _one(tx, _select.where(users.c.external_id == external_id))


def add(tx: Transaction, person: Person) -> None:
    """Insert a new person."""
    values = {name: getattr(person, name) for name in Person.__dataclass_fields__}
    tx.connection.execute(insert(users), {**values, "updated_at": tx.now})


def save(tx: Transaction, person: Person) -> None:
    """Write back a changed person."""
    values = {name: getattr(person, name) for name in Person.__dataclass_fields__ if name != "id"}
    tx.connection.execute(
        update(users).where(users.c.id == person.id).values(**values, updated_at=tx.now)
    )


def opt_out_of_mail(tx: Transaction, user_id: UUID) -> bool:
    """Switch mails off for a person; tell whether there is such a person."""
    changed = tx.connection.execute(
        update(users).where(users.c.id == user_id).values(mail_opt_out_at=tx.now, updated_at=tx.now)
    )
    return changed.rowcount == 1


def add_credentials(tx: Transaction, user_id: UUID, login: str, password_hash: str) -> None:
    """Let a person sign in with a password."""
    tx.connection.execute(
        insert(credentials).values(
            user_id=user_id,
            login=login,
            password_hash=password_hash,
            created_at=tx.now,
            updated_at=tx.now,
        )
    )


def credentials_of(tx: Transaction, login: str) -> Credentials | None:
    """Read what is needed to check a password."""
    query = select(credentials.c.user_id, credentials.c.password_hash).where(
        credentials.c.login == login
    )
    row = tx.connection.execute(query).first()
    return None if row is None else Credentials(*row)


def any_credentials(tx: Transaction) -> bool:
    """Tell whether anybody can sign in with a password."""
    return bool(tx.connection.execute(select(exists().select_from(credentials))).scalar_one())
