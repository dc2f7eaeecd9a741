"""Sending messages: many at once, in a constant number of statements, each idempotent by its id.

The sender names the message, so a retry is the same message: the same id, chat, sender and content
is answered with the stored one and takes no new `seq`; the same id with anything else is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from deskbell.actions.away_mail import away_mail_job
from deskbell.actions.door import enter_all
from deskbell.domain.access import sender_type
from deskbell.domain.chat import Chat
from deskbell.domain.errors import DeskbellError, MessageIdTaken
from deskbell.domain.events import (
    Announcement,
    ChatChanged,
    ChatRow,
    ChatUnarchived,
    NewMessage,
    NewUserMessage,
    Outcome,
)
from deskbell.domain.message import Message, SenderType, check_content, preview
from deskbell.domain.people import Actor
from deskbell.storage import chats, jobs, messages
from deskbell.storage.chats import Head
from deskbell.storage.database import Transaction
from deskbell.storage.jobs import NewJob
from deskbell.storage.messages import StoredMessage


@dataclass(frozen=True, slots=True)
class SendMessage:
    """A request to send one message; `mail_delay` is when an unread answer becomes a mail."""

    actor: Actor
    chat_id: UUID
    message_id: UUID
    content: str
    mail_delay: timedelta


@dataclass(frozen=True, slots=True)
class Sent:
    """The stored message, and whether it had been stored before this request."""

    message: Message
    repeated: bool


Answer = Outcome[Sent] | DeskbellError


class _Batch:
    """The state of one batch: what is stored, what is new, and which heads move."""

    def __init__(self, tx: Transaction, requests: Sequence[SendMessage]) -> None:
        self.tx = tx
        self.known = messages.stored(tx, {request.message_id for request in requests})
        self.new: list[StoredMessage] = []
        self.advanced: dict[UUID, Chat] = {}
        self.jobs: dict[UUID, NewJob] = {}

    def answer(self, request: SendMessage, entrance: Head | DeskbellError) -> Answer:
        """Settle one request in memory."""
        if isinstance(entrance, DeskbellError):
            return entrance
        known = self.known.get(request.message_id)
        if known is not None:
            return _repeat(request, known)
        try:
            check_content(request.content)
        except DeskbellError as error:
            return error
        return self._accept(request, entrance)

    def _accept(self, request: SendMessage, head: Head) -> Outcome[Sent]:
        chat = head.chat
        side = sender_type(request.actor, chat)
        was_archived, waited = chat.archived, chat.waited_for(side, self.tx.now)
        seq = chat.receive(side, self.tx.now)
        message = Message(request.message_id, seq, request.content, side, None, self.tx.now)
        stored = StoredMessage(message, chat.id, request.actor.user_id, waited)
        self.known[message.id] = stored
        self.new.append(stored)
        self.advanced[chat.id] = chat
        if side == "admin":
            self.jobs[chat.id] = away_mail_job(chat.id, self.tx.now + request.mail_delay)
        return Outcome(
            Sent(message, repeated=False),
            _announcements(head, message, reactivated=was_archived and not chat.archived),
        )

    def store(self) -> None:
        """Write the new messages, the moved heads and the mails that may become due."""
        if not self.new:
            return
        messages.add(self.tx, self.new)
        chats.advance(self.tx, self.advanced.values())
        if self.jobs:
            jobs.schedule(self.tx, self.jobs.values())


def send_messages(tx: Transaction, requests: Sequence[SendMessage]) -> list[Answer]:
    """Store a batch of messages in the order given; a refused one hurts no other.

    Refusals: NotFound, MessageIdTaken, Invalid (blank, too long, NUL, lone surrogates).
    """
    entrances = enter_all(tx, [(request.actor, request.chat_id) for request in requests])
    batch = _Batch(tx, requests)
    answers = [
        batch.answer(request, entrance)
        for request, entrance in zip(requests, entrances, strict=True)
    ]
    batch.store()
    return answers


def send_message(tx: Transaction, request: SendMessage) -> Outcome[Sent]:
    """Send a single message; raise its refusal."""
    (answer,) = send_messages(tx, [request])
    if isinstance(answer, DeskbellError):
        raise answer
    return answer


def _repeat(request: SendMessage, known: StoredMessage) -> Answer:
    same = (
        known.chat_id == request.chat_id
        and known.sender_id == request.actor.user_id
        and known.message.content == request.content
    )
    # Only the sender hears the answer to a retry: everybody else has the message already.
    return Outcome(Sent(known.message, repeated=True)) if same else MessageIdTaken()


def _announcements(head: Head, message: Message, *, reactivated: bool) -> list[Announcement]:
    chat = head.chat
    heard = [Announcement(chat.id, NewMessage(message))]
    if reactivated:
        heard.append(Announcement(chat.id, ChatUnarchived(chat.id)))
    if message.sender_type == "user":
        heard.append(Announcement(None, NewUserMessage(chat.id, head.user_email, message)))
    heard.append(Announcement(None, ChatChanged(_row(head, message, message.sender_type))))
    return heard


def _row(head: Head, message: Message, side: SenderType) -> ChatRow:
    """Describe the chat for the list from what is at hand: no statement per message."""
    chat = head.chat
    return ChatRow(
        id=chat.id,
        user_id=chat.user_id,
        user_email=head.user_email,
        user_name=head.user_name,
        last_message_at=chat.last_message_at,
        last_message_preview=preview(message.content),
        last_message_sender=side,
        message_count=chat.last_seq,
        unread=chat.unread_for_admin,
        archived=chat.archived,
    )
