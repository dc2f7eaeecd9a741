"""The one door to a chat: nobody gets one without the right to it, in whatever way they ask."""

from collections.abc import Sequence
from uuid import UUID

from deskbell.domain.access import may_enter
from deskbell.domain.chat import Chat
from deskbell.domain.errors import NotFound
from deskbell.domain.people import Actor
from deskbell.storage import chats
from deskbell.storage.chats import Head
from deskbell.storage.database import Transaction


def enter(tx: Transaction, actor: Actor, chat_id: UUID) -> Chat:
    """Get a chat, or raise NotFound: absent and foreign look alike."""
    return _let_in(actor, chats.by_id(tx, chat_id))


def enter_own(tx: Transaction, actor: Actor) -> Chat:
    """Get the actor's own chat, or raise NotFound when they never opened it."""
    return _let_in(actor, chats.by_user(tx, actor.user_id))


def enter_all(tx: Transaction, visits: Sequence[tuple[Actor, UUID]]) -> list[Head | NotFound]:
    """Get many chats in one statement, each for its own actor; refusals are returned in place."""
    heads = chats.heads(tx, {chat_id for _, chat_id in visits})
    answers: list[Head | NotFound] = []
    for actor, chat_id in visits:
        head = heads.get(chat_id)
        allowed = head is not None and may_enter(actor, head.chat)
        answers.append(head if head is not None and allowed else NotFound())
    return answers


def _let_in(actor: Actor, chat: Chat | None) -> Chat:
    if chat is None or not may_enter(actor, chat):
        raise NotFound
    return chat
