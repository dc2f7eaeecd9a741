"""${message}."""

import sqlalchemy as sa
from alembic import op

from deskbell.storage.types import UtcTime, UuidKey

revision = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}


def upgrade() -> None:
    """Apply this step."""
    ${upgrades if upgrades else "pass"}
