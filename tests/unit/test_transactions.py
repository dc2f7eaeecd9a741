"""What a transaction keeps to itself, and how every connection to the file is set up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from deskbell.storage import database as module
from deskbell.storage.database import Database, Transaction
from deskbell.storage.tables import meta, sessions
from tests.cast import Clock
from tests.unit.writing import fail, note, notes


def test_nothing_is_visible_before_the_commit(database: Database) -> None:
    with database.transaction() as tx:
        note(tx, "plain")
        assert notes(database) == []
        with tx.connection.begin_nested():
            note(tx, "in a savepoint")
        assert notes(database) == [], "a released savepoint is no commit"
    assert notes(database) == ["in a savepoint", "plain"]


def test_nothing_is_left_after_a_rollback(database: Database) -> None:
    def write_and_fail() -> None:
        with database.transaction() as tx:
            note(tx, "plain")
            with tx.connection.begin_nested():
                note(tx, "in a savepoint")
            fail(tx, "at last")

    with pytest.raises(ValueError, match="at last"):
        write_and_fail()
    assert notes(database) == []


def test_a_savepoint_that_is_rolled_back_leaves_the_rest(database: Database) -> None:
    with database.transaction() as tx:
        note(tx, "before")
        with pytest.raises(ValueError, match="undone"), tx.connection.begin_nested():
            fail(tx, "undone")
        note(tx, "after")
        assert tx.alive
    assert notes(database) == ["after", "before"]


def test_a_failed_statement_leaves_the_transaction_alive(database: Database) -> None:
    with database.transaction() as tx:
        note(tx, "once")
        with pytest.raises(IntegrityError), tx.connection.begin_nested():
            note(tx, "once")
        assert tx.alive
    assert notes(database) == ["once"]


def test_a_transaction_that_the_database_ended_is_not_alive(database: Database) -> None:
    with database.transaction() as tx:
        tx.connection.exec_driver_sql("ROLLBACK")
        assert not tx.alive


def test_a_read_sees_one_moment_from_its_beginning_to_its_end(database: Database) -> None:
    query = select(meta.c.key)

    def look_twice(tx: Transaction) -> tuple[list[str], list[str]]:
        first = list(tx.connection.execute(query).scalars())
        with database.transaction() as writing:
            note(writing, "meanwhile")
        return first, list(tx.connection.execute(query).scalars())

    assert database.read_now(look_twice) == ([], [])
    assert notes(database) == ["meanwhile"]


def test_a_transaction_happens_at_one_moment(database: Database, clock: Clock) -> None:
    with database.transaction() as tx:
        began = clock.now
        clock.forward(minutes=1)
        assert tx.now == began


def test_a_second_writer_waits_at_its_beginning_where_nothing_is_half_done(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 0)
    other = Database(database.url, clock=database.clock, read_threads=1)
    with database.transaction() as tx:
        note(tx, "first")
        with pytest.raises(OperationalError, match="locked"), other.transaction():
            pytest.fail("it must not come in")
    with other.transaction() as tx:
        note(tx, "second")
    other.close()
    assert notes(database) == ["first", "second"]


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


Open = Callable[[Database], AbstractContextManager[Connection]]


def reading(database: Database) -> AbstractContextManager[Connection]:
    return database._reading.connect()


def writing(database: Database) -> AbstractContextManager[Connection]:
    return database._writing.connect()


@pytest.mark.parametrize("open_connection", [reading, writing])
def test_every_connection_is_durable_and_strict(open_connection: Open, database: Database) -> None:
    full, on = 2, 1
    for _ in range(2):
        with open_connection(database) as connection:
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "synchronous") == full
            assert pragma(connection, "foreign_keys") == on
            connection.invalidate()  # so that the next turn opens a new one


def test_foreign_keys_hold(database: Database) -> None:
    row = {"token_hash": b"x" * 32, "kind": "visitor", "user_id": uuid4()}
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.transaction() as tx:
        tx.connection.execute(insert(sessions).values(**row, created_at=tx.now))
