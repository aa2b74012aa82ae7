import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import botcore as bc
from botcore.cache import Cache, InvalidCacheUse

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> bc.ManualClock:
    """A clock that stands still."""
    return bc.ManualClock()


@pytest.fixture
def cache(clock: bc.ManualClock) -> Cache:
    """An empty cache."""
    return bc.LocalCache(clock)


async def test_a_value_is_gone_when_its_time_is_over(cache: Cache, clock: bc.ManualClock) -> None:
    """To the microsecond."""
    await cache.set("zone", "Europe/Berlin", timedelta(seconds=0.3))
    clock.advance(timedelta(seconds=0.1))
    clock.advance(timedelta(seconds=0.2) - timedelta(microseconds=1))
    assert await cache.get("zone") == "Europe/Berlin"
    clock.advance(timedelta(microseconds=1))
    assert await cache.get("zone") is None


async def test_none_is_a_value(cache: Cache) -> None:
    """Told from nothing by the default."""
    assert await cache.get("zone", "nothing") == "nothing"
    await cache.set("zone", None, MINUTE)
    assert await cache.get("zone", "nothing") is None


async def test_a_value_is_the_callers_own(cache: Cache) -> None:
    """Neither what was set nor what was got is shared with anybody."""
    names = ["alice"]
    await cache.set("names", names, MINUTE)
    names.append("bob")
    (await cache.get("names")).append("carol")
    assert await cache.get("names") == ["alice"]


async def test_deleting(cache: Cache) -> None:
    """Forgets the value; where there is none it does nothing."""
    await cache.set("zone", "UTC", MINUTE)
    await cache.delete("zone")
    await cache.delete("zone")
    assert await cache.get("zone") is None


async def test_beyond_the_bounds_the_one_that_was_idle_longest_goes(clock: bc.ManualClock) -> None:
    """Asking for it keeps it."""
    cache = bc.LocalCache(clock, most_entries=2)
    await cache.set("a", 1, MINUTE)
    await cache.set("b", 2, MINUTE)
    await cache.get("a")
    await cache.set("c", 3, MINUTE)
    assert [await cache.get(key) for key in "abc"] == [1, None, 3]


async def test_a_value_larger_than_all_the_room_is_not_kept(clock: bc.ManualClock) -> None:
    """It throws out nobody but the value that it replaces."""
    cache = bc.LocalCache(clock, most_bytes=20)
    await cache.set("a", 1, MINUTE)
    await cache.set("b", 2, MINUTE)
    await cache.set("b", "x" * 20, MINUTE)
    assert [await cache.get(key) for key in "ab"] == [1, None]


@dataclass
class Point:
    x: int


@pytest.mark.parametrize(
    "value",
    [
        (1, 2),
        {"pair": (1, 2)},
        {1: "one"},
        {1, 2},
        Point(1),
        datetime(2026, 1, 1, tzinfo=UTC),
        MINUTE,
        b"bytes",
        float("nan"),
        float("inf"),
        2**64,
        "\ud800",
        object(),
    ],
    ids=repr,
)
async def test_what_would_come_back_as_something_else_is_refused(cache: Cache, value: Any) -> None:
    """A cache in another process could not keep it either; what was there stays."""
    await cache.set("value", "old", MINUTE)
    with pytest.raises(InvalidCacheUse, match=r"the value of 'value' (cannot be kept|would come back)"):
        await cache.set("value", value, MINUTE)
    assert await cache.get("value") == "old"


@pytest.mark.parametrize(
    ("key", "ttl", "sentence"),
    [
        ("", MINUTE, "1 to 512 characters"),
        ("k" * 513, MINUTE, "has 513: use an id or a digest"),
        ("k", timedelta(0), "a lifetime of 0:00:00 keeps nothing"),
        ("k", -MINUTE, "keeps nothing"),
    ],
)
async def test_keys_and_lifetimes_have_bounds(cache: Cache, key: str, ttl: timedelta, sentence: str) -> None:
    """So that every adapter can keep to them."""
    with pytest.raises(InvalidCacheUse, match=sentence):
        await cache.set(key, 1, ttl)


def done[T](work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns that never waits."""
    with pytest.raises(StopIteration) as stopped:
        work.send(None)
    result: T = stopped.value.value
    return result


keys = some.sampled_from("abcdeé")
values = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**63), 2**63) | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=2), inner, max_size=2),
    max_leaves=5,
)


class AgainstAModel(RuleBasedStateMachine):
    """The model: a list of what is kept, the one that was idle longest first, looked through from end to end."""

    @initialize(most_entries=some.integers(0, 4), most_bytes=some.integers(0, 60))
    def begin(self, most_entries: int, most_bytes: int) -> None:
        """Begin with nothing."""
        self.clock = bc.ManualClock()
        self.cache = bc.LocalCache(self.clock, most_entries=most_entries, most_bytes=most_bytes)
        self.most_entries, self.most_bytes = most_entries, most_bytes
        self.kept: list[tuple[str, Any, datetime]] = []

    @rule(key=keys, value=values, seconds=some.integers(1, 5))
    def set(self, key: str, value: Any, seconds: int) -> None:
        """Keep a value."""
        done(self.cache.set(key, value, timedelta(seconds=seconds)))
        self.kept = [entry for entry in self.live() if entry[0] != key]
        entry = (key, value, self.clock.now() + timedelta(seconds=seconds))
        if self.size([entry]) <= self.most_bytes and self.most_entries:
            self.kept.append(entry)
        while len(self.kept) > self.most_entries or self.size(self.kept) > self.most_bytes:
            del self.kept[0]

    @rule(key=keys)
    def get(self, key: str) -> None:
        """Ask for a value."""
        found = [entry for entry in self.live() if entry[0] == key]
        assert done(self.cache.get(key, "nothing")) == (found[0][1] if found else "nothing")
        self.kept = [entry for entry in self.live() if entry[0] != key] + found

    @rule(key=keys)
    def delete(self, key: str) -> None:
        """Forget a value."""
        done(self.cache.delete(key))
        self.kept = [entry for entry in self.kept if entry[0] != key]

    @rule(seconds=some.sampled_from([0.5, 1, 3]))
    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.clock.advance(timedelta(seconds=seconds))

    @invariant()
    def they_hold_the_same(self) -> None:
        """As many values, of the same size."""
        if hasattr(self, "cache"):
            assert (self.cache.entries, self.cache.bytes) == (len(self.live()), self.size(self.live()))

    def live(self) -> list[tuple[str, Any, datetime]]:
        """What has not expired."""
        return [entry for entry in self.kept if entry[2] > self.clock.now()]

    def size(self, entries: list[tuple[str, Any, datetime]]) -> int:
        """The bytes of keys and values."""
        return sum(len(key.encode()) + len(orjson.dumps(value)) for key, value, _ in entries)


def test_it_does_what_a_simple_model_does() -> None:
    """Whatever is set, asked for, deleted and waited for, in whatever order."""
    run_state_machine_as_test(AgainstAModel, settings=settings(deadline=None, max_examples=200, stateful_step_count=40))


async def test_replacing_one_value_for_ever_takes_no_memory(clock: bc.ManualClock) -> None:
    """What was replaced or deleted leaves nothing behind, however long its lifetime was."""
    cache = bc.LocalCache(clock)
    for number in range(2_000):
        await cache.set("a", number, timedelta(days=365))
        await cache.set("b", number, timedelta(days=365))
        await cache.delete("b")
    assert sum(sys.getsizeof(part) for part in vars(cache).values()) < 2_000
