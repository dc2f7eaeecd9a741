"""The agents' list: pages of chats by key, newest first."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from deskbell.actions.snapshot import PAGE
from deskbell.domain.access import require_admin
from deskbell.domain.errors import Invalid
from deskbell.domain.events import ChatRow
from deskbell.domain.people import Actor
from deskbell.storage import chats
from deskbell.storage.chats import NEVER, Counts
from deskbell.storage.database import Transaction

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ChatList:
    """A page of the list; `next_cursor` leads to the next one, None at the end."""

    chats: Sequence[ChatRow]
    next_cursor: str | None
    counts: Counts


def list_chats(
    tx: Transaction,
    actor: Actor,
    *,
    archived: bool = False,
    empty: bool = False,
    cursor: str | None = None,
    limit: int = PAGE,
) -> ChatList:
    """Query: one page of the active or the archived chats.

    Raises Forbidden for users and Invalid for a cursor that is none of ours.
    """
    require_admin(actor)
    before = None if cursor is None else _read_cursor(cursor)
    rows = chats.page(tx, archived=archived, empty=empty, before=before, limit=limit + 1)
    page = rows[:limit]
    following = _write_cursor(page[-1]) if len(rows) > limit else None
    return ChatList(page, following, chats.counts(tx))


def _write_cursor(row: ChatRow) -> str:
    """Name the place just below a row by its sort key, so that no insertion shifts the pages."""
    microseconds = ((row.last_message_at or NEVER) - NEVER) // _MICROSECOND
    return base64.urlsafe_b64encode(microseconds.to_bytes(8) + row.id.bytes).decode()


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
        moment = NEVER + int.from_bytes(raw[:8]) * _MICROSECOND
        return moment, UUID(bytes=raw[8:])
    except (ValueError, OverflowError, binascii.Error):
        raise Invalid("cursor", "The cursor is not one of ours.") from None
