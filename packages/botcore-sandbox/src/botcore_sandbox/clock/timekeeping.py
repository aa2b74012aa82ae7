"""Who keeps step with the sandbox's clock, and moving it for all of them at once."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, Final

from botcore_sandbox.clock.moving import ClockCannotMove, SandboxClock
from botcore_sandbox.clock.wire import FollowingTimers

PATIENCE: Final = 15.0
"""Real seconds that bots have for what became due at a move."""

_ANSWERS_WITHIN: Final = 3.0


class Timekeeping:
    """The time of one sandbox.

    Args:
        clock: the clock that it begins with, and begins again with; without one, each time one that runs as the
            machine's.
    """

    def __init__(self, clock: SandboxClock | None = None) -> None:
        self._given = clock
        self._listeners: list[Callable[[], None]] = []
        self._following: list[FollowingTimers] = []
        self._clock, self._stop_hearing = self._take(clock)

    @property
    def clock(self) -> SandboxClock:
        """The clock that all go by."""
        return self._clock

    @property
    def followers(self) -> int:
        """How many bots keep step with it."""
        return len(self._following)

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._clock.now()

    def begin_again(self, clock: SandboxClock | None = None) -> None:
        """Go by another clock: a given one, else the one from the beginning."""
        self._stop_hearing()
        self._clock, self._stop_hearing = self._take(clock or self._given)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call a listener whenever the clock was moved, whichever clock it is by then."""
        self._listeners.append(listener)

    def join(self, timers: FollowingTimers) -> Callable[[], None]:
        """Count the timers of a bot among those that a move waits for; returns what ends that."""
        self._following.append(timers)
        return lambda: self._following.remove(timers)

    async def advance(self, by: timedelta, *, patience: float = PATIENCE) -> None:
        """Move the clock forward, and return once what became due in the bots that keep step is done.

        Args:
            by: how far. Timers on the way fire late, as after a pause of a real machine.
            patience: seconds of real time that the bots have for it.

        Raises:
            ClockCannotMove: `by` is negative, or leads beyond what Discord's ids can say.
            TimeoutError: the handler of a timer was still at work when they were over.
        """
        self._clock.advance(by)
        busy = [timers.until_idle() for timers in self._following]
        await _bounded(busy, patience, "The handler of a timer was still at work")

    async def next_timer(self) -> datetime | None:
        """When the next timer is due in a bot that keeps step; None while none is pending.

        Raises:
            TimeoutError: a bot did not say.
        """
        asked = [timers.next_due() for timers in self._following]
        moments = await _bounded(asked, _ANSWERS_WITHIN, "A bot did not say when its next timer is due")
        return min((found for found in moments if found is not None), default=None)

    async def advance_to_next_timer(self) -> datetime:
        """Move the clock to the moment of `next_timer`, as `advance` does; returns that moment.

        Raises:
            ClockCannotMove: no timer is pending, or as `advance`.
            TimeoutError: as the two.
        """
        due_at = await self.next_timer()
        if due_at is None:
            raise ClockCannotMove("No timer is pending.")
        await self.advance(max(due_at - self.now(), timedelta(0)))
        return due_at

    def _take(self, clock: SandboxClock | None) -> tuple[SandboxClock, Callable[[], None]]:
        taken = clock or SandboxClock()
        return taken, taken.subscribe(self._tell)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


async def _bounded[T](asked: "list[Coroutine[Any, Any, T]]", seconds: float, what: str) -> list[T]:
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.gather(*asked)
    except TimeoutError:
        raise TimeoutError(f"{what} after {seconds:g} s; the bot's log says more.") from None
