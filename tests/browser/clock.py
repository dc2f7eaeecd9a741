"""The clock of a server that people use while a test moves its time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class JumpingClock:
    """Real time, for browsers live in it, and what the test has jumped: five minutes take none."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def jump(self, **by: float) -> None:
        """Go forward by `minutes=5` and the like."""
        self._ahead += timedelta(**by)

    @contextmanager
    def ago(self, **by: float) -> Iterator[None]:
        """Be in the past for a while: what is written now was written then."""
        self.jump(**{unit: -amount for unit, amount in by.items()})
        try:
            yield
        finally:
            self.jump(**by)
