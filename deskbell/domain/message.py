"""A message: what everybody in the chat sees of it, and which texts we take."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from deskbell.domain.errors import Invalid

SenderType = Literal["user", "admin"]

MAX_CONTENT = 10_000
"""Longest message, in code points."""

PREVIEW = 100
"""Length of the preview in the agents' list, in code points."""

_CANONICAL_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a chat's log, exactly as it goes over the wire.

    `seq` counts 1, 2, 3 … without gaps in the order of commits; it orders, never the times.
    """

    id: UUID
    seq: int
    content: str
    sender_type: SenderType
    read_at: datetime | None
    created_at: datetime


def check_message_id(text: str) -> UUID:
    """Read a client's message id; raise Invalid unless it is a UUID in canonical lower case.

    One spelling only: two spellings of one id would be two keys in every client's memory.
    """
    if not _CANONICAL_UUID.fullmatch(text):
        raise Invalid("id", "The id must be a UUID in canonical lower case.")
    return UUID(text)


def new_message_id() -> UUID:
    """Name a message for a sender who did not; such a message cannot be retried."""
    return uuid.uuid4()


def is_blank(content: str) -> bool:
    """Tell whether there is nothing to read, by Python's idea of white space."""
    return not content.strip()


def check_content(content: str) -> str:
    """Return the text unchanged, or raise Invalid: blank, too long, NUL or lone surrogates.

    NUL ends strings in SQLite's own functions and is refused by PostgreSQL; a lone surrogate
    has no UTF-8 form at all, so neither can be stored faithfully.
    """
    if is_blank(content):
        raise Invalid("content", "The message is blank.")
    if len(content) > MAX_CONTENT:
        raise Invalid("content", f"The message is longer than {MAX_CONTENT} characters.")
    if "\0" in content:
        raise Invalid("content", "The message contains a NUL character.")
    try:
        content.encode()
    except UnicodeEncodeError:
        raise Invalid("content", "The message contains half a surrogate pair.") from None
    return content


def preview(content: str, length: int = PREVIEW) -> str:
    """Shorten a text to one line of at most `length` code points."""
    line = " ".join(content[: 4 * length].split())
    return line if len(line) <= length else line[: length - 1] + "…"
