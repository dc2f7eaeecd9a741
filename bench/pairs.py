"""1,000 sockets in 500 chats, as fast as they go: how many durable messages a second?

Closed loop: in every chat the guest writes, and as soon as both have the message the admin answers,
and so on. 500 messages are always on their way.
"""

from time import perf_counter

from bench.conversation import Conversation, Faults, Sent, check_database, settle
from bench.figures import Figures, Target, latencies
from bench.machine import Cores, CpuTimes
from bench.stage import Stage, staged

CHATS = 500
WARM_UP = 3.0
SECONDS = 10.0
TARGETS = (Target("messages per second", 4_000, at_least=True),)


class _Answering:
    """Lets every message be answered by the other side, and keeps the times while measuring."""

    def __init__(self, conversations: list[Conversation]) -> None:
        self.times: list[float] = []
        self.going = True
        for conversation in conversations:
            conversation.done = self._answer
            conversation.send(0, perf_counter())

    def _answer(self, conversation: Conversation, sent: Sent, seconds: float) -> None:
        self.times.append(seconds)
        if self.going:
            conversation.send(1 - sent.side, perf_counter())


async def run(cores: Cores, seconds: float | None) -> Figures:
    """Run it once on a fresh server."""
    async with staged(cores, CHATS) as stage:
        return await _measure(stage, seconds or SECONDS)


async def _measure(stage: Stage, seconds: float) -> Figures:
    faults = Faults()
    conversations = Conversation.all_of(
        (guest.chat_id for guest in stage.guests),
        await stage.seat_guests(),
        await stage.seat_admin(),
        faults,
    )
    answering = _Answering(conversations)
    await faults.watch(WARM_UP)
    answering.times.clear()
    start, cpu = perf_counter(), CpuTimes.now(stage.server.pid, stage.cores.server)
    await faults.watch(seconds)
    times, took = tuple(answering.times), perf_counter() - start
    spent = CpuTimes.now(stage.server.pid, stage.cores.server).since(cpu)
    answering.going = False
    await settle(conversations, faults)
    check_database(stage.server.database, conversations)
    return {
        "messages per second": len(times) / took,
        **latencies(times),
        "server CPU [µs/message]": 1e6 * spent.process / len(times),
        "server's core busy [%]": 100 * spent.process / took,
        "core lost to others [%]": 100 * spent.others / took,
    }
