"""Addresses that visitors leave for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply this step."""
    op.add_column("support_users", sa.Column("unconfirmed_email", sa.Text(), nullable=True))
