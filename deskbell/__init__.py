"""Deskbell: live customer-support chat that a Python team adds to its own product."""

from typing import TYPE_CHECKING, Any

from deskbell.domain.people import User

if TYPE_CHECKING:
    from deskbell.app import Deskbell

__version__ = "0.1.0.dev0"
__all__ = ["Deskbell", "User"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: `deskbell --help` must not wait for SQLAlchemy.
    if name == "Deskbell":
        from deskbell.app import Deskbell  # noqa: PLC0415

        return Deskbell
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
