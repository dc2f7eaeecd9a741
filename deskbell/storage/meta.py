"""Rows of `support_meta`: the few facts about the database as a whole."""

import secrets

from sqlalchemy import insert, select

from deskbell.storage.database import Transaction
from deskbell.storage.tables import meta


def epoch(tx: Transaction) -> str | None:
    """Read the epoch: clients that remember another one resynchronise from nothing."""
    query = select(meta.c.value).where(meta.c.key == "epoch")
    return tx.connection.execute(query).scalar_one_or_none()


def begin_epoch(tx: Transaction) -> str:
    """Write the first epoch of a new database and return it."""
    value = secrets.token_hex(4)
    tx.connection.execute(insert(meta).values(key="epoch", value=value))
    return value
