"""The tables, their indexes and constraints, declared once.

The migrations in `migrations/` build exactly this; a test compares the two.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from deskbell.storage.types import UtcTime, UuidKey

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

users = Table(
    "support_users",
    metadata,
    Column("id", UuidKey, primary_key=True),
    Column("external_id", Text, unique=True),
    Column("email", Text),
    Column("email_verified", Boolean, nullable=False),
    # Left by an anonymous visitor; it names nobody before its owner confirms it.
    Column("unconfirmed_email", Text),
    Column("name", Text),
    Column("role", Text, nullable=False),
    Column("locale", Text),
    Column("attributes", JSON, nullable=False),
    Column("mail_opt_out_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime),
    CheckConstraint("role IN ('user', 'admin')", name="role"),
)

chats = Table(
    "support_chats",
    metadata,
    Column("id", UuidKey, primary_key=True),
    # No foreign key on a host's tables; to our own users it is safe.
    Column("user_id", UuidKey, ForeignKey(users.c.id), nullable=False, unique=True),
    Column("last_seq", Integer, nullable=False),
    Column("last_user_seq", Integer, nullable=False),
    Column("admin_viewed_seq", Integer, nullable=False),
    Column("user_read_seq", Integer, nullable=False),
    Column("mailed_seq", Integer, nullable=False),
    Column("waiting_since", UtcTime),
    Column("last_message_at", UtcTime),
    Column("admin_viewed_at", UtcTime),
    Column("archived_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

# The agents' list is two drawers, newest first; each page of it walks along one of these.
Index(
    "ix_support_chats_active",
    chats.c.last_message_at,
    chats.c.id,
    sqlite_where=text("archived_at IS NULL"),
    postgresql_where=text("archived_at IS NULL"),
)
Index(
    "ix_support_chats_archived",
    chats.c.last_message_at,
    chats.c.id,
    sqlite_where=text("archived_at IS NOT NULL"),
    postgresql_where=text("archived_at IS NOT NULL"),
)

# Without the active ones: SQLite takes any equality for rare, and would collect and sort them all.
Index(
    "ix_support_chats_archived_at",
    chats.c.archived_at,
    sqlite_where=text("archived_at IS NOT NULL"),
    postgresql_where=text("archived_at IS NOT NULL"),
)

# The agents' count of unread chats reads these few rows instead of all.
Index(
    "ix_support_chats_unread",
    chats.c.last_message_at,
    sqlite_where=text("last_user_seq > admin_viewed_seq AND archived_at IS NULL"),
    postgresql_where=text("last_user_seq > admin_viewed_seq AND archived_at IS NULL"),
)

messages = Table(
    "support_messages",
    metadata,
    Column("id", UuidKey, primary_key=True),
    Column("chat_id", UuidKey, ForeignKey(chats.c.id, ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("sender_type", Text, nullable=False),
    Column("sender_id", UuidKey, nullable=False),
    Column("read_at", UtcTime),
    # On the admin's message that answered: how long its user had waited by then.
    Column("waited_seconds", Integer),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    # Also the index of `chat_id` alone: it leads.
    UniqueConstraint("chat_id", "seq"),
    Index("ix_support_messages_chat_id_created_at", "chat_id", "created_at"),
    CheckConstraint("sender_type IN ('user', 'admin')", name="sender_type"),
)

Index(
    "ix_support_messages_unread_admin",
    messages.c.chat_id,
    messages.c.seq,
    sqlite_where=text("sender_type = 'admin' AND read_at IS NULL"),
    postgresql_where=text("sender_type = 'admin' AND read_at IS NULL"),
)

# The newest reply times, without a look at the messages themselves.
Index(
    "ix_support_messages_waited",
    messages.c.created_at,
    messages.c.waited_seconds,
    sqlite_where=text("waited_seconds IS NOT NULL"),
    postgresql_where=text("waited_seconds IS NOT NULL"),
)

jobs = Table(
    "support_jobs",
    metadata,
    Column("id", UuidKey, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("run_at", UtcTime, nullable=False),
    # Cleared by the claim, so that what comes later makes a job of its own.
    Column("dedup_key", Text, unique=True),
    Column("payload", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", UtcTime),
    Column("lease_token", UuidKey),
    # Set just before the step that cannot be repeated: a crash after it counts as done.
    Column("handed_over_at", UtcTime),
    Column("finished_at", UtcTime),
    # Why it ended: sent, uncertain, failed, or the reason for dropping it.
    Column("outcome", Text),
    Column("error", Text),
    Column("created_at", UtcTime, nullable=False),
    CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", name="outcome"),
)

Index(
    "ix_support_jobs_due",
    jobs.c.run_at,
    sqlite_where=text("finished_at IS NULL"),
    postgresql_where=text("finished_at IS NULL"),
)

sessions = Table(
    "support_sessions",
    metadata,
    # SHA-256 of the token: who reads the database cannot become anybody.
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("user_id", UuidKey, ForeignKey(users.c.id, ondelete="CASCADE"), index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    CheckConstraint("kind IN ('visitor', 'admin', 'setup')", name="kind"),
)

credentials = Table(
    "support_credentials",
    metadata,
    Column("user_id", UuidKey, ForeignKey(users.c.id, ondelete="CASCADE"), primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

meta = Table(
    "support_meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
