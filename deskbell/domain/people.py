"""Who people are: what a host says of them, what we keep, and who acts right now."""

import json
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

Role = Literal["user", "admin"]

MAX_TEXT = 320
"""Longest id, e-mail or name, in code points; 320 is the longest e-mail (RFC 5321)."""

MAX_ATTRIBUTES = 8_192
"""Most bytes of a user's attributes, as JSON."""

_CONTROLS = ("Cc", "Cs", "Zl", "Zp")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a name read as another one."""


def is_plain(text: str) -> bool:
    """Tell whether a text is one line that can be stored, shown and put into a header.

    Joiners and other formatting stay: Persian names and many emoji need them.
    """
    return not any(
        character in _BIDI_CONTROLS or unicodedata.category(character) in _CONTROLS
        for character in text
    )


def is_line(value: object) -> bool:
    """Tell whether a value is a plain text of 1 to 320 characters."""
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and is_plain(value)


_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and a symbol by category, and yet nothing to see: Hangul fillers, a blank of Braille."""


def is_visible(text: str) -> bool:
    """Tell whether there is anything to see in a text: more than spaces, formatting and marks."""
    return any(
        unicodedata.category(character)[0] in "LNPS" and character not in _BLANKS
        for character in text
    )


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in person of the host application, as its `identify` hook names them.

    `id` is the host's own id. `email` and `name` are believed, because the host said so. Raises
    ValueError for what cannot be kept: an empty id, control characters, more than 320 characters,
    attributes that are no JSON or more than 8 KiB of it.
    """

    id: str
    email: str | None = None
    name: str | None = None
    is_admin: bool = False
    locale: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("id", "email", "name", "locale"):
            value: object = getattr(self, name)
            missing = value is None and name != "id"
            if not missing and not is_line(value):
                raise ValueError(f"`{name}` is not a line of 1 to {MAX_TEXT} characters")
        try:
            size = len(json.dumps(self.attributes, ensure_ascii=False, allow_nan=False).encode())
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueError("`attributes` cannot be written as JSON") from error
        attributes: object = self.attributes
        if not isinstance(attributes, dict) or size > MAX_ATTRIBUTES:
            raise ValueError(f"`attributes` is not an object of at most {MAX_ATTRIBUTES} bytes")

    @property
    def role(self) -> Role:
        return "admin" if self.is_admin else "user"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as we keep them. `external_id` is the host's id, None for anonymous visitors.

    `email` is proven, by a signature or a mailed link; `unconfirmed_email` is what a visitor typed.
    """

    id: UUID
    external_id: str | None
    email: str | None
    email_verified: bool
    unconfirmed_email: str | None
    name: str | None
    role: Role
    locale: str | None
    attributes: dict[str, Any]
    mail_opt_out_at: datetime | None
    created_at: datetime
    last_seen_at: datetime | None

    @property
    def editable(self) -> bool:
        """Anonymous visitors alone say who they are; of others the host or an admin says it."""
        return self.external_id is None and self.role == "user"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something now, as their verified token says."""

    user_id: UUID
    role: Role

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"
