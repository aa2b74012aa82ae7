"""What both clocks promise, and how a test moves the manual one."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from botcore.clock import Clock, ManualClock, SystemClock

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("clock", [SystemClock(), ManualClock()])
async def test_both_are_clocks(clock: Clock) -> None:
    """Now is aware and in UTC, the monotonic time does not go back, and sleeping for no time returns."""
    assert isinstance(clock, Clock)
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()
    await clock.sleep(0)
    await clock.sleep(-1)


async def test_system_clock_sleeps() -> None:
    """The real clock is later after a sleep."""
    clock = SystemClock()
    before = clock.monotonic()
    await clock.sleep(0.001)
    assert clock.monotonic() > before


def test_manual_clock_stands_still() -> None:
    """Time passes only when it is moved, for both kinds of time alike."""
    clock = ManualClock(NOON)
    assert (clock.now(), clock.monotonic()) == (NOON, 0)
    clock.advance(timedelta(minutes=1))
    assert (clock.now(), clock.monotonic()) == (NOON + timedelta(minutes=1), 60)
    clock.set(datetime(2026, 1, 1, 14, 2, tzinfo=timezone(timedelta(hours=2))))
    assert (clock.now(), clock.now().tzinfo) == (NOON + timedelta(minutes=2), UTC)


def test_manual_clock_refuses() -> None:
    """A clock does not go back, and does not guess a timezone."""
    clock = ManualClock(NOON)
    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="has no timezone"):
        clock.set(datetime(2027, 1, 1))  # noqa: DTZ001 - the mistake under test


async def test_sleepers_wake_in_order() -> None:
    """Whoever is due wakes, in the order of their times and then of their arrival; the others sleep on."""
    clock = ManualClock(NOON)
    woken: list[str] = []

    async def sleep(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    async with asyncio.TaskGroup() as tasks:
        for name, seconds in [("late", 60), ("second", 2), ("first", 1), ("third", 2)]:
            tasks.create_task(sleep(name, seconds))
        await clock.until_asleep(4)
        clock.advance(timedelta(seconds=2))
        await asyncio.sleep(0)
        assert woken == ["first", "second", "third"]
        assert clock.sleepers == 1
        clock.advance(timedelta(hours=1))
    assert woken == ["first", "second", "third", "late"]


async def test_fractions_add_up() -> None:
    """A sleep of 0.1 seconds that began after 0.2 is over after 0.3, whatever floats make of it."""
    clock = ManualClock(NOON)
    clock.advance(timedelta(seconds=0.2))
    task = asyncio.create_task(clock.sleep(0.1))
    await clock.until_asleep()
    clock.advance(timedelta(seconds=0.1))
    await task


async def test_cancelled_sleeper() -> None:
    """A sleeper that is cancelled is forgotten, and the others are not disturbed."""
    clock = ManualClock(NOON)
    cancelled, kept = asyncio.create_task(clock.sleep(1)), asyncio.create_task(clock.sleep(2))
    await clock.until_asleep(2)
    cancelled.cancel()
    await asyncio.gather(cancelled, return_exceptions=True)
    assert clock.sleepers == 1
    clock.advance(timedelta(seconds=2))
    await kept


async def test_waiting_for_sleepers() -> None:
    """A test can wait until the code under test sleeps, and give up waiting."""
    clock = ManualClock(NOON)
    impatient = asyncio.create_task(clock.until_asleep(5))
    patient = asyncio.create_task(clock.until_asleep(1))
    await asyncio.sleep(0)
    impatient.cancel()
    sleeper = asyncio.create_task(clock.sleep(1))
    await patient
    clock.advance(timedelta(seconds=1))
    await sleeper
