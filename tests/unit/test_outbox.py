"""The outbox: in order, bounded, at its reader's pace, and never in anybody's way."""

import asyncio

import pytest

from deskbell.realtime.outbox import LIMIT, PACE, Outbox

PATIENCE = 5.0


class Reader:
    """The other end of a socket, which reads only while it is told to."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.overflows = 0
        self.reading = asyncio.Event()
        self.gone = False
        self.outbox = Outbox(self.send, self.overflow)

    async def send(self, frame: str) -> None:
        await self.reading.wait()
        if self.gone:
            raise OSError
        self.read.append(frame)

    def overflow(self) -> None:
        self.overflows += 1

    async def read_all(self) -> list[str]:
        self.reading.set()
        await self.outbox.flush(PATIENCE)
        return self.read


@pytest.fixture
async def reader() -> Reader:
    return Reader()


async def turn() -> None:
    """Let every task that can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_frames_are_written_in_order(reader: Reader) -> None:
    frames = [str(number) for number in range(1_000)]
    for frame in frames:
        reader.outbox.put(frame)
    assert await reader.read_all() == frames


async def test_an_idle_outbox_holds_no_task_and_goes_on_when_needed(reader: Reader) -> None:
    reader.outbox.put("a")
    await reader.read_all()
    assert reader.outbox._task is None
    await reader.outbox.flush(PATIENCE)
    reader.outbox.put("b")
    assert await reader.read_all() == ["a", "b"]


async def test_as_much_as_the_limit_may_wait_and_no_more(reader: Reader) -> None:
    half = "x" * (LIMIT // 2)
    reader.outbox.put(half)
    await turn()  # the socket takes nothing
    reader.outbox.put(half)
    assert (reader.overflows, reader.outbox.closed) == (0, False)
    reader.outbox.put("x")
    assert (reader.overflows, reader.outbox.closed) == (1, True)


async def test_a_burst_in_one_go_does_not_overflow_a_reader_that_keeps_up(reader: Reader) -> None:
    reader.reading.set()
    frames = ["x" * (LIMIT // 4)] * 12
    for frame in frames:
        reader.outbox.put(frame)
    assert await reader.read_all() == frames
    assert (reader.overflows, reader.outbox.closed) == (0, False)


async def test_a_frame_on_its_way_counts_until_it_is_written(reader: Reader) -> None:
    reader.outbox.put("x" * LIMIT)
    await turn()  # taken from the queue, not read yet
    reader.outbox.put("x")
    assert reader.overflows == 1


async def test_room_comes_back_as_the_reader_reads(reader: Reader) -> None:
    for _ in range(3):
        reader.outbox.put("x" * LIMIT)
        await reader.read_all()
    assert (reader.overflows, len(reader.read)) == (0, 3)


async def test_an_overflow_drops_what_waits_and_says_so_once(reader: Reader) -> None:
    reader.outbox.put("a")
    await turn()
    reader.outbox.put("x" * LIMIT)
    reader.outbox.put("b")
    assert await reader.read_all() == []
    assert reader.overflows == 1


async def test_after_closing_nothing_is_written(reader: Reader) -> None:
    reader.outbox.put("a")
    reader.outbox.close()
    reader.outbox.put("b")
    reader.outbox.close()
    assert await reader.read_all() == []
    assert reader.overflows == 0


async def test_a_reader_that_is_gone_closes_the_outbox_quietly(reader: Reader) -> None:
    reader.gone = True
    reader.outbox.put("a")
    reader.outbox.put("b")
    assert await reader.read_all() == []
    assert (reader.outbox.closed, reader.overflows) == (True, 0)


async def test_a_fault_of_the_server_closes_the_outbox_and_is_logged(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    async def send(_frame: str) -> None:
        raise RuntimeError("a fault of the server")

    outbox = Outbox(send, reader.overflow)
    outbox.put("a")
    await outbox.flush(PATIENCE)
    assert (outbox.closed, reader.overflows) == (True, 0)
    assert "a fault of the server" in caplog.text


async def test_nobody_waits_longer_than_asked_for_a_reader_that_does_not_read(
    reader: Reader,
) -> None:
    reader.outbox.put("a")
    await reader.outbox.flush(0.0)
    assert reader.read == []


async def test_paced_frames_wait_for_the_reader_and_never_overflow(reader: Reader) -> None:
    frames = [f"{number}{'x' * (PACE // 2)}" for number in range(20)]

    async def replay() -> None:
        for frame in frames:
            await reader.outbox.put_paced(frame)

    replaying = asyncio.ensure_future(replay())
    await turn()
    assert not replaying.done()
    assert reader.outbox._size <= PACE + len(frames[0])
    reader.reading.set()
    await asyncio.wait_for(replaying, PATIENCE)
    assert await reader.read_all() == frames
    assert reader.overflows == 0


@pytest.mark.parametrize("end", ["close", "overflow", "gone"])
async def test_whoever_waits_for_the_reader_is_let_go_at_the_end(end: str, reader: Reader) -> None:
    reader.outbox.put("x" * (PACE + 1))
    waiting = asyncio.ensure_future(reader.outbox.put_paced("a"))
    await turn()
    assert not waiting.done()
    if end == "close":
        reader.outbox.close()
    elif end == "overflow":
        reader.outbox.put("x" * LIMIT)
    else:
        reader.gone = True
        reader.reading.set()
    await asyncio.wait_for(waiting, PATIENCE)
    assert "a" not in await reader.read_all()
