"""The worker of all mails: claims what is due, has it written, hands it over, ends it."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Generic, TypeVar

from deskbell.actions.desk import Desk
from deskbell.actions.due_mail import (
    ClaimedMail,
    MailEnd,
    MailRules,
    claim_mail,
    finish_mail,
    hand_over_mail,
    mails_waiting,
    retry_mail,
)
from deskbell.mail.mailer import (
    Mailer,
    MailPermanentError,
    MailTemporaryError,
    MailUncertainError,
)
from deskbell.metrics import Metrics

log = logging.getLogger(__name__)

POLL = 1.0
"""Seconds between two looks at what is due."""

MAX_ATTEMPTS = 12
"""Refusals of one mail, over about six hours; then it is parked with its reason."""

FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=2)

LAST_MAIL = 10.0
"""Seconds that a mail on its way has when the server stops."""

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class MailKind(Generic[Content]):
    """A kind of mail: when it is due, and how it is written. `write` takes what is to be told,
    the name of the mail, and the time."""

    rules: MailRules[Content]
    write: Callable[[Content, str, datetime], EmailMessage]


class MailWorker:
    """Runs beside the server, on its event loop. Without a mailer the mails wait, and say so.

    The kinds take turns, mail by mail: many of one do not keep another waiting, nor do faults.
    """

    def __init__(
        self,
        desk: Desk,
        mailer: Mailer | None,
        kinds: Sequence[MailKind[Any]],
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._desk = desk
        self._mailer = mailer
        self._kinds = kinds
        self._metrics = metrics
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._complained = False

    def start(self) -> None:
        """Begin to look at what is due."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Claim nothing more, and let a mail on its way arrive."""
        self._stopping.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=LAST_MAIL)
            self._task.cancel()
            await asyncio.wait([self._task])

    async def run_due(self) -> None:
        """Do all that is due now."""
        mailer = self._mailer
        if mailer is None:
            await self._complain()
            return
        kinds, going = list(self._kinds), True
        while going:
            going = False
            for kind in tuple(kinds):
                if self._stopping.is_set():
                    return
                try:
                    going |= await self._next(mailer, kind)
                except Exception:
                    log.exception("could not look after mails %s; trying again", kind.rules.kind)
                    kinds.remove(kind)

    async def status(self) -> str:
        """Say in a sentence how mail is doing, for `/readyz`."""
        waiting = await self._waiting()
        if self._mailer is None and waiting:
            return f"no SMTP server is configured: {waiting} due mails wait"
        if self._mailer is None:
            return "no SMTP server is configured: mails will wait"
        return f"{waiting} due mails wait" if waiting else "ok"

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.run_due()
            except Exception:
                log.exception("could not look after the mails; trying again")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), POLL)

    async def _complain(self) -> None:
        if self._complained:
            return
        if await self._waiting():
            self._complained = True
            log.warning("mails are due, but no SMTP server is configured (smtp_host): they wait")

    async def _waiting(self) -> int:
        return await self._desk.read(mails_waiting, [kind.rules.kind for kind in self._kinds])

    async def _next(self, mailer: Mailer, kind: MailKind[Content]) -> bool:
        """Settle the next due mail of a kind; tell whether to go on at once."""
        claim = await self._desk.write(claim_mail, kind.rules)
        if claim is None:
            return False
        if not isinstance(claim, ClaimedMail):
            self._metrics.mails.labels(kind.rules.kind, claim.reason).inc()
            if claim.error is not None:
                log.error("a mail %s is %s: %s", kind.rules.kind, claim.reason, claim.error)
            return True
        return await self._send(mailer, kind, claim)

    async def _send(
        self, mailer: Mailer, kind: MailKind[Content], mail: ClaimedMail[Content]
    ) -> bool:
        connected = handed_over = False
        try:
            message = kind.write(mail.content, str(mail.lease.job_id), self._clock())
            async with mailer.session() as session:
                connected = True
                # From here on a crash counts as sent: nobody is told twice.
                handed_over = await self._desk.write(hand_over_mail, mail.lease)
                if not handed_over:
                    return True
                await session.deliver(message)
        except MailUncertainError as error:
            await self._finish(mail, "uncertain", str(error))
        except MailPermanentError as error:
            await self._finish(mail, "failed", str(error))
        except MailTemporaryError as error:
            await self._retry(mail, str(error), counted=connected)
            return False
        except Exception as error:
            log.exception("could not send %s", _name(mail))
            if handed_over:
                await self._finish(mail, "uncertain", repr(error))
            else:
                await self._retry(mail, repr(error), counted=True)
        else:
            await self._finish(mail, "sent")
        return True

    async def _finish(
        self, mail: ClaimedMail[object], end: MailEnd, error: str | None = None
    ) -> None:
        await self._desk.write(finish_mail, mail, end, error)
        self._metrics.mails.labels(mail.rules.kind, end).inc()
        log.info("%s is %s%s", _name(mail), end, f": {error}" if error else "")

    async def _retry(self, mail: ClaimedMail[object], error: str, *, counted: bool) -> None:
        attempt = mail.lease.attempt
        if counted and attempt >= MAX_ATTEMPTS:
            await self._finish(mail, "failed", error)
            return
        # A server that is away says nothing against the mail: look again soon, and for ever.
        wait = retry_delay(attempt if counted else 1, random.random())  # noqa: S311
        at = self._clock() + wait
        await self._desk.write(retry_mail, mail, at, error, counted=counted)
        log.warning("%s waits until %s: %s", _name(mail), at, error)


def retry_delay(attempt: int, chance: float) -> timedelta:
    """Wait twice as long each time; half of it by `chance` (0 to 1), so that a crowd spreads."""
    full: timedelta = min(FIRST_RETRY * 2 ** (attempt - 1), LAST_RETRY)
    return full / 2 + full / 2 * chance


def _name(mail: ClaimedMail[object]) -> str:
    return f"the mail {mail.rules.kind} {mail.lease.job_id}"
