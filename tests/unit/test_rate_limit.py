"""Rate limits: a burst at once, a steady rate after it, each key for itself, memory bounded."""

import pytest

from deskbell.actions.desk import Limits, RateLimits
from deskbell.domain import rate_limit as module
from deskbell.domain.errors import RateLimited
from deskbell.domain.rate_limit import RateLimit
from tests.cast import Clock


def test_a_burst_is_let_through_and_the_next_one_told_when() -> None:
    limit = RateLimit(3, 30.0)
    for _ in range(3):
        limit.take("ada", 0.0)
    with pytest.raises(RateLimited) as refusal:
        limit.take("ada", 0.0)
    assert refusal.value.retry_after == 10
    limit.take("ben", 0.0)


def test_whoever_comes_back_when_told_is_let_through() -> None:
    limit = RateLimit(3, 30.0)
    for _ in range(3):
        limit.take("ada", 0.0)
    with pytest.raises(RateLimited) as refusal:
        limit.take("ada", 3.5)
    limit.take("ada", 3.5 + refusal.value.retry_after)
    with pytest.raises(RateLimited):
        limit.take("ada", 3.5 + refusal.value.retry_after)


def test_a_refusal_costs_nothing() -> None:
    limit = RateLimit(1, 8.0)
    limit.take("ada", 0.0)
    for second in range(1, 8):
        with pytest.raises(RateLimited):
            limit.take("ada", float(second))
    limit.take("ada", 8.0)


def test_the_burst_never_grows_by_waiting() -> None:
    limit = RateLimit(2, 2.0)
    limit.take("ada", 0.0)
    limit.take("ada", 1_000.0)
    limit.take("ada", 1_000.0)
    with pytest.raises(RateLimited):
        limit.take("ada", 1_000.0)


def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    limit = RateLimit(2, 2.0)
    limit.take("ada", 1_000.0)
    limit.take("ada", 0.0)
    with pytest.raises(RateLimited):
        limit.take("ada", 0.0)
    limit.take("ada", 1.0)


def test_what_was_no_abuse_is_given_back() -> None:
    limit = RateLimit(2, 1_000.0)
    for _ in range(10):
        limit.take("ada", 0.0)
        limit.give_back("ada")
    limit.give_back("ada")
    limit.give_back("somebody new")
    limit.take("ada", 0.0)
    limit.take("ada", 0.0)
    with pytest.raises(RateLimited):
        limit.take("ada", 0.0)


def test_memory_is_bounded_and_the_longest_untouched_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MAX_KEYS", 2)
    limit = RateLimit(1, 1_000.0)
    limit.take("ada", 0.0)
    limit.take("ben", 0.0)
    for second in (1.0, 2.0):
        with pytest.raises(RateLimited):
            limit.take("ada", second)
    limit.take("cleo", 3.0)
    assert list(limit._buckets) == ["ada", "cleo"]


def test_limits_that_are_off_let_everything_through() -> None:
    limits = RateLimits(Limits(sign_ins_per_address=(1, 60.0)), Clock(), enabled=False)
    for _ in range(50):
        limits.take("sign_ins_per_address", "192.0.2.1")
    strict = RateLimits(Limits(), Clock(), enabled=True)
    for _ in range(5):
        strict.take("sign_ins_per_address", "192.0.2.1")
    with pytest.raises(RateLimited):
        strict.take("sign_ins_per_address", "192.0.2.1")
