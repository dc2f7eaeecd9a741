"""The machine under a benchmark: which core runs what, what it cost, and what it is."""

import os
import platform
import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Self

LIBRARIES = ("deskbell", "uvicorn", "uvloop", "websockets", "starlette", "msgspec", "sqlalchemy")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cores:
    """One core for the server and one for its clients; the same when there is only one."""

    server: int
    clients: int

    @classmethod
    def pick(cls) -> Self:
        allowed = sorted(os.sched_getaffinity(0))
        return cls(allowed[0], allowed[-1])

    @contextmanager
    def for_server(self) -> Iterator[None]:
        """What is started in here runs on the server's core; afterwards we are on the clients'."""
        os.sched_setaffinity(0, {self.server})
        try:
            yield
        finally:
            os.sched_setaffinity(0, {self.clients})


@dataclass(frozen=True, slots=True)
class CpuTimes:
    """Seconds of work so far: of a process with all its threads, and of a core altogether."""

    process: float
    core: float
    stolen: float

    @classmethod
    def now(cls, pid: int, core: int) -> Self:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        process = (int(fields[11]) + int(fields[12])) / TICKS
        lines = Path("/proc/stat").read_text().splitlines()
        numbers = next(line for line in lines if line.startswith(f"cpu{core} ")).split()[1:]
        user, nice, system, _idle, _wait, irq, soft_irq, stolen = map(int, numbers[:8])
        return cls(process, (user + nice + system + irq + soft_irq) / TICKS, stolen / TICKS)

    def since(self, start: Self) -> "CpuTimes":
        return CpuTimes(
            self.process - start.process, self.core - start.core, self.stolen - start.stolen
        )

    @property
    def others(self) -> float:
        """Seconds the core worked for somebody else, or was lent away by the hypervisor."""
        return max(0.0, self.core - self.process) + self.stolen


def resident_memory(pid: int) -> int:
    """Bytes of memory that a process really holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def allow_many_sockets() -> int:
    """Raise our limit of open files as far as we may, and return it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def describe() -> dict[str, str]:
    """What to tell with every figure: it means little without."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}",
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in LIBRARIES},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
