"""How often somebody may do something: a token bucket per key, time passed in."""

import math
from collections import OrderedDict
from dataclasses import dataclass

from deskbell.domain.errors import RateLimited

MAX_KEYS = 100_000
"""Buckets kept; beyond this the one touched longest ago is forgotten, so memory is bounded."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """At most `burst` at once and `burst` per `seconds` in the long run, for each key."""

    def __init__(self, burst: int, seconds: float) -> None:
        self._burst = burst
        self._rate = burst / seconds
        self._buckets: OrderedDict[object, _Bucket] = OrderedDict()

    def take(self, key: object, now: float) -> None:
        """Spend one token of `key` at second `now`, or raise RateLimited."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(self._burst, now)
            if len(self._buckets) > MAX_KEYS:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
            # A clock that was set back refills nothing, and takes nothing away.
            passed = max(0.0, now - bucket.filled_at)
            bucket.tokens = min(self._burst, bucket.tokens + passed * self._rate)
            bucket.filled_at = now
        if bucket.tokens < 1:
            raise RateLimited(math.ceil((1 - bucket.tokens) / self._rate))
        bucket.tokens -= 1

    def give_back(self, key: object) -> None:
        """Return a token of `key` that was spent for nothing bad."""
        bucket = self._buckets.get(key)
        if bucket is not None:
            bucket.tokens = min(self._burst, bucket.tokens + 1)
