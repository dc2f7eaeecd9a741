"""The mail about an unread answer: what is true when it is due, and what remembers that it went.

`mailed_seq` moves when the mail is through or may be, so that nobody is told twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from deskbell.actions.due_mail import Payload, Ready
from deskbell.domain.away_mail import KIND, Situation, decide, dedup_key
from deskbell.domain.chat import Chat
from deskbell.domain.due_mail import Drop, Send, Wait
from deskbell.domain.events import Outcome
from deskbell.domain.message import Message
from deskbell.domain.people import Person
from deskbell.mail.away_mail import SHOWN
from deskbell.storage import chats, jobs, messages, people
from deskbell.storage.database import Transaction
from deskbell.storage.jobs import NewJob


@dataclass(frozen=True, slots=True)
class UnreadAnswers:
    """What the mail tells, and whom."""

    person: Person
    unread: list[Message]


@dataclass(frozen=True, slots=True)
class AwayMailRules:
    """`delay` is how long an answer may stay unread before it is told."""

    delay: timedelta
    kind: str = KIND

    def dedup_key(self, payload: Payload) -> str:
        return dedup_key(UUID(payload["chat_id"]))

    def decide(self, tx: Transaction, payload: Payload) -> Ready[UnreadAnswers] | Wait | Drop:
        chat = chats.by_id(tx, UUID(payload["chat_id"]))
        if chat is None:
            return Drop("gone")
        person = people.owner_of(tx, chat.user_id)
        # One more than a mail quotes, so that it can say that there are more.
        unread = messages.unread_from_admins(tx, chat.id, chat.mailed_seq, SHOWN + 1)
        match decide(_situation(chat, person, unread), self.delay, tx.now):
            case Send():
                return Ready(UnreadAnswers(person, unread), {**payload, "up_to": chat.last_seq})
            case other:
                return other

    def through(self, tx: Transaction, payload: Payload) -> None:
        chat, up_to = chats.by_id(tx, UUID(payload["chat_id"])), int(payload.get("up_to", 0))
        if chat is not None and up_to > chat.mailed_seq:
            chat.mailed_seq = up_to
            chats.save(tx, chat)


def away_mail_job(chat_id: UUID, run_at: datetime) -> NewJob:
    """Make the job of a chat in which an answer waits to be read."""
    return NewJob(KIND, run_at, dedup_key(chat_id), {"chat_id": str(chat_id)})


def tell_what_waits(tx: Transaction, user_id: UUID) -> None:
    """Have a mail made of the unread answers whose own came due while it could go nowhere."""
    chat = chats.by_user(tx, user_id)
    if chat is not None and messages.unread_from_admins(tx, chat.id, chat.mailed_seq, 1):
        jobs.schedule(tx, [away_mail_job(chat.id, tx.now)])


def unsubscribe(tx: Transaction, user_id: UUID) -> Outcome[bool]:
    """Switch mails off for a person; tell whether there is such a person."""
    return Outcome(people.opt_out_of_mail(tx, user_id))


def _situation(chat: Chat, person: Person, unread: list[Message]) -> Situation:
    return Situation(
        archived=chat.archived,
        oldest_untold_at=unread[0].created_at if unread else None,
        email=person.email,
        email_verified=person.email_verified,
        unsubscribed=person.mail_opt_out_at is not None,
    )
