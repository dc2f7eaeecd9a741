"""The one writer: many actions in one transaction, answered after the commit and in its order."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from deskbell.domain.errors import Busy, DeskbellError, NotFound
from deskbell.domain.events import Announcement, Outcome
from deskbell.storage import writer as module
from deskbell.storage.database import Database, Transaction
from deskbell.storage.writer import Writer
from tests.unit.writing import (
    PATIENCE,
    Gate,
    counted_commits,
    fail,
    note,
    notes,
    submitted,
    texts,
    together,
)


async def test_an_answer_comes_when_the_action_is_durable(
    writer: Writer, database: Database
) -> None:
    assert await writer.run(note, "a") == "a"
    assert notes(database) == ["a"]


async def test_all_that_wait_are_committed_together(writer: Writer, database: Database) -> None:
    names = [f"{number:03}" for number in range(200)]
    with counted_commits(database) as commits:
        assert await together(writer, *(writer.run(note, name) for name in names)) == names
    assert len(commits) == len(["the gate", "all the others"])
    assert notes(database) == names


async def test_a_transaction_holds_a_bounded_number_of_actions(
    writer: Writer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BATCH", 10)
    with counted_commits(database) as commits:
        await together(writer, *(writer.run(note, str(number)) for number in range(35)))
    assert len(commits) == 1 + 4
    assert len(notes(database)) == 35


async def test_a_failing_action_hurts_only_itself(writer: Writer, database: Database) -> None:
    with counted_commits(database) as commits:
        first, failed, again, last = await together(
            writer,
            writer.run(note, "first"),
            writer.run(fail, "failed"),
            writer.run(note, "first"),
            writer.run(note, "last"),
        )
    assert len(commits) == 2
    assert (first, last) == ("first", "last")
    assert isinstance(failed, ValueError)
    assert "UNIQUE" in str(again)
    assert notes(database) == ["first", "last"]


class Recorder:
    """A batch action that remembers which requests it got together, and fails on `bad`."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def __call__(
        self, tx: Transaction, requests: Sequence[str]
    ) -> Sequence[Outcome[str] | DeskbellError]:
        self.calls.append(list(requests))
        answers = [NotFound() if text == "refused" else note(tx, text) for text in requests]
        if "bad" in requests:
            raise ValueError("bad")
        return answers


async def test_neighbouring_requests_run_as_one_batch_in_their_order(
    writer: Writer, database: Database, announced: list[Announcement]
) -> None:
    batch, other = Recorder(), Recorder()
    answers = await together(
        writer,
        writer.run_batched(batch, "1"),
        writer.run_batched(batch, "2"),
        writer.run(note, "3"),
        writer.run_batched(batch, "4"),
        writer.run_batched(other, "5"),
        writer.run_batched(batch, "6"),
    )
    assert answers == ["1", "2", "3", "4", "5", "6"] == notes(database) == texts(announced)[:6]
    assert (batch.calls, other.calls) == ([["1", "2"], ["4"], ["6"]], [["5"]])


async def test_a_refused_request_hurts_no_other_of_its_batch(
    writer: Writer, database: Database
) -> None:
    batch = Recorder()
    requests = ["a", "refused", "b"]
    a, refused, b = await together(writer, *(writer.run_batched(batch, r) for r in requests))
    assert (a, b, notes(database)) == ("a", "b", ["a", "b"])
    assert isinstance(refused, NotFound)
    assert batch.calls == [requests]


async def test_a_batch_that_fails_is_undone_and_run_one_by_one(
    writer: Writer, database: Database, announced: list[Announcement]
) -> None:
    batch = Recorder()
    requests = ["a", "bad", "b"]
    a, bad, b = await together(writer, *(writer.run_batched(batch, r) for r in requests))
    assert (a, b) == ("a", "b")
    assert isinstance(bad, ValueError)
    assert batch.calls == [requests, ["a"], ["bad"], ["b"]]
    assert notes(database) == ["a", "b"] == texts(announced)


async def test_announcements_come_after_the_commit_before_the_answer_and_in_order(
    database: Database,
) -> None:
    happened: list[str] = []

    def announce(announcement: Announcement) -> None:
        (text,) = texts([announcement])
        assert text in notes(database), "announced before anybody could read it"
        happened.append(f"announced {text}")

    async def answered(text: str) -> None:
        await writer.run(note, text)
        happened.append(f"answered {text}")

    writer = Writer(database, announce, max_waiting=100)
    writer.start()
    await together(writer, *(answered(text) for text in "abc"))
    await writer.stop()
    assert [each for each in happened if "announced" in each] == [f"announced {t}" for t in "abc"]
    for text in "abc":
        assert happened.index(f"announced {text}") < happened.index(f"answered {text}")


@pytest.mark.parametrize("broken", ["a", "b", "c"])
async def test_a_listeners_fault_costs_nobody_an_answer_or_the_news(
    broken: str, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    def announce(announcement: Announcement) -> None:
        (text,) = texts([announcement])
        if text == broken:
            raise RuntimeError("a listener's fault")
        heard.append(text)

    writer = Writer(database, announce, max_waiting=100)
    writer.start()
    assert await together(writer, *(writer.run(note, text) for text in "abc")) == ["a", "b", "c"]
    await writer.stop()
    assert heard == [text for text in "abc" if text != broken]
    assert "could not hand on" in caplog.text


async def test_whoever_waits_with_a_callback_cannot_hurt_the_others(
    writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    def settle(_outcome: object) -> None:
        raise RuntimeError("a callback's fault")

    async with Gate(writer):
        writer.submit_batched(Recorder(), "a", settle)
        following = asyncio.ensure_future(writer.run(note, "b"))
        await submitted(writer, 3)
    assert await asyncio.wait_for(following, PATIENCE) == "b"
    assert "a callback's fault" in caplog.text


async def test_whoever_goes_away_leaves_the_action_done_and_the_others_answered(
    writer: Writer, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with Gate(writer):
        gone = asyncio.ensure_future(writer.run(note, "gone"))
        stays = asyncio.ensure_future(writer.run(note, "stays"))
        await submitted(writer, 3)
        gone.cancel()
    assert await asyncio.wait_for(stays, PATIENCE) == "stays"
    assert notes(database) == ["gone", "stays"]
    assert writer.waiting == 0
    assert caplog.text == ""


async def test_too_many_waiting_are_refused_at_once_and_nothing_is_done(
    database: Database, announced: list[Announcement]
) -> None:
    writer = Writer(database, announced.append, max_waiting=3)
    writer.start()
    async with Gate(writer):
        accepted = [asyncio.ensure_future(writer.run(note, text)) for text in "ab"]
        await submitted(writer, 3)
        with pytest.raises(Busy) as refusal:
            await asyncio.wait_for(writer.run(note, "c"), PATIENCE)
        assert refusal.value.retry_after == 1
    assert await asyncio.gather(*accepted) == ["a", "b"]
    assert await writer.run(note, "d") == "d", "there is room again"
    await writer.stop()
    assert notes(database) == ["a", "b", "d"]


async def test_a_clean_stop_finishes_what_waits_and_refuses_what_comes(
    writer: Writer, database: Database, announced: list[Announcement]
) -> None:
    async with Gate(writer):
        waiting = [asyncio.ensure_future(writer.run(note, text)) for text in "abc"]
        await submitted(writer, 4)
        stopping = asyncio.ensure_future(writer.stop())
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await asyncio.wait_for(writer.run(note, "too late"), PATIENCE)
    await asyncio.wait_for(stopping, PATIENCE)
    assert [task.result() for task in waiting] == ["a", "b", "c"], "answered when stop returns"
    assert notes(database) == ["a", "b", "c"] == texts(announced)
    assert not [t for t in threading.enumerate() if t.name == "deskbell-writer"]


async def test_a_writer_that_never_started_can_be_stopped(database: Database) -> None:
    writer = Writer(database, lambda _announcement: None, max_waiting=1)
    await writer.stop()
    with pytest.raises(Busy):
        await asyncio.wait_for(writer.run(note, "a"), PATIENCE)
