"""How long people wait for an answer: a promise that is only made from real figures."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

NEWEST = 50
"""Answers that count at most, so that the figure follows how things are today."""

RECENT = timedelta(days=14)
"""Older answers say nothing about today."""

FEWEST = 5
"""With fewer answers the figure would be chance, and is not given."""


def reply_seconds(waits: Sequence[int]) -> int | None:
    """The median of these waits in whole seconds; None when there are too few.

    The median, because one question that lay over a weekend should not frighten everybody else.
    """
    return round(median(waits)) if len(waits) >= FEWEST else None
