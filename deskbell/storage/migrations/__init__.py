"""The migrations, run by Alembic in the order of their numbers."""
