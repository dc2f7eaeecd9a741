"""The heartbeat: everybody in turn, spread over the interval, and nobody stops it for others."""

import asyncio

import pytest

from deskbell.cable import heartbeat as module
from deskbell.cable.heartbeat import SLOTS, Heartbeat

PATIENCE = 5.0


class Pulse:
    """Counts its pings."""

    def __init__(self) -> None:
        self.beats = 0
        self.beaten = asyncio.Event()

    def beat(self, now: int) -> None:
        assert now > 1_600_000_000, "Unix time"
        self.beats += 1
        self.beaten.set()


class Broken(Pulse):
    """Fails with every ping."""

    def beat(self, now: int) -> None:
        super().beat(now)
        raise RuntimeError("a socket's fault")


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INTERVAL", 0.0)


async def test_sockets_are_spread_evenly_over_the_interval() -> None:
    heartbeat = Heartbeat()
    slots = [heartbeat.add(Pulse()) for _ in range(2 * SLOTS)]
    assert sorted(slots) == sorted([*range(SLOTS), *range(SLOTS)])


@pytest.mark.usefixtures("fast")
async def test_everybody_is_pinged_until_they_leave() -> None:
    heartbeat = Heartbeat()
    ada, ben = Pulse(), Pulse()
    heartbeat.add(ada)
    slot = heartbeat.add(ben)
    heartbeat.start()
    async with asyncio.timeout(PATIENCE):
        await ada.beaten.wait()
        await ben.beaten.wait()
        heartbeat.remove(ben, slot)
        heartbeat.remove(ben, slot)
        gone_at, ada_at = ben.beats, ada.beats
        while ada.beats < ada_at + 2:
            ada.beaten.clear()
            await ada.beaten.wait()
    heartbeat.stop()
    assert ben.beats == gone_at


@pytest.mark.usefixtures("fast")
async def test_one_broken_socket_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heartbeat = Heartbeat()
    broken, ada = Broken(), Pulse()
    heartbeat.add(broken)
    heartbeat.add(ada)
    heartbeat.start()
    async with asyncio.timeout(PATIENCE):
        await broken.beaten.wait()
        await ada.beaten.wait()
    heartbeat.stop()
    assert "a socket's fault" in caplog.text


async def test_a_heartbeat_that_never_began_can_be_stopped() -> None:
    Heartbeat().stop()


def test_two_missed_pings_are_what_clients_wait_for() -> None:
    assert module.INTERVAL == 3.0
