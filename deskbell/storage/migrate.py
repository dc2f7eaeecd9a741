"""Bringing a database to the tables of this version, one Alembic step after the other.

SQLite upgrades itself when the server starts, after the file was copied aside.
"""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from deskbell.storage.database import sqlite_engine

VERSION_TABLE = "deskbell_version"


def upgrade(url: str) -> Path | None:
    """Apply all missing migrations; return the copy of the old file, if one was needed."""
    engine = sqlite_engine(url, "BEGIN IMMEDIATE")
    try:
        current = _revision(engine)
        if current == newest():
            return None
        copy = _copy_aside(engine, current) if current else None
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
        return copy
    finally:
        engine.dispose()


def is_current(url: str) -> bool:
    """Tell whether the database has the tables of this version."""
    engine = sqlite_engine(url, "BEGIN IMMEDIATE")
    try:
        return _revision(engine) == newest()
    finally:
        engine.dispose()


def newest() -> str | None:
    """Name the last migration of this version."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    # Alembic's default splits on the separator of paths, which a folder's name may contain.
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE}
        return MigrationContext.configure(connection, opts=options).get_current_revision()


def _copy_aside(engine: Engine, revision: str) -> Path:
    """Copy a SQLite file as it is now, its write-ahead log included."""
    source = Path(str(engine.url.database))
    copy = source.with_name(f"{source.name}.before-{newest()}-from-{revision}")
    with sqlite3.connect(source) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    return copy
