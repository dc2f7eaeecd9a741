"""The people of every test, and the clock they live by."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from deskbell.domain.people import Actor, User

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

MAIL_DELAY = timedelta(minutes=5)

ADA = User(id="ada", email="ada@lamps.example", name="Ada", locale="en")
"""A customer whom the host vouches for."""

BEN = User(id="ben", email="ben@lamps.example", name="Ben")
"""Another customer, who has no business in Ada's chat."""

EVE = User(id="eve", email="eve@desk.example", name="Eve", is_admin=True)
"""An agent of the host, who also is a customer now and then."""

DANA_EMAIL, DANA_NAME, DANA_PASSWORD = "dana@desk.example", "Dana", "correct horse"
"""An agent who signs in with a password."""

NOBODY = Actor(UUID("00000000-0000-4000-8000-00000000dead"), "user")
"""Somebody whom nobody knows, with a chat that is not there."""

NO_CHAT = UUID("00000000-0000-4000-8000-0000000000ff")


class Clock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes, seconds=seconds)
