"""The mail that asks whether an address that a visitor left is theirs."""

from datetime import timedelta
from uuid import UUID

from deskbell.domain.people import Person

KIND = "confirm_email"
"""The kind of its jobs."""

LINK_LIFE = timedelta(days=3)
"""How long the link in the mail works."""


def dedup_key(user_id: UUID) -> str:
    """Name the one job of a person that may wait: it writes to the address of the moment."""
    return f"{KIND}:{user_id}"


def needs_confirmation(person: Person, email: str) -> bool:
    """Tell whether an address has to be confirmed before it is theirs."""
    return not (person.email_verified and person.email == email)
