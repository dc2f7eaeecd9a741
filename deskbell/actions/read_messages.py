"""Reading the log: pages by `seq`, and where a returning subscriber has to go on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from deskbell.actions.door import enter, enter_own
from deskbell.actions.snapshot import PAGE, MessagePage, state_of
from deskbell.domain.access import sender_type
from deskbell.domain.chat import Chat
from deskbell.domain.errors import Invalid
from deskbell.domain.events import ChatState
from deskbell.domain.message import SenderType
from deskbell.domain.people import Actor
from deskbell.storage import messages
from deskbell.storage.database import Transaction

MAX_REPLAY = 1_000
"""Messages replayed to a subscriber at most; whoever missed more loads the chat afresh."""

SINCE_GRACE = timedelta(seconds=60)
"""`since` counts from this much earlier: clocks of clients and commits may disagree a little."""


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """What a subscriber says it has: a position in our stream, or just a time (Unix seconds)."""

    epoch: str | None = None
    offset: int | None = None
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """What a subscription starts from, and whom one speaks as.

    `replay_after` is the `seq` to go on from, None when no history was asked for or none can be
    given.
    """

    state: ChatState
    side: SenderType
    replay_after: int | None


def read_messages(
    tx: Transaction,
    actor: Actor,
    chat_id: UUID | None,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> MessagePage:
    """Query: the messages after or before a `seq`, ascending; the newest when neither is given.

    `chat_id` None means the actor's own chat. Raises NotFound, or Invalid for both bounds.
    """
    if after is not None and before is not None:
        raise Invalid("before", "Give `after` or `before`, not both.")
    chat = enter_own(tx, actor) if chat_id is None else enter(tx, actor, chat_id)
    if after is not None:
        page = messages.after(tx, chat.id, after, limit + 1)
        return MessagePage(page[:limit], len(page) > limit)
    page = messages.before(tx, chat.id, chat.last_seq + 1 if before is None else before, limit)
    return MessagePage(page, bool(page) and page[0].seq > 1)


def follow_chat(
    tx: Transaction, actor: Actor, chat_id: UUID, history: HistoryRequest | None
) -> Followed:
    """Query: check the right to follow a chat live, and settle where its history starts.

    Raises NotFound when the chat is not for this actor.
    """
    chat = enter(tx, actor, chat_id)
    state = state_of(tx, chat)
    side = sender_type(actor, chat)
    if history is None:
        return Followed(state, side, None)
    start = _start(tx, chat, state.epoch, history)
    rejected = start is None or chat.last_seq - start > MAX_REPLAY
    return Followed(state, side, None if rejected else start)


def _start(tx: Transaction, chat: Chat, epoch: str, history: HistoryRequest) -> int | None:
    """Find the `seq` after which the subscriber lacks messages; None when that cannot be told."""
    if history.offset is not None:
        known = history.epoch == epoch and 0 <= history.offset <= chat.last_seq
        return history.offset if known else None
    if history.since is not None:
        try:
            moment = datetime.fromtimestamp(history.since, UTC) - SINCE_GRACE
        except (ValueError, OverflowError, OSError):
            return None
        first = messages.first_seq_since(tx, chat.id, moment)
        return chat.last_seq if first is None else first - 1
    return chat.last_seq
