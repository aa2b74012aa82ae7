"""The table's history, and that it says the same as the table that the code uses."""

from datetime import timedelta

from botcore.clock import ManualClock
from botcore.db import Database, Migrator
from botcore.timers import DurableTimers
from botcore.timers.records import read_timers
from botcore.timers.table import metadata, migrations


async def test_up_down_and_up_again_with_rows(timed: Database):
    """A timer can be set in the table that the migrations make, before and after they were undone."""
    clock, migrator = ManualClock(), Migrator(timed)
    timers = DurableTimers(timed, clock)
    for _ in range(2):
        async with timed.transaction() as tx:
            await timers.set(tx, "test.fire", "tea", clock.now() + timedelta(days=1))
        async with timed.session() as session:
            assert (await read_timers(session, parked=False, most=10))[1] == 1
        await migrator.downgrade(migrations(), None)
        await migrator.upgrade(migrations())


async def test_table_equals_migrations(timed: Database):
    """What the code believes to be there is what the migrations have made."""
    assert await Migrator(timed).differences(migrations(), metadata) == []
