"""Migrations make exactly the declared tables out of nothing, and bring old files there safely."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from deskbell.storage import migrate
from deskbell.storage.tables import metadata

LATEST = "9999"

LATER = '''"""A later version: one more table."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    """Apply this step."""
    op.execute("CREATE TABLE support_later (id INTEGER)")
    {more}
'''

Release = Callable[[str], None]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'deskbell.sqlite3'}"


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    """Bring out a version with one more migration, which ends with the given line."""
    folder = tmp_path / "a later version" / "migrations"
    make_config = migrate._config

    def config(connection: Connection | None) -> Config:
        made = make_config(connection)
        made.set_main_option("script_location", str(folder))
        return made

    def bring_out(more: str) -> None:
        ours = Path(migrate.__file__).with_name("migrations")
        shutil.copytree(ours, folder, ignore=shutil.ignore_patterns("__pycache__"))
        later = LATER.format(revision=LATEST, before=migrate.newest(), more=more)
        (folder / "versions" / "later.py").write_text(later)
        monkeypatch.setattr(migrate, "_config", config)

    return bring_out


def schema(url: str) -> dict[tuple[str, str], list[str]]:
    """Every table and index as SQLite has it; the order of constraints means nothing."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {
        # Columns that a later step added stand behind the others, on the same line.
        (kind, name): sorted(re.split(r",?\s*\n\s*|,\s+", sql))
        for kind, name, sql in rows
        if sql is not None and name != migrate.VERSION_TABLE
    }


def tables(url: str) -> set[str]:
    return {name for kind, name in schema(url) if kind == "table"}


def test_the_migrations_make_the_declared_tables(url: str) -> None:
    migrate.upgrade(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        options = {"version_table": migrate.VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_migrations_make_every_constraint_and_index_to_the_letter(
    url: str, tmp_path: Path
) -> None:
    """Alembic compares neither checks nor the conditions of partial indexes."""
    declared = f"sqlite:///{tmp_path / 'declared.sqlite3'}"
    engine = create_engine(declared)
    metadata.create_all(engine)
    engine.dispose()
    migrate.upgrade(url)
    assert schema(url) == schema(declared)
    assert len(schema(url)) > len(metadata.tables), "there are indexes among them"


def test_a_new_file_needs_no_copy(url: str, tmp_path: Path) -> None:
    assert not migrate.is_current(url)
    assert migrate.upgrade(url) is None
    assert migrate.is_current(url)
    assert not list(tmp_path.glob("*before*"))


def test_upgrading_twice_is_once(url: str) -> None:
    migrate.upgrade(url)
    made = schema(url)
    assert migrate.upgrade(url) is None
    assert schema(url) == made


def test_an_older_file_is_copied_aside_before_it_is_upgraded(
    url: str, release: Release, tmp_path: Path
) -> None:
    migrate.upgrade(url)
    # Written, but still in the write-ahead log alone, as after a crash.
    writer = sqlite3.connect(url.removeprefix("sqlite:///"))
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("INSERT INTO support_meta VALUES ('epoch', 'abc')")
    writer.commit()
    before = migrate.newest()
    release("pass")
    assert not migrate.is_current(url)
    copy = migrate.upgrade(url)
    writer.close()
    assert copy == tmp_path / f"deskbell.sqlite3.before-{LATEST}-from-{before}"
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT value FROM support_meta").fetchall() == [("abc",)]
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "support_later" not in tables(f"sqlite:///{copy}")
    assert "support_later" in tables(url)
    assert migrate.is_current(url)
    assert migrate.upgrade(url) is None


def test_a_migration_that_fails_leaves_everything_as_it_was(url: str, release: Release) -> None:
    migrate.upgrade(url)
    before = schema(url)
    release('raise RuntimeError("half way")')
    with pytest.raises(RuntimeError, match="half way"):
        migrate.upgrade(url)
    assert schema(url) == before
    assert not migrate.is_current(url)


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / "50% of: all; the data"
    folder.mkdir()
    url = f"sqlite:///{folder / 'deskbell.sqlite3'}"
    migrate.upgrade(url)
    assert migrate.is_current(url)


FIRST_TABLES = """
INSERT INTO support_users (id, email_verified, role, attributes, created_at, updated_at)
    VALUES (x'01', 0, 'user', '{}', 0, 0), (x'02', 0, 'user', '{}', 0, 0),
    (x'03', 0, 'user', '{}', 0, 0), (x'04', 0, 'user', '{}', 0, 0),
    (x'05', 0, 'user', '{}', 0, 0);
INSERT INTO support_chats (id, user_id, last_seq, last_user_seq, admin_viewed_seq, user_read_seq,
    mailed_seq, created_at, updated_at)
    SELECT id, id, 0, 0, 0, 0, 0, 0, 0 FROM support_users;
INSERT INTO support_messages (id, chat_id, seq, content, sender_type, sender_id, created_at,
    updated_at) VALUES
    (x'11', x'01', 1, '', 'user', x'01', 10, 0), (x'12', x'01', 2, '', 'admin', x'09', 20, 0),
    (x'13', x'01', 3, '', 'user', x'01', 30, 0), (x'14', x'01', 4, '', 'user', x'01', 40, 0),
    (x'21', x'02', 1, '', 'user', x'02', 50, 0), (x'22', x'02', 2, '', 'admin', x'09', 60, 0),
    (x'31', x'03', 1, '', 'user', x'03', 70, 0), (x'32', x'03', 2, '', 'user', x'03', 80, 0),
    (x'51', x'05', 1, 'Thanks!', 'user', x'05', 90, 0);
UPDATE support_chats SET archived_at = 100 WHERE id = x'05';
"""


def test_an_upgrade_knows_who_waits_for_an_answer(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as first:
        step = command.upgrade
        first.setattr(command, "upgrade", lambda config, _head: step(config, "0001"))
        migrate.upgrade(url)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.executescript(FIRST_TABLES)
    migrate.upgrade(url)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        rows = connection.execute("SELECT waiting_since FROM support_chats ORDER BY id").fetchall()
    assert rows == [(30,), (None,), (70,), (None,), (None,)]
