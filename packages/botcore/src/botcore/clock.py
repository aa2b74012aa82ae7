"""The clock is a port: nothing else in botcore or in a feature asks what time it is, or sleeps.

`SystemClock` is real time. `ManualClock` is time that stands still until it is moved, for tests and for the
sandbox.
"""

import asyncio
import heapq
import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable


@runtime_checkable
class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never goes back, whatever happens to the wall clock."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock; zero or less only yields to other tasks."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds of the machine's monotonic clock."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep in real time."""
        await asyncio.sleep(max(seconds, 0))


class ManualClock:
    """A clock that moves only when told to.

    Moving it wakes every sleeper whose time has come, in the order in which they were due. A sleeper runs
    after the clock has arrived, as after a long pause of a real machine, so one that sleeps in a loop sees
    the final time once and not every step on the way.

    Args:
        start: the first moment; must be aware.
    """

    def __init__(self, start: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)) -> None:
        self._start = self._now = _utc(start)
        # (due, order of arrival, the sleeper): the middle one keeps equals in order and futures uncompared
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._arrivals = itertools.count()
        self._waiting_for_sleepers: list[tuple[int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The moment this clock was last moved to, aware, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since the clock's first moment."""
        return (self._now - self._start).total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Return when the clock has been moved by `seconds`; zero or less only yields to other tasks."""
        pause = timedelta(seconds=seconds)  # to the microsecond, like every moment of this clock
        if pause <= timedelta(0):
            await asyncio.sleep(0)
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # Moments, not sums of floats: 0.1 + 0.2 seconds must be over after 0.3.
        entry = (self._now + pause, next(self._arrivals), sleeper)
        heapq.heappush(self._sleepers, entry)
        self._notice_sleepers()
        try:
            await sleeper
        finally:
            if entry in self._sleepers:  # cancelled before its time
                self._sleepers.remove(entry)
                heapq.heapify(self._sleepers)

    def advance(self, by: timedelta) -> None:
        """Move the clock forward.

        Raises:
            ValueError: `by` is negative.
        """
        self.set(self._now + by)

    def set(self, to: datetime) -> None:
        """Move the clock forward to a moment.

        Raises:
            ValueError: `to` is naive, or lies before the present moment.
        """
        to = _utc(to)
        if to < self._now:
            raise ValueError(f"a clock does not go back: it is {self._now.isoformat()}, not yet {to.isoformat()}")
        self._now = to
        while self._sleepers and self._sleepers[0][0] <= to:
            _, _, sleeper = heapq.heappop(self._sleepers)
            if not sleeper.done():
                sleeper.set_result(None)

    @property
    def sleepers(self) -> int:
        """How many tasks sleep on this clock now."""
        return len(self._sleepers)

    async def until_asleep(self, count: int = 1) -> None:
        """Return once at least `count` tasks sleep on this clock: now a test may move it."""
        if len(self._sleepers) >= count:
            return
        reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting_for_sleepers.append((count, reached))
        await reached

    def _notice_sleepers(self) -> None:
        still_waiting = []
        for count, reached in self._waiting_for_sleepers:
            if reached.done():
                continue
            if len(self._sleepers) >= count:
                reached.set_result(None)
            else:
                still_waiting.append((count, reached))
        self._waiting_for_sleepers = still_waiting


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no timezone; write datetime(..., tzinfo=UTC)")
    return moment.astimezone(UTC)
