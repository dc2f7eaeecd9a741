"""A chat: one user's line to support, and what may happen to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from deskbell.domain.message import SenderType


@dataclass(slots=True)
class Chat:
    """The head of a chat's log. Every `seq` here only ever grows.

    `last_user_seq` against `admin_viewed_seq` says "unread" for the agents without a scan and
    without trusting a clock; `user_read_seq` is the same for the user; `mailed_seq` is how far
    mails have told the user's unread replies. `waiting_since` is when the user wrote the first
    message that no agent has answered yet; None when nobody waits.
    """

    id: UUID
    user_id: UUID
    last_seq: int
    last_user_seq: int
    admin_viewed_seq: int
    user_read_seq: int
    mailed_seq: int
    waiting_since: datetime | None
    last_message_at: datetime | None
    admin_viewed_at: datetime | None
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def archived(self) -> bool:
        return self.archived_at is not None

    @property
    def unread_for_admin(self) -> bool:
        return self.last_user_seq > self.admin_viewed_seq

    def waited_for(self, sender_type: SenderType, now: datetime) -> int | None:
        """Tell how many seconds the user waited for this message; None when it answers nothing."""
        if sender_type == "user" or self.waiting_since is None or self.archived:
            # What was archived needed no answer: who writes there later answers nothing.
            return None
        # A clock that was set back makes nobody wait less than not at all.
        return max(0, int((now - self.waiting_since).total_seconds()))

    def receive(self, sender_type: SenderType, now: datetime) -> int:
        """Take in a new message and return its `seq`; a user who writes reactivates the chat."""
        self.last_seq += 1
        self.touch_last_message(now)
        if sender_type == "admin":
            self.waiting_since = None
            return self.last_seq
        self.last_user_seq = self.last_seq
        if self.waiting_since is None or self.archived:
            # What was archived needed no answer: who writes again begins to wait anew.
            self.waiting_since = now
        self.archived_at = None
        return self.last_seq

    def touch_last_message(self, now: datetime) -> None:
        self.last_message_at = now
        self.updated_at = now

    def mark_viewed_by_admin(self, up_to: int, now: datetime) -> bool:
        """Remember that an agent has seen the log up to `up_to`; tell whether that was news."""
        up_to = min(up_to, self.last_seq)
        if up_to <= self.admin_viewed_seq:
            return False
        self.admin_viewed_seq = up_to
        self.admin_viewed_at = self.updated_at = now
        return True

    def mark_read_by_user(self, up_to: int, now: datetime) -> bool:
        """Remember that the user has read up to `up_to`; tell whether that was news."""
        up_to = min(up_to, self.last_seq)
        if up_to <= self.user_read_seq:
            return False
        self.user_read_seq = up_to
        self.updated_at = now
        return True

    def archive(self, now: datetime) -> bool:
        """Put the chat away; tell whether that changed anything."""
        if self.archived:
            return False
        self.archived_at = self.updated_at = now
        return True

    def unarchive(self, now: datetime) -> bool:
        """Bring the chat back; tell whether that changed anything."""
        if not self.archived:
            return False
        self.archived_at = None
        self.updated_at = now
        return True
