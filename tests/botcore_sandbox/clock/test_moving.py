"""The sandbox's clock by itself."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

import botcore as bc
from botcore_sandbox import ClockCannotMove, SandboxClock, SandboxError
from botcore_sandbox.clock.moving import LATEST, Reading

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("clock", [SandboxClock(), SandboxClock(NOON)])
async def test_it_is_a_clock_of_botcore(clock: SandboxClock):
    """Now is aware and in UTC, the monotonic time does not go back, and sleeping for no time returns."""
    assert isinstance(clock, bc.Clock)
    assert clock.now().tzinfo is UTC
    before = clock.monotonic()
    await clock.sleep(0)
    await clock.sleep(-1)
    assert clock.monotonic() >= before


async def test_one_that_runs_is_ahead_of_the_machine_by_what_it_was_moved():
    """Time passes by itself, before a move and after it."""
    clock = SandboxClock(moved=HOUR)
    assert datetime.now(UTC) + HOUR <= clock.now() <= datetime.now(UTC) + HOUR + timedelta(seconds=10)
    steady = clock.monotonic()
    clock.advance(HOUR)
    assert clock.moved == 2 * HOUR
    assert clock.monotonic() - steady >= 3600
    assert clock.runs
    before = clock.now()
    await clock.sleep(0.001)
    assert clock.now() > before


async def test_one_that_stands_still_has_both_times_to_the_microsecond():
    """Moving it is all that happens to it."""
    clock = SandboxClock(NOON)
    steady = clock.monotonic()
    clock.advance(timedelta(minutes=1))
    clock.set(NOON + HOUR)
    assert (clock.now(), clock.moved, clock.runs) == (NOON + HOUR, HOUR, False)
    assert clock.monotonic() - steady == 3600


@pytest.mark.parametrize("clock", [SandboxClock(), SandboxClock(NOON)])
async def test_sleepers_wake_in_the_order_of_their_times(clock: SandboxClock):
    """At a move, whoever is due wakes, and the others sleep on."""
    woken: list[str] = []

    async def sleep(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    tasks = [asyncio.create_task(sleep(name, s)) for name, s in [("late", 9000), ("second", 3000), ("first", 2000)]]
    await asyncio.sleep(0)
    clock.advance(HOUR)
    await asyncio.gather(*tasks[1:])
    assert woken == ["first", "second"]
    clock.advance(2 * HOUR)
    await tasks[0]


async def test_a_sleeper_of_a_moved_clock_wakes_by_real_time():
    """What a move left of a sleep passes by itself."""
    clock = SandboxClock()
    sleeper = asyncio.create_task(clock.sleep(3600.05))
    await asyncio.sleep(0)
    clock.advance(HOUR)
    async with asyncio.timeout(10):
        await sleeper


async def test_a_sleeper_that_gives_up_is_forgotten():
    """The next move disturbs nobody."""
    clock = SandboxClock(NOON)
    sleeper = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    sleeper.cancel()
    await asyncio.gather(sleeper, return_exceptions=True)
    clock.advance(HOUR)


async def test_it_does_not_go_back_nor_beyond_what_ids_can_say():
    """A refusal is a sentence, and nothing has moved."""
    clock = SandboxClock(NOON)
    with pytest.raises(ClockCannotMove, match="does not go back"):
        clock.advance(timedelta(microseconds=-1))
    with pytest.raises(SandboxError, match="goes up to 2150"):
        clock.set(LATEST + timedelta(microseconds=1))
    with pytest.raises(ValueError, match="has no timezone"):
        clock.set(datetime(2027, 1, 1))  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="has no timezone"):
        SandboxClock(datetime(2027, 1, 1))  # noqa: DTZ001 - as above
    assert clock.now() == NOON


async def test_listeners_hear_of_every_move():
    """Until they end it."""
    clock, heard = SandboxClock(NOON), []
    stop = clock.subscribe(lambda: heard.append(clock.now()))
    clock.advance(HOUR)
    stop()
    clock.advance(HOUR)
    assert heard == [NOON + HOUR]


async def test_a_follower_shows_what_the_other_shows():
    """A clock that runs and one that stands still alike."""
    runs, stands = SandboxClock(moved=HOUR), SandboxClock(NOON)
    for leader, follower in [(runs, SandboxClock()), (stands, SandboxClock(NOON - HOUR))]:
        follower.follow(leader.reading)
        leader.advance(HOUR)
        follower.follow(leader.reading)
        assert follower.runs == leader.runs
        assert abs(follower.now() - leader.now()) < timedelta(seconds=10)
    assert runs.reading == Reading(2 * HOUR)


async def test_a_follower_never_goes_back():
    """What is behind is waited for, whatever kind of clock it is; neither kind of time gets smaller."""
    clock = SandboxClock(moved=HOUR)
    for reading in [
        Reading(timedelta(0)),
        Reading(timedelta(0), NOON),
        Reading(HOUR, clock.now() + HOUR),
        Reading(HOUR),
    ]:
        before, steady = clock.now(), clock.monotonic()
        clock.follow(reading)
        assert clock.now() >= before
        assert clock.monotonic() >= steady
        assert clock.runs == (reading.at is None)


async def test_those_who_sleep_while_a_clock_changes_its_kind_still_wake():
    """A sleep that began on a clock that ran ends when the one that stands still is moved far enough, and back."""
    clock = SandboxClock()
    sleeper = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    clock.follow(Reading(timedelta(0), clock.now() + timedelta(seconds=30)))
    await asyncio.sleep(0)
    assert not sleeper.done()
    clock.advance(timedelta(seconds=30))
    await sleeper
    sleeper = asyncio.create_task(clock.sleep(0.05))
    await asyncio.sleep(0)
    clock.follow(Reading(clock.moved))
    async with asyncio.timeout(10):
        await sleeper
