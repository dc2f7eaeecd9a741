"""Everything that can go wrong on purpose, as one small vocabulary with stable codes.

DeskbellError
├── Malformed          the request cannot be read
├── Unauthorized       nobody, or somebody we cannot tell
│   └── TokenExpired   it was somebody, until a moment ago
├── Forbidden          known, but not for this
├── NotFound           absent, or not for you to know
├── MessageIdTaken     the id names another message
├── TooLarge           more bytes than we read
├── Invalid            readable, but a field breaks a rule
├── RateLimited        too many, try again later
└── Busy               we cannot keep up, try again

The transports map codes to HTTP statuses and close codes; the domain knows neither.
"""

from typing import Any, ClassVar


class DeskbellError(Exception):
    """A refusal with a stable `code`, a sentence for people and optional `data` for programs."""

    code: ClassVar[str] = "internal"
    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, message: str | None = None, **data: Any) -> None:
        super().__init__(message or self.sentence)
        self.data = data


class Malformed(DeskbellError):
    """The request is not readable: broken JSON, wrong types, no object."""

    code = "malformed"
    sentence = "The request cannot be read."


class Unauthorized(DeskbellError):
    """No credential, or one that does not hold."""

    code = "unauthorized"
    sentence = "Sign in first."


class TokenExpired(Unauthorized):
    """A genuine token whose time is over: fetch a fresh one."""

    sentence = "The token has expired."


class Forbidden(DeskbellError):
    """The role does not allow it."""

    code = "forbidden"
    sentence = "This is not for your role."


class NotFound(DeskbellError):
    """Absent and foreign look exactly alike, so that nobody can probe for ids."""

    code = "not_found"
    sentence = "There is no such thing here."


class MessageIdTaken(DeskbellError):
    """The id belongs to a message with another chat, sender or content."""

    code = "message_id_taken"
    sentence = "This id names another message."


class TooLarge(DeskbellError):
    """The body exceeds what we read."""

    code = "too_large"
    sentence = "The request is too large."


class Invalid(DeskbellError):
    """A field breaks a rule; `data["field"]` names it."""

    code = "invalid"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)


class RateLimited(DeskbellError):
    """Too many in too short a time; `retry_after` is in whole seconds."""

    code = "rate_limited"
    sentence = "Too many requests. Try again in a moment."

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class Busy(DeskbellError):
    """Nothing was done and nothing was lost; `retry_after` is in whole seconds."""

    code = "busy"
    sentence = "The server is busy. Try again in a moment."

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


CODES: tuple[str, ...] = tuple(
    error.code
    for error in (
        Malformed,
        Unauthorized,
        Forbidden,
        NotFound,
        MessageIdTaken,
        TooLarge,
        Invalid,
        RateLimited,
        Busy,
    )
)
"""Every code a client can meet, in the order of their HTTP statuses."""
