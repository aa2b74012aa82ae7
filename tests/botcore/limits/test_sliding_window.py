from datetime import datetime, timedelta
from typing import assert_type

from hypothesis import given
from hypothesis import strategies as st

from botcore.clock import ManualClock
from botcore.limits.limiter import Decision, RateLimiter
from botcore.limits.rate import Rate
from botcore.limits.sliding_window import SlidingWindowLimiter

RATE = Rate.parse("2/10 seconds")


async def test_so_many_are_allowed_and_then_none_until_the_oldest_is_over() -> None:
    """The refusal names the moment from which it will be accepted."""
    clock = ManualClock()
    limiter: RateLimiter = SlidingWindowLimiter(clock)
    first = await limiter.check_limit("alice", RATE)
    assert_type(first, Decision)
    assert first == Decision(allowed=True, retry_at=None, remaining=1)
    clock.advance(timedelta(seconds=4))
    assert await limiter.check_limit("alice", RATE) == Decision(True, None, 0)
    clock.advance(timedelta(seconds=1))
    refused = await limiter.check_limit("alice", RATE)
    assert refused == Decision(False, clock.now() + timedelta(seconds=5), 0)
    assert refused.retry_at is not None
    clock.set(refused.retry_at - timedelta(microseconds=1))
    assert not (await limiter.check_limit("alice", RATE)).allowed
    clock.set(refused.retry_at)
    assert await limiter.check_limit("alice", RATE) == Decision(True, None, 0)


async def test_what_was_refused_does_not_count() -> None:
    """Trying again and again does not keep anybody out."""
    clock = ManualClock()
    limiter = SlidingWindowLimiter(clock)
    for _ in range(20):
        await limiter.check_limit("alice", RATE)
        clock.advance(timedelta(seconds=1))
    assert (await limiter.check_limit("alice", RATE)).allowed


async def test_keys_and_rates_count_apart() -> None:
    """One member's hurry is nobody else's."""
    limiter = SlidingWindowLimiter(ManualClock())
    once = Rate.parse("1/minute")
    assert (await limiter.check_limit("alice", once)).allowed
    assert not (await limiter.check_limit("alice", once)).allowed
    assert (await limiter.check_limit("bob", once)).allowed
    assert (await limiter.check_limit("alice", RATE)).allowed


async def test_a_moment_that_was_promised_is_kept_whatever_the_fractions() -> None:
    """Sums of floating point numbers would miss some by a hair."""
    clock, once = ManualClock(), Rate.parse("1/3 seconds")
    limiter = SlidingWindowLimiter(clock)
    for number in range(1000):
        clock.advance(timedelta(microseconds=number * 7 + 1))
        decision = await limiter.check_limit("alice", once)
        if decision.retry_at is not None:
            clock.set(decision.retry_at)
            assert (await limiter.check_limit("alice", once)).allowed


async def test_idle_keys_are_forgotten_little_by_little() -> None:
    """Each hit drops two at most; in the end only the living are left."""
    clock = ManualClock()
    limiter = SlidingWindowLimiter(clock)
    for number in range(100):
        await limiter.check_limit(f"member {number}", RATE)
    clock.advance(timedelta(seconds=11))
    await limiter.check_limit("alice", RATE)
    assert limiter.keys == 99
    for _ in range(60):
        clock.advance(timedelta(seconds=5))
        await limiter.check_limit("alice", RATE)
    assert limiter.keys == 1


async def test_a_key_that_is_in_use_is_not_forgotten_with_the_idle_ones() -> None:
    """Being hit again moves it behind them."""
    clock = ManualClock()
    limiter = SlidingWindowLimiter(clock)
    await limiter.check_limit("alice", RATE)
    await limiter.check_limit("bob", RATE)
    clock.advance(timedelta(seconds=9))
    await limiter.check_limit("alice", RATE)
    clock.advance(timedelta(seconds=2))
    await limiter.check_limit("carol", RATE)
    assert limiter.keys == 2
    assert (await limiter.check_limit("alice", RATE)).remaining == 0


async def test_memory_is_bounded_even_while_everybody_is_active() -> None:
    """The key that was idle longest starts afresh."""
    limiter = SlidingWindowLimiter(ManualClock(), most_keys=10)
    for number in range(1000):
        await limiter.check_limit(f"member {number}", RATE)
        assert limiter.keys <= 10
    assert (await limiter.check_limit("member 999", RATE)).remaining == 0
    assert (await limiter.check_limit("member 0", RATE)).remaining == 1


class NaiveLimiter:
    """The definition, word for word: every allowed hit is kept for ever and counted each time."""

    def __init__(self) -> None:
        self.hits: list[tuple[str, Rate, datetime]] = []

    def check_limit(self, now: datetime, key: str, rate: Rate) -> Decision:
        """Count the hits of the window that ends now."""
        window = timedelta(seconds=rate.seconds)
        counted = [at for hit, of, at in self.hits if (hit, of) == (key, rate) and at + window > now]
        if len(counted) >= rate.count:
            return Decision(False, counted[0] + window, 0)
        self.hits.append((key, rate, now))
        return Decision(True, None, rate.count - len(counted) - 1)


RATES = st.sampled_from([Rate(1, 1), Rate(3, 2), Rate(2, 5)])
PAUSES = st.one_of(st.just(0), st.integers(0, 3_000_000), st.sampled_from([1_000_000, 2_000_000, 5_000_000]))


@given(st.lists(st.tuples(PAUSES, st.sampled_from("abc"), RATES), max_size=60))
async def test_every_decision_is_that_of_the_definition(steps: list[tuple[int, str, Rate]]) -> None:
    """Whatever the pauses (in microseconds), keys and rates."""
    clock, naive = ManualClock(), NaiveLimiter()
    limiter = SlidingWindowLimiter(clock)
    for pause, key, rate in steps:
        clock.advance(timedelta(microseconds=pause))
        assert await limiter.check_limit(key, rate) == naive.check_limit(clock.now(), key, rate)
