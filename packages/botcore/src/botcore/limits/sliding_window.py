"""The adapter inside one process: an exact sliding window that needs no sweeping."""

from bisect import bisect_right
from collections import OrderedDict
from datetime import timedelta
from typing import Final

from botcore.clock import Clock
from botcore.limits.limiter import Decision
from botcore.limits.rate import Rate

MOST_KEYS: Final = 100_000

_DROPPED_PER_HIT: Final = 2
"""More than one, so that idle keys go faster than new ones can come."""


class SlidingWindowLimiter:
    """Remembers when each key was last allowed, up to `rate.count` times, and forgets it when it is idle.

    A step costs the same however many keys there are: within one rate the keys are kept in the order of
    their last hit, so the idle ones are at the front, and each hit drops at most two of them.

    Args:
        clock: Tells the time; only its monotonic time decides.
        most_keys: How many keys are remembered for one rate. Beyond it the one that was idle longest is
            forgotten and starts afresh: memory is bounded even under attack.
    """

    def __init__(self, clock: Clock, *, most_keys: int = MOST_KEYS) -> None:
        self._now = clock.now
        self._monotonic = clock.monotonic
        self._most_keys = most_keys
        self._tables: dict[tuple[int, int], OrderedDict[str, list[int]]] = {}

    async def check_limit(self, key: str, rate: Rate) -> Decision:
        """Count one more under `key`, or refuse it; as in `RateLimiter`."""
        # Whole microseconds: sums of floats would refuse at the very moment that `retry_at` promised.
        now = round(self._monotonic() * 1_000_000)
        window = rate.seconds * 1_000_000
        # Plain numbers as the key: hashing a dataclass costs more than all the rest of finding the table.
        table = self._tables.get((rate.count, rate.seconds))
        if table is None:
            table = self._tables[rate.count, rate.seconds] = OrderedDict()
        hits = table.get(key)
        if hits is None:
            hits = table[key] = []
        idle_since = now - window
        expired = bisect_right(hits, idle_since)
        if expired * 2 >= len(hits):  # not before: cutting a list costs its length
            del hits[:expired]
            expired = 0
        remaining = rate.count - (len(hits) - expired)
        if remaining == 0:
            wait = timedelta(microseconds=hits[expired] - idle_since)
            return Decision(False, self._now() + wait, 0)
        hits.append(now)
        table.move_to_end(key)
        if next(iter(table.values()))[-1] <= idle_since or len(table) > self._most_keys:
            self._forget_idle(table, idle_since)
        return Decision(True, None, remaining - 1)

    @property
    def keys(self) -> int:
        """How many keys are remembered, over all rates."""
        return sum(map(len, self._tables.values()))

    def _forget_idle(self, table: OrderedDict[str, list[int]], idle_since: int) -> None:
        for _ in range(_DROPPED_PER_HIT):
            oldest = next(iter(table.values()))
            if oldest[-1] > idle_since and len(table) <= self._most_keys:
                return
            table.popitem(last=False)
