"""Archiving a chat and bringing it back."""

from uuid import UUID

from deskbell.actions.door import enter
from deskbell.actions.snapshot import ChatSummary, summary_for_admin
from deskbell.domain.access import require_admin
from deskbell.domain.chat import Chat
from deskbell.domain.events import (
    Announcement,
    ChatArchived,
    ChatChanged,
    ChatUnarchived,
    Outcome,
)
from deskbell.domain.people import Actor
from deskbell.storage import chats
from deskbell.storage.database import Transaction


def archive_chat(tx: Transaction, actor: Actor, chat_id: UUID) -> Outcome[ChatSummary]:
    """Put a chat away; a mail that waits will not go out.

    Raises Forbidden for users and NotFound for an absent chat.
    """
    require_admin(actor)
    chat = enter(tx, actor, chat_id)
    event = ChatArchived(chat.id) if chat.archive(tx.now) else None
    return _settle(tx, chat, event)


def unarchive_chat(tx: Transaction, actor: Actor, chat_id: UUID) -> Outcome[ChatSummary]:
    """Bring an archived chat back.

    Raises Forbidden for users and NotFound for an absent chat.
    """
    require_admin(actor)
    chat = enter(tx, actor, chat_id)
    event = ChatUnarchived(chat.id) if chat.unarchive(tx.now) else None
    return _settle(tx, chat, event)


def _settle(
    tx: Transaction, chat: Chat, event: ChatArchived | ChatUnarchived | None
) -> Outcome[ChatSummary]:
    if event is None:
        return Outcome(summary_for_admin(tx, chat))
    chats.save(tx, chat)
    row = chats.list_row(tx, chat.id)
    return Outcome(
        summary_for_admin(tx, chat),
        [Announcement(chat.id, event), Announcement(None, ChatChanged(row))],
    )
