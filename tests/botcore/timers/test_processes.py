"""Several processes on one database, and processes that die or stand still; real ones, in real time."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from random import Random

import pytest
from sqlalchemy import text

from botcore.clock import SystemClock
from botcore.db import Database
from botcore.timers import DurableTimers
from botcore.timers.records import read_timers
from timer_process import TABLE, firing_process, noted

KILLS = 50


@pytest.fixture
async def shared(timed: Database) -> tuple[Database, DurableTimers]:
    """The database as the processes use it, and timers to set in it that do not fire here."""
    async with timed.transaction() as tx:
        await tx.execute(text(TABLE))
    return timed, DurableTimers(timed, SystemClock())


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what another process does; nobody can tell us, so look."""
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - the other side of the condition is another process
            await asyncio.sleep(0.02)


async def empty(database: Database) -> bool:
    """Whether every timer is gone."""
    async with database.session() as session:
        return (await read_timers(session, parked=False, most=1))[1] == 0


async def test_killed_at_fifty_random_moments(shared: tuple[Database, DurableTimers], database_url: str):
    """No timer is lost, whenever the process is killed, and what completes its timer itself happens exactly once."""
    database, timers = shared
    random, now = Random(20261123), SystemClock().now()
    for kill in range(KILLS):
        async with database.transaction() as tx:
            for number in range(8):
                await timers.set(tx, "test.least", f"{kill}-{number}", now)
                await timers.set(tx, "test.once", f"{kill}-{number}", now)
            await timers.set(tx, "test.chain", str(kill), now, {"left": 4})
        async with firing_process(database_url) as process:
            await asyncio.sleep(random.uniform(0, 0.05))  # the random moment
            await process.kill()
    interrupted = len(await noted(database, "once")) + len(await noted(database, "least"))
    assert 0 < interrupted < 16 * KILLS  # the kills came while there was work
    async with firing_process(database_url) as process:
        await until(lambda: empty(database))
        await process.end()
    every = sorted(f"{kill}-{number}" for kill in range(KILLS) for number in range(8))
    assert [key for key, _ in await noted(database, "once")] == every
    assert sorted({key for key, _ in await noted(database, "least")}) == every
    links = sorted(f"{kill}/{left}" for kill in range(KILLS) for left in range(5))
    assert [key for key, _ in await noted(database, "chain")] == links


async def test_two_processes_share_the_work(shared: tuple[Database, DurableTimers], database_url: str):
    """Each timer fires in one of them, and a handler that takes longer than a lease keeps its timer."""
    database, timers = shared
    async with firing_process(database_url), firing_process(database_url):
        now = SystemClock().now()
        async with database.transaction() as tx:
            for number in range(4):
                await timers.set(tx, "test.long", str(number), now)
            for number in range(200):
                await timers.set(tx, "test.least", f"{number:03}", now)
        await until(lambda: empty(database))
    assert [key for key, _ in await noted(database, "begun")] == ["0", "1", "2", "3"]
    assert [key for key, _ in await noted(database, "ended")] == ["0", "1", "2", "3"]
    least = await noted(database, "least")
    assert [key for key, _ in least] == [f"{number:03}" for number in range(200)]
    assert len({process for _, process in least}) == 2


async def test_a_process_that_stood_still(shared: tuple[Database, DurableTimers], database_url: str):
    """Another one takes its firing over; when it goes on it cancels its own run, which can write nothing any more."""
    database, timers = shared
    async with firing_process(database_url) as first:
        async with database.transaction() as tx:
            await timers.set(tx, "test.long", "tea", SystemClock().now())

        async def begun_twice() -> bool:
            return len(await noted(database, "begun")) == 2

        async def begun() -> bool:
            return bool(await noted(database, "begun"))

        await until(begun)
        async with database.transaction():  # on SQLite nobody else writes now, so it is not stopped with the lock
            os.kill(first.pid, signal.SIGSTOP)
        async with firing_process(database_url) as second:
            await until(begun_twice)
            os.kill(first.pid, signal.SIGCONT)
            await until(lambda: empty(database))
            assert await noted(database, "ended") == [("tea", second.pid)]
            assert await noted(database, "cancelled") == [("tea", first.pid)]
