"""1,000 messages a second whatever happens: how long until both sides have them?

Open loop: messages are due at random moments (a Poisson process) in random chats, and the time
counts from the moment a message was due, not from when a busy generator got round to it, so that
one stall shows in every message that it delayed ("coordinated omission" avoided).
"""

import asyncio
import random
from time import perf_counter

from bench.conversation import Conversation, Faults, Sent, check_database, settle
from bench.figures import Figures, Target, latencies
from bench.machine import Cores, CpuTimes
from bench.pairs import CHATS, WARM_UP
from bench.stage import Stage, staged

RATE = 1_000
SECONDS = 20.0
TARGETS = (Target("latency p99 [ms]", 25),)


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
    await _drive(conversations, faults, WARM_UP)
    cpu = CpuTimes.now(stage.server.pid, stage.cores.server)
    times = await _drive(conversations, faults, seconds)
    spent = CpuTimes.now(stage.server.pid, stage.cores.server).since(cpu)
    check_database(stage.server.database, conversations)
    return {
        "messages per second": len(times) / seconds,
        **latencies(times),
        "server CPU [µs/message]": 1e6 * spent.process / len(times),
        "server's core busy [%]": 100 * spent.process / seconds,
        "core lost to others [%]": 100 * spent.others / seconds,
    }


async def _drive(conversations: list[Conversation], faults: Faults, seconds: float) -> list[float]:
    """Send for so long, wait until all is heard, and return how long each message took."""
    times: list[float] = []

    def note(_conversation: Conversation, _sent: Sent, taken: float) -> None:
        times.append(taken)

    for conversation in conversations:
        conversation.done = note
    due = perf_counter()
    end = due + seconds
    while due < end:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        faults.check()
        while due <= perf_counter():
            random.choice(conversations).send(random.randrange(2), due)
            due += random.expovariate(RATE)
    await settle(conversations, faults)
    return times
