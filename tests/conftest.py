"""What all tests share: one event loop's kind, the clock, and a migrated database to copy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from deskbell.storage import migrate
from deskbell.storage.database import Database
from tests.cast import Clock
from tests.scene import Scene, open_database

# A busy machine makes an example slow, not wrong.
settings.register_profile("deskbell", deadline=None)
settings.load_profile("deskbell")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all migrations applied, made once; every test works on a copy."""
    path = tmp_path_factory.mktemp("migrated") / "deskbell.sqlite3"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(migrated: Path, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    with open_database(migrated, tmp_path, clock) as database:
        yield database


@pytest.fixture
def scene(database: Database, clock: Clock) -> Scene:
    return Scene(database, clock)
