"""One serving process for each database file: two would not hear each other's messages live."""

import sys
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl


class ServiceLock:
    """A lock beside the file, held while we serve; the system frees it when the process dies."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take the lock; tell whether we are the only ones."""
        if sys.platform == "win32":
            return True
        self._file = self._path.open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Let others serve."""
        if self._file is not None:
            self._file.close()
            self._file = None
