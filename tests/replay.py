"""The proof that announcements are complete: an old snapshot and the events after it make a fresh
one, so that a client that was there at any moment and heard everything since needs no reload.

It looks with the eyes of every user, of the agents who have a chat open, and of their list, and
applies events as a client would.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import select

from deskbell.actions.list_chats import list_chats
from deskbell.actions.snapshot import (
    PAGE,
    AdminChatSnapshot,
    ChatSnapshot,
    OwnChatSnapshot,
    snapshot_for_admin,
    snapshot_for_user,
)
from deskbell.domain.contact import Contact
from deskbell.domain.events import (
    Announcement,
    ChatArchived,
    ChatChanged,
    ChatRow,
    ChatUnarchived,
    ChatViewed,
    Event,
    MessagesRead,
    NewMessage,
    Outcome,
)
from deskbell.domain.message import SenderType
from deskbell.storage import chats
from deskbell.storage.chats import Counts
from deskbell.storage.database import Transaction
from deskbell.storage.tables import chats as chat_table
from tests.scene import Scene

P = ParamSpec("P")
T = TypeVar("T")
Snapshot = TypeVar("Snapshot", bound=ChatSnapshot)


@dataclass(frozen=True)
class Views:
    """All that clients hold: each chat as its user and as an agent sees it, and the list."""

    of_users: dict[UUID, OwnChatSnapshot]
    of_agents: dict[UUID, AdminChatSnapshot]
    active: list[ChatRow]
    archived: list[ChatRow]
    counts: Counts

    def of(self, chat_ids: Iterable[UUID]) -> "Views":
        """Only these chats: nobody holds one that was not there yet."""
        return replace(
            self,
            of_users={chat_id: self.of_users[chat_id] for chat_id in chat_ids},
            of_agents={chat_id: self.of_agents[chat_id] for chat_id in chat_ids},
        )


def check_replay(
    scene: Scene,
    action: Callable[Concatenate[Transaction, P], Outcome[T]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Outcome[T]:
    """Run an action and prove what it announces; gives its outcome for further looks."""
    before = look(scene)
    scene.clock.forward(seconds=1)
    outcome = scene.do(action, *args, **kwargs)
    check(before, outcome.announcements, look(scene))
    return outcome


def check(before: Views, announced: Sequence[Announcement], after: Views) -> None:
    """Hold the old views with what was announced against the new ones."""
    assert replay(before, announced) == after.of(before.of_users)


def look(scene: Scene) -> Views:
    """Take every snapshot there is."""
    return scene.ask(_look, scene)


def _look(tx: Transaction, scene: Scene) -> Views:
    ids: Sequence[UUID] = tx.connection.execute(select(chat_table.c.id)).scalars().all()
    heads = [head.chat for head in chats.heads(tx, ids).values()]
    active = list_chats(tx, scene.dana, limit=200)
    archived = list_chats(tx, scene.dana, archived=True, limit=200)
    return Views(
        of_users={chat.id: _kept(snapshot_for_user(tx, chat)) for chat in heads},
        of_agents={chat.id: _announced(snapshot_for_admin(tx, chat)) for chat in heads},
        active=list(active.chats),
        archived=list(archived.chats),
        counts=active.counts,
    )


NO_CONTACT = Contact(None, None, None, mails=True, editable=True)


def _kept(view: OwnChatSnapshot) -> OwnChatSnapshot:
    """Leave out what a user is shown once: of their own contact they are the source,
    and reply times are news to nobody who waits."""
    return replace(view, contact=NO_CONTACT, reply_seconds=None)


def _announced(view: AdminChatSnapshot) -> AdminChatSnapshot:
    """Leave out what is shown once and not kept up to date: an agent hears whether there is
    something new, not how much; and of the user only what the list says."""
    user = replace(view.user, unconfirmed_email=None, locale=None, attributes={}, last_seen_at=None)
    return replace(view, unread_count=min(view.unread_count, 1), user=user)


def replay(views: Views, announced: Iterable[Announcement]) -> Views:
    """Apply announcements to what clients hold, in their order."""
    for announcement in announced:
        event, chat_id = announcement.event, announcement.chat_id
        if isinstance(event, ChatChanged):
            assert chat_id is None, "only agents may hear of the list"
            views = _hear_of_row(views, event.chat)
        elif chat_id in views.of_users:
            users = {**views.of_users, chat_id: _hear(views.of_users[chat_id], event, "admin")}
            agent = _hear(views.of_agents[chat_id], event, "user")
            agents = {**views.of_agents, chat_id: replace(agent, unread_count=_any(agent))}
            views = replace(views, of_users=users, of_agents=agents)
    return views


def _any(view: AdminChatSnapshot) -> int:
    return min(view.unread_count, 1)


def _hear(view: Snapshot, event: Event, other_side: SenderType) -> Snapshot:
    """What a follower of the chat does with an event; `other_side` is whom it has to read."""
    match event:
        case NewMessage(message):
            assert message.seq == view.last_seq + 1, "a client would see a gap"
            messages = [*view.messages, message][-PAGE:]
            return replace(
                view,
                messages=messages,
                has_more=messages[0].seq > 1,
                last_seq=message.seq,
                unread_count=view.unread_count + (message.sender_type == other_side),
            )
        case MessagesRead():
            return _hear_of_reading(view, event, other_side)
        case ChatViewed(up_to):
            return replace(view, viewed_up_to=up_to)
        case ChatArchived():
            return replace(view, archived=True)
        case ChatUnarchived():
            return replace(view, archived=False)
        case _:
            return view


def _hear_of_reading(view: Snapshot, event: MessagesRead, other_side: SenderType) -> Snapshot:
    messages = [
        replace(message, read_at=event.read_at)
        if message.sender_type == "admin" and not message.read_at and message.seq <= event.up_to
        else message
        for message in view.messages
    ]
    unread = view.unread_count
    if other_side == "admin":
        unread = sum(m.sender_type == "admin" and m.seq > event.up_to for m in messages)
    return replace(view, messages=messages, read_up_to=event.up_to, unread_count=unread)


def _hear_of_row(views: Views, row: ChatRow) -> Views:
    """What an agent does with a changed row: an open chat takes its header from it."""
    view = views.of_agents.get(row.id)
    if view is not None:
        user = replace(view.user, email=row.user_email, name=row.user_name)
        unread = int(row.unread)
        view = replace(view, user_email=row.user_email, user=user, unread_count=unread)
        views = replace(views, of_agents={**views.of_agents, row.id: view})
    # The list leaves out chats in which nobody wrote.
    return _with_row(views, row) if row.message_count else views


def _with_row(views: Views, row: ChatRow) -> Views:
    rows = {known.id: known for known in (*views.active, *views.archived)}
    counts = _recount(views.counts, rows.get(row.id), row)
    rows[row.id] = row
    newest_first = sorted(rows.values(), key=_place_in_list, reverse=True)
    return replace(
        views,
        active=[row for row in newest_first if not row.archived],
        archived=[row for row in newest_first if row.archived],
        counts=counts,
    )


def _place_in_list(row: ChatRow) -> tuple[object, bytes]:
    return row.last_message_at, row.id.bytes


def _recount(counts: Counts, before: ChatRow | None, after: ChatRow) -> Counts:
    def add(row: ChatRow, sign: int, counts: Counts) -> Counts:
        return Counts(
            active=counts.active + sign * (not row.archived),
            archived=counts.archived + sign * row.archived,
            unread=counts.unread + sign * (row.unread and not row.archived),
        )

    return add(after, 1, counts if before is None else add(before, -1, counts))
