"""Opening the support chat: a user has one, made when they first ask for it."""

from uuid import uuid4

from deskbell.actions.snapshot import OwnChatSnapshot, snapshot_for_user
from deskbell.domain.chat import Chat
from deskbell.domain.errors import Unauthorized
from deskbell.domain.events import Outcome
from deskbell.domain.people import Actor
from deskbell.storage import chats, people
from deskbell.storage.database import Transaction


def show_own_chat(tx: Transaction, actor: Actor) -> OwnChatSnapshot | None:
    """Query: the actor's chat, or None when they never opened it."""
    chat = chats.by_user(tx, actor.user_id)
    return None if chat is None else snapshot_for_user(tx, chat)


def open_chat(tx: Transaction, actor: Actor) -> Outcome[OwnChatSnapshot]:
    """Get or create the actor's chat. Writes run one after the other, so two first requests that
    race find one chat; the unique `user_id` holds it even against other processes.

    An empty chat is announced to nobody: the agents' list shows chats in which somebody wrote.
    """
    chat = chats.by_user(tx, actor.user_id)
    if chat is None:
        if people.by_id(tx, actor.user_id) is None:
            # A genuine token of a person whom a restored backup does not know.
            raise Unauthorized
        chat = Chat(
            id=uuid4(),
            user_id=actor.user_id,
            last_seq=0,
            last_user_seq=0,
            admin_viewed_seq=0,
            user_read_seq=0,
            mailed_seq=0,
            waiting_since=None,
            last_message_at=None,
            admin_viewed_at=None,
            archived_at=None,
            created_at=tx.now,
            updated_at=tx.now,
        )
        chats.add(tx, chat)
    return Outcome(snapshot_for_user(tx, chat))
