"""Viewing: an agent has the chat open."""

from uuid import UUID

from deskbell.actions.door import enter
from deskbell.actions.snapshot import (
    AdminChatSnapshot,
    ChatSummary,
    snapshot_for_admin,
    summary_for_admin,
)
from deskbell.domain.access import require_admin
from deskbell.domain.chat import Chat
from deskbell.domain.events import Announcement, ChatChanged, ChatViewed, Outcome
from deskbell.domain.people import Actor
from deskbell.storage import chats
from deskbell.storage.database import Transaction


def view_chat(
    tx: Transaction, actor: Actor, chat_id: UUID, up_to: int | None = None
) -> Outcome[ChatSummary]:
    """Remember that the agents have seen a chat, up to a `seq` or all of it.

    Raises Forbidden for users and NotFound for an absent chat.
    """
    chat, news = _view(tx, actor, chat_id, up_to)
    return Outcome(summary_for_admin(tx, chat), news)


def open_as_admin(tx: Transaction, actor: Actor, chat_id: UUID) -> Outcome[AdminChatSnapshot]:
    """Show a chat to an agent, which is also viewing all of it."""
    chat, news = _view(tx, actor, chat_id, None)
    return Outcome(snapshot_for_admin(tx, chat), news)


def _view(
    tx: Transaction, actor: Actor, chat_id: UUID, up_to: int | None
) -> tuple[Chat, list[Announcement]]:
    require_admin(actor)
    chat = enter(tx, actor, chat_id)
    if not chat.mark_viewed_by_admin(chat.last_seq if up_to is None else up_to, tx.now):
        return chat, []
    chats.save(tx, chat)
    return chat, [
        Announcement(chat.id, ChatViewed(chat.admin_viewed_seq)),
        Announcement(None, ChatChanged(chats.list_row(tx, chat.id))),
    ]
