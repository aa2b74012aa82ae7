"""How often bots may start sessions: in a day, and at once.

Source: developer documentation, "Session Start Limit Object" and "Sharding": an identify belongs to the bucket
`shard_id % max_concurrency`, and each bucket has one in five seconds.
"""

import asyncio
from collections import defaultdict, deque
from typing import Any

STARTS_A_DAY = 1_000
LENIENT_CONCURRENCY = 16
_WINDOW = 5.0
_DAY = 24 * 60 * 60.0


class SessionStarts:
    """Counts identifies in real time.

    Args:
        a_day: How many are allowed in 24 hours.
        max_concurrency: How many shards may identify at once, counted as Discord does. None is lenient, so that a
            test may start its bot again at once: 16 within five seconds, whatever their shard.
    """

    def __init__(self, *, a_day: int = STARTS_A_DAY, max_concurrency: int | None = None) -> None:
        self._a_day = a_day
        self._buckets = max_concurrency
        self._recent: dict[int, deque[float]] = defaultdict(deque)
        self._today: deque[float] = deque()

    @property
    def max_concurrency(self) -> int:
        """How many shards may identify at once."""
        return self._buckets or LENIENT_CONCURRENCY

    @property
    def remaining(self) -> int:
        """How many are left of this day."""
        _forget(self._today, _now() - _DAY)
        return max(0, self._a_day - len(self._today))

    def take(self, shard: int) -> bool:
        """Count an identify that was let in; False, and not counted, if it comes too soon after another."""
        now = _now()
        bucket, allowed = (0, LENIENT_CONCURRENCY) if self._buckets is None else (shard % self._buckets, 1)
        recent = self._recent[bucket]
        _forget(recent, now - _WINDOW)
        if len(recent) >= allowed:
            return False
        recent.append(now)
        self._today.append(now)
        return True

    def clear(self) -> None:
        """Count from zero."""
        self._recent.clear()
        self._today.clear()

    def payload(self) -> dict[str, Any]:
        """The `session_start_limit` object; `reset_after` is in milliseconds."""
        remaining = self.remaining
        reset_after = self._today[0] + _DAY - _now() if self._today else _DAY
        return {
            "total": self._a_day,
            "remaining": remaining,
            "reset_after": int(reset_after * 1000),
            "max_concurrency": self.max_concurrency,
        }


def _now() -> float:
    return asyncio.get_running_loop().time()


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] < before:
        times.popleft()
