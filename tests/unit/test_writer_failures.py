"""Transactions that fail as a whole: everybody is told, nobody is told otherwise."""

from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest

from deskbell.domain.errors import Busy
from deskbell.domain.events import Announcement, Outcome
from deskbell.storage import database as database_module
from deskbell.storage.database import Database, Transaction
from deskbell.storage.writer import Writer
from tests.unit.writing import note, notes, together

BIG = "What somebody wrote in confidence. " * 50_000


def breaks_a_rule_at_the_commit(tx: Transaction) -> Outcome[str]:
    """Breaks a foreign key that is checked only when everything else has succeeded."""
    tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    tx.connection.exec_driver_sql(
        "INSERT INTO support_sessions VALUES (?, 'visitor', ?, 0, NULL)",
        (uuid4().bytes * 2, uuid4().bytes),
    )
    return Outcome("")


def fills_the_disk(tx: Transaction) -> Outcome[str]:
    """SQLite undoes more than the statement when there is no room: the whole transaction."""
    pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    try:
        note(tx, BIG)
    finally:
        tx.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    return Outcome("")


def swallows_a_full_disk(tx: Transaction) -> Outcome[str]:
    """An action that does not even notice."""
    try:
        return fills_the_disk(tx)
    except Exception:  # noqa: BLE001 - as careless as can be
        return Outcome("")


@pytest.mark.parametrize(
    "failing", [breaks_a_rule_at_the_commit, fills_the_disk, swallows_a_full_disk]
)
async def test_when_the_transaction_fails_nobody_is_told_that_it_was_stored(
    failing: Callable[[Transaction], Outcome[str]],
    writer: Writer,
    database: Database,
    announced: list[Announcement],
) -> None:
    answers = await together(
        writer,
        writer.run(note, "before"),
        writer.run(failing),
        writer.run(note, "after"),
        writer.run(note, "last"),
    )
    assert [type(answer) for answer in answers] == [Busy] * 4
    assert (notes(database), announced) == ([], [])
    assert await writer.run(note, "next") == "next", "the writer goes on"


async def test_a_batch_that_fills_the_disk_takes_nobody_along_silently(
    writer: Writer, database: Database
) -> None:
    def batch(tx: Transaction, requests: Sequence[str]) -> list[Outcome[str]]:
        for text in requests:
            note(tx, text)
        if "bad" in requests:
            fills_the_disk(tx)
        return [Outcome(text) for text in requests]

    answers = await together(
        writer,
        writer.run(note, "before"),
        writer.run_batched(batch, "a"),
        writer.run_batched(batch, "bad"),
        writer.run(note, "after"),
    )
    assert [type(answer) for answer in answers] == [Busy] * 4
    assert notes(database) == []


async def test_what_people_wrote_stays_out_of_the_log(
    writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    await together(writer, writer.run(note, "before"), writer.run(fills_the_disk))
    assert "disk is full" in caplog.text
    assert "in confidence" not in caplog.text


async def test_a_database_that_another_process_holds_is_busy_and_not_broken(
    writer: Writer,
    database: Database,
    announced: list[Announcement],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 0)
    other = database_module.sqlite_engine(database.url, "BEGIN IMMEDIATE")
    with other.begin(), pytest.raises(Busy):
        await writer.run(note, "a")
    other.dispose()
    assert (notes(database), announced) == ([], [])
    assert await writer.run(note, "a") == "a"
