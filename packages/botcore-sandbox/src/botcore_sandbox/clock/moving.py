"""`SandboxClock`: the machine's time or a moment that stands still, until somebody moves it forward."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from botcore_sandbox.driver.errors import SandboxError

LATEST: Final = datetime(2150, 1, 1, tzinfo=UTC)
"""Discord's ids have 42 bits for the milliseconds since 2015, which are used up in 2154."""

_NO_TIME: Final = timedelta(0)


class ClockCannotMove(SandboxError, ValueError):
    """A clock was to be moved back, or to a moment that ids cannot say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clock tells another one, so that both show the same.

    Args:
        moved: how far it has been moved altogether.
        at: the moment at which it stands still, None for one that runs.
    """

    moved: timedelta
    at: datetime | None = None


class SandboxClock:
    """The time of a sandbox, which never goes back.

    It is a `botcore.Clock` as it stands, so that one object can be the time of a sandbox and of the bot beside it.
    Everything happens in the event loop of those who sleep on it.

    Args:
        at: the moment at which it stands still; aware. Without one it runs, as the machine's clock does.
        moved: how far it has been moved before; one that runs is that far ahead of the machine.

    Raises:
        ValueError: `at` is naive.
    """

    def __init__(self, at: datetime | None = None, *, moved: timedelta = _NO_TIME) -> None:
        self._at = _utc(at) if at is not None else None
        self._moved = moved
        self._steady = _seconds(moved)  # what `monotonic` adds to the machine's; negative after a change of kind
        self._sleepers: list[_Sleeper] = []
        self._listeners: list[Callable[[], None]] = []

    @property
    def runs(self) -> bool:
        """Whether time passes by itself."""
        return self._at is None

    @property
    def moved(self) -> timedelta:
        """How far it has been moved altogether."""
        return self._moved

    @property
    def reading(self) -> Reading:
        """What another clock has to know to show the same."""
        return Reading(self._moved, self._at)

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._at if self._at is not None else datetime.now(UTC) + self._moved

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never goes back, whatever happens to the machine's clock."""
        return self._steady + (time.monotonic() if self.runs else 0.0)

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock; zero or less only yields to other tasks."""
        pause = timedelta(seconds=seconds)
        if pause <= _NO_TIME:
            await asyncio.sleep(0)
            return
        # Moments, not sums of floats: 0.1 + 0.2 seconds must be over after 0.3.
        sleeper = _Sleeper(self.now() + pause, asyncio.get_running_loop())
        self._sleepers.append(sleeper)
        self._set_alarm(sleeper)
        try:
            await sleeper.woken
        finally:
            sleeper.turn_off()
            self._sleepers.remove(sleeper)

    def advance(self, by: timedelta) -> None:
        """Move the clock forward; whoever is due wakes, in the order of their times.

        Raises:
            ClockCannotMove: `by` is negative, or leads beyond `LATEST`.
        """
        now = self.now()
        if by < _NO_TIME:
            raise ClockCannotMove(f"The clock does not go back; it is {now:%Y-%m-%d %H:%M:%S} UTC.")
        if by > LATEST - now:
            raise ClockCannotMove(f"The clock goes up to {LATEST:%Y}: Discord's ids have no later moments.")
        self._move(by)

    def set(self, to: datetime) -> None:
        """Move the clock forward to a moment.

        Raises:
            ClockCannotMove: it is past, or lies beyond `LATEST`.
            ValueError: `to` is naive.
        """
        self.advance(_utc(to) - self.now())

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a listener whenever the clock was moved; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def follow(self, reading: Reading) -> None:
        """Show what another clock shows; only forward, so that one that was behind is waited for."""
        if self.runs != (reading.at is None):
            self._change_kind()
        by = reading.at - self.now() if reading.at is not None else reading.moved - self._moved
        self._move(max(by, _NO_TIME))

    def _move(self, by: timedelta) -> None:
        self._moved += by
        self._steady += _seconds(by)
        if self._at is not None:
            self._at += by
        now = self.now()
        for sleeper in sorted(self._sleepers, key=lambda each: each.due_at):
            if sleeper.due_at <= now:
                sleeper.wake()
            else:
                self._set_alarm(sleeper)
        for listener in tuple(self._listeners) if by else ():
            listener()

    def _change_kind(self) -> None:
        """Stand still at this moment, or run on from it; what both kinds of time show stays as it is."""
        now, steady = self.now(), self.monotonic()
        self._at = now if self.runs else None
        self._moved = now - datetime.now(UTC)
        self._steady = steady - (time.monotonic() if self.runs else 0.0)

    def _set_alarm(self, sleeper: "_Sleeper") -> None:
        if self.runs:
            sleeper.ring_in(_seconds(sleeper.due_at - self.now()))
        else:
            sleeper.turn_off()


class _Sleeper:
    """Somebody who sleeps until a moment."""

    def __init__(self, due_at: datetime, loop: asyncio.AbstractEventLoop) -> None:
        self.due_at = due_at
        self.woken: asyncio.Future[None] = loop.create_future()
        self._loop = loop
        self._alarm: asyncio.TimerHandle | None = None

    def ring_in(self, seconds: float) -> None:
        """Wake by real time, and not at the time that was set before."""
        self.turn_off()
        self._alarm = self._loop.call_later(max(seconds, 0.0), self.wake)

    def turn_off(self) -> None:
        """Sleep on until somebody calls `wake`."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def wake(self) -> None:
        """End the sleep."""
        if not self.woken.done():
            self.woken.set_result(None)


def _seconds(span: timedelta) -> float:
    return span.total_seconds()


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no timezone; write datetime(..., tzinfo=UTC)")
    return moment.astimezone(UTC)
