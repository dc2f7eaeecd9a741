"""Everything the server can announce, as a closed set of typed events with literal tags.

An event is exactly the `message` that subscribers receive. Actions return their events inside an
`Outcome`; only the writer hands them on, after the commit and in its order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from deskbell.domain.message import Message, SenderType

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat as the agents' list shows it."""

    id: UUID
    user_id: UUID
    user_email: str | None
    user_name: str | None
    last_message_at: datetime | None
    last_message_preview: str | None
    last_message_sender: SenderType | None
    message_count: int
    unread: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class NewMessage:
    """To the chat: a message was stored. For its sender this is the acknowledgement."""

    message: Message
    type: Literal["new_message"] = "new_message"


@dataclass(frozen=True, slots=True)
class MessagesRead:
    """To the chat: the user has read the admins' messages up to `up_to`."""

    up_to: int
    read_at: datetime
    type: Literal["messages_read"] = "messages_read"


@dataclass(frozen=True, slots=True)
class ChatViewed:
    """To the chat: the agents have seen it up to `up_to`."""

    up_to: int
    type: Literal["chat_viewed"] = "chat_viewed"


@dataclass(frozen=True, slots=True)
class ChatArchived:
    """To the chat: an admin put it away."""

    chat_id: UUID
    type: Literal["chat_archived"] = "chat_archived"


@dataclass(frozen=True, slots=True)
class ChatUnarchived:
    """To the chat: an admin brought it back, or its user wrote."""

    chat_id: UUID
    type: Literal["chat_unarchived"] = "chat_unarchived"


@dataclass(frozen=True, slots=True)
class ChatState:
    """To one subscriber, last after every subscription: what may have changed while away."""

    archived: bool
    read_up_to: int
    viewed_up_to: int
    last_seq: int
    epoch: str
    type: Literal["chat_state"] = "chat_state"


@dataclass(frozen=True, slots=True)
class Typing:
    """To the others in the chat: somebody of that side is writing."""

    sender_type: SenderType
    type: Literal["typing"] = "typing"


@dataclass(frozen=True, slots=True)
class MessageRejected:
    """To the sender alone: the message was refused; `code` is an error code or `blank`."""

    id: str | None
    code: str
    type: Literal["message_rejected"] = "message_rejected"


@dataclass(frozen=True, slots=True)
class NewUserMessage:
    """To all admins: a user wrote."""

    chat_id: UUID
    user_email: str | None
    message: Message
    type: Literal["new_user_message"] = "new_user_message"


@dataclass(frozen=True, slots=True)
class ChatChanged:
    """To all admins: the list has to show this chat differently."""

    chat: ChatRow
    type: Literal["chat_changed"] = "chat_changed"


Event = (
    NewMessage
    | MessagesRead
    | ChatViewed
    | ChatArchived
    | ChatUnarchived
    | ChatState
    | Typing
    | MessageRejected
    | NewUserMessage
    | ChatChanged
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """An event and who hears it: the chat `chat_id`, or all admins when that is None."""

    chat_id: UUID | None
    event: Event


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an action returns: the answer for its caller and what everybody else must hear."""

    result: T
    announcements: Sequence[Announcement] = ()
