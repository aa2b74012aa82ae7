"""Whose a firing is: leases, renewals, rows that somebody else has locked; two loops on one database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from botcore.clock import ManualClock
from botcore.db import Database
from botcore.timers import DurableTimers, TimerSettings
from botcore.timers.records import TimerRecord, read_timers
from botcore.timers.table import timer
from fakes.timing import Middle, RecordingHandler

KIND = "test.fire"
SETTINGS = TimerSettings()


@pytest.fixture
async def other(timed: Database, database_url: str, clock: ManualClock) -> AsyncIterator[DurableTimers]:
    """A second process's timers on the same database; not started."""
    async with Database(database_url) as database:
        timers = DurableTimers(database, clock, random=Middle())
        yield timers
        await timers.stop(0)


async def put(timers: DurableTimers, database: Database, *keys: str, due_at: datetime) -> None:
    """Set timers in one transaction."""
    async with database.transaction() as tx:
        for key in keys:
            await timers.set(tx, KIND, key, due_at)


async def pending(database: Database) -> list[TimerRecord]:
    """The timers in the table."""
    async with database.session() as session:
        return (await read_timers(session, parked=False, most=1000))[0]


async def test_a_handler_that_runs_keeps_its_timer(
    timers: DurableTimers, other: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """However long it takes: the lease is renewed, and the other process never gets the firing."""
    stranger = RecordingHandler()
    other.handler(KIND, stranger)
    handler.hold()
    await put(timers, timed, "tea", due_at=clock.now())
    await handler.begun()
    await other.start()
    for _ in range(30):
        await clock.until_asleep(2)
        clock.advance(SETTINGS.lease / 3)
    handler.let_go()
    await timers.until_idle()
    assert (handler.keys, stranger.keys) == (["tea"], [])
    assert await pending(timed) == []


async def test_a_process_without_its_database(
    other: DurableTimers, timed: Database, database_url: str, clock: ManualClock
):
    """It cannot renew, so its lease ends: it cancels its handler, and another process runs the firing again."""
    stranger, cut_off = RecordingHandler(), RecordingHandler()
    cut_off.hold()
    lost = Database(database_url)
    await lost.open()
    timers = DurableTimers(lost, clock)
    timers.handler(KIND, cut_off)
    await timers.start()
    await put(timers, lost, "tea", due_at=clock.now())
    await cut_off.begun()
    await clock.until_asleep()
    await lost.close()
    clock.advance(SETTINGS.lease)
    await cut_off.ended()
    other.handler(KIND, stranger)
    await other.start()
    await other.until_idle()
    assert [(firing.key, firing.attempt) for firing in stranger.firings] == [("tea", 2)]
    await lost.open()
    await timers.until_idle()  # it goes on as soon as its database is back
    await timers.stop(0)
    await lost.close()
    assert cut_off.keys == ["tea"]


async def test_two_loops_share_the_work(
    timers: DurableTimers, other: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """Each timer fires in one of the two, however they get in each other's way."""
    stranger = RecordingHandler()
    other.handler(KIND, stranger)
    await other.start()
    keys = [f"{number:03}" for number in range(300)]
    await put(timers, timed, *keys, due_at=clock.now() + timedelta(hours=1))
    clock.advance(timedelta(hours=1))
    await timers.until_idle()
    await other.until_idle()
    assert sorted([*handler.keys, *stranger.keys]) == keys
    assert handler.keys
    assert stranger.keys


async def test_set_by_another_process(
    timers: DurableTimers, other: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """What another process sets is seen at the next look, five seconds later at most."""
    await timers.until_idle()
    await clock.until_asleep()
    await put(other, timed, "tea", due_at=clock.now())
    clock.advance(SETTINGS.poll)
    await handler.begun()
    assert [firing.late_by for firing in handler.firings] == [SETTINGS.poll]


async def test_what_ends_the_process_is_parked(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """A firing whose attempts all ended with the process is not tried for ever."""
    await put(timers, timed, "tea", due_at=clock.now() + timedelta(hours=1))
    async with timed.transaction() as tx:
        await tx.execute(update(timer).values(attempt=SETTINGS.retries.attempts))
    clock.advance(timedelta(hours=1))
    await timers.until_idle()
    assert handler.firings == []
    [record] = await pending(timed)
    assert (record.visible_at, record.failure) == (None, "the process ended")


async def test_a_locked_row_holds_up_nobody(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """Where rows are locked one by one, the others fire meanwhile, and what was locked follows its new time."""
    if timed.dialect == "sqlite":
        pytest.skip("SQLite has one writer at a time, so there is no meanwhile")
    due_at = clock.now() + timedelta(hours=1)
    await put(timers, timed, "locked", "free", due_at=due_at)
    async with timed.transaction() as tx:
        await timers.set(tx, KIND, "locked", due_at + timedelta(hours=1))
        clock.advance(timedelta(hours=1))
        await handler.begun()
        assert handler.keys == ["free"]
    await timers.until_idle()
    assert handler.keys == ["free"]
    clock.advance(timedelta(hours=1))
    await timers.until_idle()
    assert handler.keys == ["free", "locked"]


async def test_an_end_that_cannot_be_written_yet(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """Where somebody else has the row of a firing that ended locked, its end is written down later."""
    if timed.dialect == "sqlite":
        pytest.skip("SQLite locks no rows")
    handler.hold()
    await put(timers, timed, "tea", due_at=clock.now())
    await handler.begun()
    await clock.until_asleep()
    async with timed.transaction() as tx:
        assert await timers.cancel(tx, KIND, "tea")
        handler.let_go()
        await handler.ended()
        while clock.sleepers:  # noqa: ASYNC110 - the clock does not tell that somebody has woken
            await asyncio.sleep(0)
        await clock.until_asleep()  # the loop has tried to write it down
        await tx.rollback()
    assert [record.key for record in await pending(timed)] == ["tea"]
    await timers.until_idle()
    assert handler.keys == ["tea"]
    assert await pending(timed) == []


class WrongClock(ManualClock):
    """A clock that somebody can put wrong."""

    wrong_by = timedelta(0)

    def now(self) -> datetime:
        """The wrong time."""
        return super().now() + self.wrong_by


async def test_a_clock_that_is_put_back(timed: Database, other: DurableTimers):
    """Looks and renewals go on at once; they do not wait until the clock is again where it was."""
    clock, handler = WrongClock(), RecordingHandler()
    timers = DurableTimers(timed, clock)
    timers.handler(KIND, handler)
    await timers.start()
    await timers.until_idle()
    await clock.until_asleep()
    clock.wrong_by = -timedelta(hours=1)
    await put(other, timed, "tea", due_at=clock.now())
    clock.advance(SETTINGS.poll)
    await handler.begun()
    assert handler.keys == ["tea"]
    await timers.stop(0)
