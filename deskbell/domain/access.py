"""Who may enter a chat, and as whom they speak in it."""

from deskbell.domain.chat import Chat
from deskbell.domain.errors import Forbidden
from deskbell.domain.message import SenderType
from deskbell.domain.people import Actor


def may_enter(actor: Actor, chat: Chat) -> bool:
    """A chat is open to its own user and to admins; to everybody else it does not exist."""
    return actor.is_admin or chat.user_id == actor.user_id


def sender_type(actor: Actor, chat: Chat) -> SenderType:
    """In one's own chat one writes as `user`, admin or not."""
    return "user" if chat.user_id == actor.user_id else "admin"


def require_admin(actor: Actor) -> None:
    """Raise Forbidden for anybody who is not an admin."""
    if not actor.is_admin:
        raise Forbidden
