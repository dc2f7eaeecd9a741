"""When an unread answer becomes a mail: the whole policy, as one pure decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from deskbell.domain.due_mail import Drop, Send, Wait

KIND = "away_mail"
"""The kind of its jobs."""

PREVIEW = 200
"""Length of the preview in a mail, in code points."""


def dedup_key(chat_id: UUID) -> str:
    """Name the one job of a chat that may wait: later replies join it."""
    return f"{KIND}:{chat_id}"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is true at the moment of decision. `oldest_untold_at` is when the oldest reply that
    the user has not read and that no mail has told yet was written; None when there is none."""

    archived: bool
    oldest_untold_at: datetime | None
    email: str | None
    email_verified: bool
    unsubscribed: bool


def decide(situation: Situation, delay: timedelta, now: datetime) -> Send | Wait | Drop:
    """Say whether the mail goes out now, later or never."""
    if situation.oldest_untold_at is None:
        return Drop("read")
    if situation.archived:
        return Drop("archived")
    if situation.email is None:
        return Drop("no_address")
    if not situation.email_verified:
        return Drop("unverified_address")
    if situation.unsubscribed:
        return Drop("unsubscribed")
    due = situation.oldest_untold_at + delay
    return Wait(due) if now < due else Send()
