"""The worker of the mails about unread answers: claims what is due, writes, hands over, ends it."""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskbell.actions.away_mail import (
    ClaimedMail,
    MailEnd,
    claim_away_mail,
    finish_mail,
    hand_over_mail,
    mails_waiting,
    retry_mail,
)
from deskbell.actions.desk import Desk
from deskbell.mail.mailer import (
    Mailer,
    MailPermanentError,
    MailTemporaryError,
    MailUncertainError,
)
from deskbell.mail.message import Letter, away_mail
from deskbell.metrics import Metrics
from deskbell.tokens import Tokens

log = logging.getLogger(__name__)

POLL = 1.0
"""Seconds between two looks at what is due."""

MAX_ATTEMPTS = 12
"""Refusals of one mail, over about six hours; then it is parked with its reason."""

FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=2)

LAST_MAIL = 10.0
"""Seconds that a mail on its way has when the server stops."""

LINK_LIFE = timedelta(days=14)
"""How long the link to the chat works: whoever holds the mail is let in."""

UNSUBSCRIBE_LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class MailPlan:
    """How this installation writes its mails. `chat_url` is the page they lead to."""

    delay: timedelta
    brand: str
    mail_from: str
    chat_url: str
    unsubscribe_url: str


class AwayMailWorker:
    """Runs beside the server, on its event loop. Without a mailer the mails wait, and say so."""

    def __init__(
        self,
        desk: Desk,
        tokens: Tokens,
        mailer: Mailer | None,
        plan: MailPlan,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._desk = desk
        self._tokens = tokens
        self._mailer = mailer
        self._plan = plan
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
        while not self._stopping.is_set() and await self._next(mailer):
            pass

    async def status(self) -> str:
        """Say in a sentence how mail is doing, for `/readyz`."""
        waiting = await self._desk.read(mails_waiting)
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
        waiting = await self._desk.read(mails_waiting)
        if waiting:
            self._complained = True
            log.warning("mails are due, but no SMTP server is configured (smtp_host): they wait")

    async def _next(self, mailer: Mailer) -> bool:
        """Settle the next due mail; tell whether to go on at once."""
        claim = await self._desk.write(claim_away_mail, self._plan.delay)
        if claim is None:
            return False
        if not isinstance(claim, ClaimedMail):
            self._metrics.mails.labels(claim.reason).inc()
            return True
        return await self._send(mailer, claim)

    async def _send(self, mailer: Mailer, mail: ClaimedMail) -> bool:
        connected = handed_over = False
        try:
            message = away_mail(self._letter(mail), self._clock())
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
            log.exception("could not send the mail of chat %s", mail.chat_id)
            if handed_over:
                await self._finish(mail, "uncertain", repr(error))
            else:
                await self._retry(mail, repr(error), counted=True)
        else:
            await self._finish(mail, "sent")
        return True

    async def _finish(self, mail: ClaimedMail, end: MailEnd, error: str | None = None) -> None:
        await self._desk.write(finish_mail, mail, end, error)
        self._metrics.mails.labels(end).inc()
        log.info("the mail of chat %s is %s%s", mail.chat_id, end, f": {error}" if error else "")

    async def _retry(self, mail: ClaimedMail, error: str, *, counted: bool) -> None:
        attempt = mail.lease.attempt
        if counted and attempt >= MAX_ATTEMPTS:
            await self._finish(mail, "failed", error)
            return
        # A server that is away says nothing against the mail: look again soon, and for ever.
        wait = retry_delay(attempt if counted else 1, random.random())  # noqa: S311
        at = self._clock() + wait
        await self._desk.write(retry_mail, mail, at, error, counted=counted)
        log.warning("the mail of chat %s waits until %s: %s", mail.chat_id, at, error)

    def _letter(self, mail: ClaimedMail) -> Letter:
        person, plan = mail.person, self._plan
        chat = self._tokens.link("open-chat", person.id, LINK_LIFE)
        unsubscribe = self._tokens.link("unsubscribe", person.id, UNSUBSCRIBE_LIFE)
        return Letter(
            message_id=str(mail.lease.job_id),
            mail_from=plan.mail_from,
            to_email=person.email or "",
            to_name=person.name,
            locale=person.locale,
            brand=plan.brand,
            previews=[(message.content, message.created_at) for message in mail.unread],
            # In the fragment, which no server and no log ever sees.
            chat_url=f"{plan.chat_url}#deskbell-chat={chat}",
            unsubscribe_url=f"{plan.unsubscribe_url}?token={unsubscribe}",
        )


def retry_delay(attempt: int, chance: float) -> timedelta:
    """Wait twice as long each time; half of it by `chance` (0 to 1), so that a crowd spreads."""
    full: timedelta = min(FIRST_RETRY * 2 ** (attempt - 1), LAST_RETRY)
    return full / 2 + full / 2 * chance
