"""The mail about an unread answer: claimed when due, decided afresh, ended with its reason.

The claim decides in one transaction with what is true then. `mailed_seq` moves when the mail is
through or may be: a crash after the hand-over counts as sent, so that nobody is told twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from deskbell.domain.away_mail import KIND, Drop, Send, Situation, Wait, decide, dedup_key
from deskbell.domain.chat import Chat
from deskbell.domain.events import Outcome
from deskbell.domain.message import Message
from deskbell.domain.people import Person
from deskbell.mail.message import SHOWN
from deskbell.storage import chats, jobs, messages, people
from deskbell.storage.database import Transaction
from deskbell.storage.jobs import DueJob, Lease

LEASE = timedelta(minutes=5)
"""Longer than one SMTP dialogue with all its time-outs."""

MailEnd = Literal["sent", "uncertain", "failed"]


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail to write now, under our lease. `up_to` is the last reply it tells."""

    lease: Lease
    person: Person
    chat_id: UUID
    up_to: int
    unread: list[Message]


@dataclass(frozen=True, slots=True)
class Settled:
    """A due job that needed no mail: dropped, moved or found uncertain."""

    reason: str


Claim = ClaimedMail | Settled | None


def claim_away_mail(tx: Transaction, delay: timedelta) -> Outcome[Claim]:
    """Take the next due mail and decide about it; None when nothing is due."""
    job = jobs.next_due(tx, KIND)
    if job is None:
        return Outcome(None)
    chat = chats.by_id(tx, UUID(job.payload["chat_id"]))
    person = None if chat is None else people.by_id(tx, chat.user_id)
    if chat is None or person is None:
        return _drop(tx, job, "gone")
    if job.handed_over:
        return _uncertain(tx, job, chat)
    # One more than a mail quotes, so that it can say that there are more.
    unread = messages.unread_from_admins(tx, chat.id, chat.mailed_seq, SHOWN + 1)
    match decide(_situation(chat, person, unread), delay, tx.now):
        case Wait(until):
            jobs.postpone(tx, job, until)
            return Outcome(Settled("moved"))
        case Drop(reason):
            return _drop(tx, job, reason)
        case Send():
            payload = {**job.payload, "up_to": chat.last_seq}
            lease = jobs.claim(tx, job, LEASE, payload)
            return Outcome(ClaimedMail(lease, person, chat.id, chat.last_seq, unread))


def hand_over_mail(tx: Transaction, lease: Lease) -> Outcome[bool]:
    """Mark that the mail goes to the server now; False when the lease was lost meanwhile."""
    return Outcome(jobs.hand_over(tx, lease))


def finish_mail(
    tx: Transaction, mail: ClaimedMail, end: MailEnd, error: str | None = None
) -> Outcome[bool]:
    """End a mail: it was sent, may have been sent, or can never be."""
    if not jobs.finish(tx, mail.lease, end, error):
        return Outcome(False)
    _told(tx, mail.chat_id, mail.up_to)
    return Outcome(True)


def retry_mail(
    tx: Transaction, mail: ClaimedMail, at: datetime, error: str, *, counted: bool
) -> Outcome[bool]:
    """Try a mail again later; its replies join a younger job when there is one.

    `counted` False means that the mail itself was never tried, and costs no attempt.
    """
    key = dedup_key(mail.chat_id)
    return Outcome(jobs.release(tx, mail.lease, at, error, dedup_key=key, counted=counted))


def unsubscribe(tx: Transaction, user_id: UUID) -> Outcome[bool]:
    """Switch mails off for a person; tell whether there is such a person."""
    return Outcome(people.opt_out_of_mail(tx, user_id))


def mails_waiting(tx: Transaction) -> int:
    """Query: how many mails are due and not gone."""
    return jobs.waiting(tx, KIND)


def _situation(chat: Chat, person: Person, unread: list[Message]) -> Situation:
    return Situation(
        archived=chat.archived,
        oldest_untold_at=unread[0].created_at if unread else None,
        email=person.email,
        email_verified=person.email_verified,
        unsubscribed=person.mail_opt_out_at is not None,
    )


def _drop(tx: Transaction, job: DueJob, reason: str) -> Outcome[Claim]:
    jobs.finish(tx, jobs.claim(tx, job, LEASE, job.payload), reason)
    return Outcome(Settled(reason))


def _uncertain(tx: Transaction, job: DueJob, chat: Chat) -> Outcome[Claim]:
    lease = jobs.claim(tx, job, LEASE, job.payload)
    jobs.finish(tx, lease, "uncertain", "the server stopped while the mail was handed over")
    _told(tx, chat.id, _up_to(job.payload))
    return Outcome(Settled("uncertain"))


def _up_to(payload: dict[str, Any]) -> int:
    return int(payload.get("up_to", 0))


def _told(tx: Transaction, chat_id: UUID, up_to: int) -> None:
    chat = chats.by_id(tx, chat_id)
    if chat is not None and up_to > chat.mailed_seq:
        chat.mailed_seq = up_to
        chats.save(tx, chat)
