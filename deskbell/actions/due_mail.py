"""Mails that are due, whatever they say: claimed when due, decided afresh, ended with their reason.

The claim decides in one transaction with what is true then. A crash after the hand-over counts as
sent, so that nobody is told twice. What differs from kind to kind is in its `MailRules`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Literal, Protocol, TypeVar

from deskbell.domain.due_mail import Drop, Wait
from deskbell.domain.events import Outcome
from deskbell.storage import jobs
from deskbell.storage.database import Transaction
from deskbell.storage.jobs import DueJob, Lease

LEASE = timedelta(minutes=5)
"""Longer than one SMTP dialogue with all its time-outs."""

MailEnd = Literal["sent", "uncertain", "failed"]

Payload = dict[str, Any]
"""What a job keeps, as JSON."""

Content = TypeVar("Content")
Content_co = TypeVar("Content_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Ready(Generic[Content_co]):
    """Write this mail now; `payload` is what `through` needs, whoever calls it after a crash."""

    content: Content_co
    payload: Payload


class MailRules(Protocol[Content_co]):
    """A kind of mail: whom a job concerns, whether its mail is still due, what it changes."""

    @property
    def kind(self) -> str:
        """The kind of its jobs."""

    def dedup_key(self, payload: Payload) -> str:
        """Name the one job of its kind that may wait."""

    def decide(self, tx: Transaction, payload: Payload) -> Ready[Content_co] | Wait | Drop:
        """Say what becomes of a due mail by what is true now."""

    def through(self, tx: Transaction, payload: Payload) -> None:
        """Remember that the mail was sent, may have been, or can never be."""


@dataclass(frozen=True, slots=True)
class ClaimedMail(Generic[Content_co]):
    """A mail to write now, under our lease."""

    rules: MailRules[Content_co]
    lease: Lease
    payload: Payload
    content: Content_co


@dataclass(frozen=True, slots=True)
class Settled:
    """A due job that needed no mail: dropped, moved, found uncertain or failed."""

    reason: str
    error: str | None = None


def claim_mail(
    tx: Transaction, rules: MailRules[Content]
) -> Outcome[ClaimedMail[Content] | Settled | None]:
    """Take the next due mail of a kind and decide about it; None when nothing is due."""
    job = jobs.next_due(tx, rules.kind)
    if job is None:
        return Outcome(None)
    if job.handed_over:
        error = "the server stopped while the mail was handed over"
        rules.through(tx, job.payload)
        return _settle(tx, job, "uncertain", error)
    try:
        decision = rules.decide(tx, job.payload)
    except (LookupError, TypeError, ValueError) as fault:
        # What it is about cannot be read, now or ever: it must not stand before all others.
        return _settle(tx, job, "failed", repr(fault))
    return _carry_out(tx, rules, job, decision)


def _carry_out(
    tx: Transaction,
    rules: MailRules[Content],
    job: DueJob,
    decision: Ready[Content] | Wait | Drop,
) -> Outcome[ClaimedMail[Content] | Settled | None]:
    match decision:
        case Wait(until):
            jobs.postpone(tx, job, until)
            return Outcome(Settled("moved"))
        case Drop(reason):
            return _settle(tx, job, reason)
        case Ready(content, payload):
            lease = jobs.claim(tx, job, LEASE, payload)
            return Outcome(ClaimedMail(rules, lease, payload, content))


def hand_over_mail(tx: Transaction, lease: Lease) -> Outcome[bool]:
    """Mark that the mail goes to the server now; False when the lease was lost meanwhile."""
    return Outcome(jobs.hand_over(tx, lease))


def finish_mail(
    tx: Transaction, mail: ClaimedMail[object], end: MailEnd, error: str | None = None
) -> Outcome[bool]:
    """End a mail: it was sent, may have been sent, or can never be."""
    if not jobs.finish(tx, mail.lease, end, error):
        return Outcome(False)
    mail.rules.through(tx, mail.payload)
    return Outcome(True)


def retry_mail(
    tx: Transaction, mail: ClaimedMail[object], at: datetime, error: str, *, counted: bool
) -> Outcome[bool]:
    """Try a mail again later; it joins a younger job when there is one.

    `counted` False means that the mail itself was never tried, and costs no attempt.
    """
    key = mail.rules.dedup_key(mail.payload)
    return Outcome(jobs.release(tx, mail.lease, at, error, dedup_key=key, counted=counted))


def mails_waiting(tx: Transaction, kinds: Iterable[str]) -> int:
    """Query: how many mails of these kinds are due and not gone."""
    return sum(jobs.waiting(tx, kind) for kind in kinds)


def _settle(
    tx: Transaction, job: DueJob, reason: str, error: str | None = None
) -> Outcome[ClaimedMail[Content] | Settled | None]:
    jobs.finish(tx, jobs.claim(tx, job, LEASE, job.payload), reason, error)
    return Outcome(Settled(reason, error))
