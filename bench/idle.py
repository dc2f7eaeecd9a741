"""10,000 sockets that say nothing: how much memory does one cost?

Each is a guest's, subscribed to its own chat and pinged every three seconds. The server has met all
guests before the first reading, so the difference is what the sockets cost, and nothing else.
"""

import asyncio
from time import perf_counter

from bench.conversation import Faults
from bench.figures import Figures, Target
from bench.machine import Cores, CpuTimes, resident_memory
from bench.stage import Stage, staged

SOCKETS = 10_000
SECONDS = 10.0
SPARE_FILES = 500
"""Files that either process needs for anything but sockets."""
TARGETS = (Target("memory per socket [KB]", 40),)


async def run(cores: Cores, seconds: float | None) -> Figures:
    """Run it once on a fresh server."""
    async with staged(cores, SOCKETS) as stage:
        return await _measure(stage, seconds or SECONDS)


async def _measure(stage: Stage, seconds: float) -> Figures:
    faults = Faults()
    pid = stage.server.pid
    before, start = resident_memory(pid), perf_counter()
    sockets = await stage.seat_guests()
    connected = perf_counter() - start
    for socket in sockets:
        socket.lost = lambda: faults.report("an idle socket was lost")
    await faults.watch(seconds / 2)
    cpu = CpuTimes.now(pid, stage.cores.server)
    await faults.watch(seconds / 2)
    spent = CpuTimes.now(pid, stage.cores.server).since(cpu)
    held = resident_memory(pid) - before
    for socket in sockets:
        socket.close()
    await asyncio.sleep(0)
    return {
        "sockets": len(sockets),
        "memory per socket [KB]": held / 1024 / len(sockets),
        "connects per second": len(sockets) / connected,
        "server's core busy [%]": 200 * spent.process / seconds,
    }
