"""The mail that asks whether an address that a visitor left is theirs."""

from datetime import datetime, timedelta
from uuid import UUID

from deskbell.domain.people import Person

KIND = "confirm_email"
"""The kind of its jobs."""

LINK_LIFE = timedelta(days=3)
"""How long the link in the mail works, and how long the mail may come after it was asked for."""


def dedup_key(user_id: UUID) -> str:
    """Name the one job of a person that may wait: it writes to the address of the moment."""
    return f"{KIND}:{user_id}"


def is_late(asked_at: datetime, now: datetime) -> bool:
    """Tell whether a mail would come so late that nobody remembers having asked for it."""
    return now - asked_at > LINK_LIFE


def needs_confirmation(person: Person, email: str) -> bool:
    """Tell whether an address has to be confirmed before it is theirs."""
    return not (person.email_verified and person.email == email)
