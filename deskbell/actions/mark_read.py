"""Reading: the user has seen the admins' messages."""

from deskbell.actions.door import enter_own
from deskbell.actions.snapshot import ChatSummary, summary_for_user
from deskbell.domain.events import Announcement, MessagesRead, Outcome
from deskbell.domain.people import Actor
from deskbell.storage import chats, messages
from deskbell.storage.database import Transaction


def mark_read(tx: Transaction, actor: Actor, up_to: int | None = None) -> Outcome[ChatSummary]:
    """Mark the admins' messages in the actor's own chat as read, up to a `seq` or all.

    Raises NotFound when the actor has no chat. A mail that waits finds nothing unread any more.
    """
    chat = enter_own(tx, actor)
    up_to = chat.last_seq if up_to is None else min(up_to, chat.last_seq)
    if messages.mark_read(tx, chat.id, up_to) and chat.mark_read_by_user(up_to, tx.now):
        chats.save(tx, chat)
        news = [Announcement(chat.id, MessagesRead(up_to, tx.now))]
    else:
        news = []
    return Outcome(summary_for_user(tx, chat), news)
