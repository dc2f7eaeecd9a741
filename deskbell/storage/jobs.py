"""Rows of `support_jobs`: what is due later, claimed under a lease.

A job that ended stays, with its outcome: who asks why a mail was or was not sent finds it here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from deskbell.storage.database import Transaction
from deskbell.storage.tables import jobs


@dataclass(frozen=True, slots=True)
class NewJob:
    """Something to do later; a waiting job with the same `dedup_key` already covers it."""

    kind: str
    run_at: datetime
    dedup_key: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DueJob:
    """A job whose time has come and that nobody holds. `attempts` counts the earlier claims."""

    id: UUID
    payload: dict[str, Any]
    attempts: int
    handed_over: bool


@dataclass(frozen=True, slots=True)
class Lease:
    """Our hold on a job; it ends by itself, so that a crashed worker blocks nothing."""

    job_id: UUID
    token: UUID
    attempt: int


_insert = insert(jobs)
_schedule = _insert.on_conflict_do_nothing(index_elements=["dedup_key"])
_renew = _insert.on_conflict_do_update(
    index_elements=["dedup_key"],
    set_={
        # A job that is due already keeps its place.
        "run_at": func.min(jobs.c.run_at, _insert.excluded.run_at),
        "payload": _insert.excluded.payload,
        "attempts": 0,
        "error": None,
    },
)


def schedule(tx: Transaction, new: Collection[NewJob]) -> None:
    """Insert these jobs, except those that a waiting one covers."""
    tx.connection.execute(_schedule, [_row(tx, job) for job in new])


def renew(tx: Transaction, new: NewJob) -> None:
    """Insert this job, or have the waiting one begin anew: its tries so far count for nothing."""
    tx.connection.execute(_renew, _row(tx, new))


def _row(tx: Transaction, job: NewJob) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "kind": job.kind,
        "run_at": job.run_at,
        "dedup_key": job.dedup_key,
        "payload": job.payload,
        "attempts": 0,
        "created_at": tx.now,
    }


def next_due(tx: Transaction, kind: str) -> DueJob | None:
    """Read the oldest due job of a kind that nobody holds."""
    due = (
        select(
            jobs.c.id,
            jobs.c.payload,
            jobs.c.attempts,
            jobs.c.handed_over_at.is_not(None),
        )
        .where(
            jobs.c.kind == kind,
            jobs.c.finished_at.is_(None),
            jobs.c.run_at <= tx.now,
            or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= tx.now),
        )
        .order_by(jobs.c.run_at)
        .limit(1)
    )
    row = tx.connection.execute(due).first()
    return None if row is None else DueJob(*row)


def claim(tx: Transaction, job: DueJob, length: timedelta, payload: dict[str, Any]) -> Lease:
    """Take a due job; what comes later makes a job of its own."""
    lease = Lease(job.id, uuid4(), job.attempts + 1)
    tx.connection.execute(
        update(jobs)
        .where(jobs.c.id == job.id)
        .values(
            dedup_key=None,
            payload=payload,
            attempts=lease.attempt,
            lease_until=tx.now + length,
            lease_token=lease.token,
        )
    )
    return lease


def postpone(tx: Transaction, job: DueJob, run_at: datetime) -> None:
    """Move a job that nobody holds; later replies still join it."""
    tx.connection.execute(update(jobs).where(jobs.c.id == job.id).values(run_at=run_at))


def hand_over(tx: Transaction, lease: Lease) -> bool:
    """Mark the step that cannot be repeated as begun; tell whether we still hold the job."""
    return _change(tx, lease, handed_over_at=tx.now)


def finish(tx: Transaction, lease: Lease, outcome: str, error: str | None = None) -> bool:
    """End a job for good, and remember how and why; tell whether we still held it."""
    return _change(tx, lease, finished_at=tx.now, outcome=outcome, error=error, lease_until=None)


def release(
    tx: Transaction,
    lease: Lease,
    run_at: datetime,
    error: str,
    *,
    dedup_key: str,
    counted: bool,
) -> bool:
    """Give a job back, to be tried again at `run_at`; it joins a younger one that waits already.

    The attempt is `counted` or forgotten. Tells whether we still held the job.
    """
    younger = select(jobs.c.id).where(jobs.c.dedup_key == dedup_key)
    if tx.connection.execute(younger).first() is not None:
        return finish(tx, lease, "joined", error)
    return _change(
        tx,
        lease,
        run_at=run_at,
        dedup_key=dedup_key,
        attempts=lease.attempt if counted else lease.attempt - 1,
        lease_until=None,
        lease_token=None,
        handed_over_at=None,
        error=error,
    )


def _change(tx: Transaction, lease: Lease, **values: Any) -> bool:
    held = and_(
        jobs.c.id == lease.job_id,
        jobs.c.lease_token == lease.token,
        jobs.c.finished_at.is_(None),
    )
    return tx.connection.execute(update(jobs).where(held).values(**values)).rowcount == 1


def waiting(tx: Transaction, kind: str) -> int:
    """Count the unfinished jobs of a kind that are due."""
    query = (
        select(func.count())
        .select_from(jobs)
        .where(jobs.c.kind == kind, jobs.c.finished_at.is_(None), jobs.c.run_at <= tx.now)
    )
    return tx.connection.execute(query).scalar_one()
