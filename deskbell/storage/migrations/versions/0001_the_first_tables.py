"""The first tables: people, chats, messages, jobs, sessions."""

import sqlalchemy as sa
from alembic import op

from deskbell.storage.types import UtcTime, UuidKey

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "support_jobs",
        sa.Column("id", UuidKey, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("run_at", UtcTime, nullable=False),
        sa.Column("dedup_key", sa.Text(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", UtcTime, nullable=True),
        sa.Column("lease_token", UuidKey, nullable=True),
        sa.Column("handed_over_at", UtcTime, nullable=True),
        sa.Column("finished_at", UtcTime, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_support_jobs_outcome"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_jobs")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_support_jobs_dedup_key")),
    )
    op.create_index(
        "ix_support_jobs_due",
        "support_jobs",
        ["run_at"],
        unique=False,
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "support_meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_support_meta")),
    )
    op.create_table(
        "support_users",
        sa.Column("id", UuidKey, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("mail_opt_out_at", UtcTime, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.Column("last_seen_at", UtcTime, nullable=True),
        sa.CheckConstraint("role IN ('user', 'admin')", name=op.f("ck_support_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_users")),
        sa.UniqueConstraint("external_id", name=op.f("uq_support_users_external_id")),
    )
    op.create_table(
        "support_chats",
        sa.Column("id", UuidKey, nullable=False),
        sa.Column("user_id", UuidKey, nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_user_seq", sa.Integer(), nullable=False),
        sa.Column("admin_viewed_seq", sa.Integer(), nullable=False),
        sa.Column("user_read_seq", sa.Integer(), nullable=False),
        sa.Column("mailed_seq", sa.Integer(), nullable=False),
        sa.Column("last_message_at", UtcTime, nullable=True),
        sa.Column("admin_viewed_at", UtcTime, nullable=True),
        sa.Column("archived_at", UtcTime, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["support_users.id"], name=op.f("fk_support_chats_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_chats")),
        sa.UniqueConstraint("user_id", name=op.f("uq_support_chats_user_id")),
    )
    op.create_index(
        "ix_support_chats_active",
        "support_chats",
        ["last_message_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index(
        "ix_support_chats_archived",
        "support_chats",
        ["last_message_at", "id"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NOT NULL"),
        postgresql_where=sa.text("archived_at IS NOT NULL"),
    )
    op.create_index(
        "ix_support_chats_archived_at",
        "support_chats",
        ["archived_at"],
        unique=False,
        sqlite_where=sa.text("archived_at IS NOT NULL"),
        postgresql_where=sa.text("archived_at IS NOT NULL"),
    )
    op.create_index(
        "ix_support_chats_unread",
        "support_chats",
        ["last_message_at"],
        unique=False,
        sqlite_where=sa.text("last_user_seq > admin_viewed_seq AND archived_at IS NULL"),
        postgresql_where=sa.text("last_user_seq > admin_viewed_seq AND archived_at IS NULL"),
    )
    op.create_table(
        "support_credentials",
        sa.Column("user_id", UuidKey, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["support_users.id"],
            name=op.f("fk_support_credentials_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_support_credentials")),
        sa.UniqueConstraint("login", name=op.f("uq_support_credentials_login")),
    )
    op.create_table(
        "support_sessions",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("user_id", UuidKey, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=True),
        sa.CheckConstraint(
            "kind IN ('visitor', 'admin', 'setup')",
            name=op.f("ck_support_sessions_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["support_users.id"],
            name=op.f("fk_support_sessions_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_support_sessions")),
    )
    op.create_index(
        op.f("ix_support_sessions_user_id"),
        "support_sessions",
        ["user_id"],
        unique=False,
    )
    op.create_table(
        "support_messages",
        sa.Column("id", UuidKey, nullable=False),
        sa.Column("chat_id", UuidKey, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sender_type", sa.Text(), nullable=False),
        sa.Column("sender_id", UuidKey, nullable=False),
        sa.Column("read_at", UtcTime, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.CheckConstraint(
            "sender_type IN ('user', 'admin')",
            name=op.f("ck_support_messages_sender_type"),
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["support_chats.id"],
            name=op.f("fk_support_messages_chat_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_messages")),
        sa.UniqueConstraint("chat_id", "seq", name=op.f("uq_support_messages_chat_id_seq")),
    )
    op.create_index(
        "ix_support_messages_chat_id_created_at",
        "support_messages",
        ["chat_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_support_messages_unread_admin",
        "support_messages",
        ["chat_id", "seq"],
        unique=False,
        sqlite_where=sa.text("sender_type = 'admin' AND read_at IS NULL"),
        postgresql_where=sa.text("sender_type = 'admin' AND read_at IS NULL"),
    )
