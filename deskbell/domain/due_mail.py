"""What can become of a mail whose time has come, whatever it says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DropReason = Literal[
    "gone",
    "read",
    "archived",
    "no_address",
    "unverified_address",
    "unsubscribed",
    "withdrawn",
    "expired",
]
"""Why a mail is not due any more, of all kinds of mail; docs/operations.md explains each."""


@dataclass(frozen=True, slots=True)
class Send:
    """Write the mail now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too early."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """No mail, and why."""

    reason: DropReason
