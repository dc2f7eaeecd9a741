"""How Alembic runs our migrations: on the connection it is handed, in our own version table."""

from alembic import context

from deskbell.storage.migrate import VERSION_TABLE
from deskbell.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
