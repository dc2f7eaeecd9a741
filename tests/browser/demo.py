"""`deskbell demo` as a process, with what it prints for people to use."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.servers import SCRIPT

READY = "Ctrl+C"


@dataclass(frozen=True)
class Demo:
    """Where it is, and how its agent signs in."""

    origin: str
    email: str
    password: str


@contextmanager
def running_demo() -> Iterator[Demo]:
    """The command, until the block ends."""
    with subprocess.Popen([str(SCRIPT), "demo"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        while READY not in said and (line := process.stdout.readline()):
            said += line
        found = re.search(r"(http://\S+)/dashboard/ +(?:\D+ )?(\S+@\S+) +(\S+)", said)
        try:
            assert found, said
            yield Demo(*found.groups())
        finally:
            process.terminate()
