"""Addresses that visitors leave for themselves, and how long users wait for an answer.

Who waits now is found in the messages; how long earlier answers took is not worked out.
"""

import sqlalchemy as sa
from alembic import op

from deskbell.storage.types import UtcTime

revision = "0002"
down_revision = "0001"

# The first message of the user that no agent's message follows; what was archived needed no answer.
WAITING_NOW = """
UPDATE support_chats SET waiting_since = (
    SELECT unanswered.created_at FROM support_messages AS unanswered
    WHERE unanswered.chat_id = support_chats.id
    AND unanswered.seq > COALESCE((
        SELECT MAX(answer.seq) FROM support_messages AS answer
        WHERE answer.chat_id = support_chats.id AND answer.sender_type = 'admin'
    ), 0)
    ORDER BY unanswered.seq LIMIT 1
)
WHERE archived_at IS NULL
"""


def upgrade() -> None:
    """Apply this step."""
    op.add_column("support_users", sa.Column("unconfirmed_email", sa.Text(), nullable=True))
    op.add_column("support_chats", sa.Column("waiting_since", UtcTime, nullable=True))
    op.add_column("support_messages", sa.Column("waited_seconds", sa.Integer(), nullable=True))
    op.create_index(
        "ix_support_messages_waited",
        "support_messages",
        ["created_at", "waited_seconds"],
        unique=False,
        sqlite_where=sa.text("waited_seconds IS NOT NULL"),
        postgresql_where=sa.text("waited_seconds IS NOT NULL"),
    )
    op.execute(WAITING_NOW)
