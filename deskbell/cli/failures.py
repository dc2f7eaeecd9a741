"""Failures of the machine (a full disk, a missing right) told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError

from deskbell.settings import SettingsError


@contextmanager
def told_in_one_sentence(settings_of: str) -> Iterator[None]:
    """Wraps what reaches for `settings_of` the first time; a bug still shows its traceback."""
    try:
        yield
    except OSError as error:
        raise SettingsError(f"{settings_of}: {error}") from error
    except DatabaseError as error:
        raise SettingsError(f"{settings_of}: {error.orig}") from error
