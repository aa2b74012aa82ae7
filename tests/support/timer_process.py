"""A process that fires timers and can be killed or stopped at any moment, for the tests of timers.

Processes are forked from a server that has everything imported, so that a new one fires after some milliseconds.
"""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.clock import SystemClock
from botcore.db import Database
from botcore.timers import DurableTimers, Firing, Retries, TimerSettings

LEASE = timedelta(seconds=0.5)
SETTINGS = TimerSettings(in_flight=8, lease=LEASE, poll=timedelta(seconds=0.05), retries=Retries(attempts=100))

TABLE = "CREATE TABLE test_noted (what VARCHAR(20) NOT NULL, key VARCHAR(50) NOT NULL, process INTEGER NOT NULL)"

_context = multiprocessing.get_context("forkserver")
# Only what is installed: the server does not have the tests' own paths. This module itself is read in no time.
_context.set_forkserver_preload(["botcore.timers", "sqlalchemy.dialects.sqlite.aiosqlite", "asyncpg"])


async def note(tx: AsyncSession, what: str, key: str) -> None:
    """Write down that something happened."""
    await tx.execute(
        text("INSERT INTO test_noted (what, key, process) VALUES (:what, :key, :process)"),
        {"what": what, "key": key, "process": os.getpid()},
    )


async def noted(database: Database, what: str) -> list[tuple[str, int]]:
    """The keys and processes of everything of one sort that was written down."""
    async with database.session() as session:
        rows = await session.execute(
            text("SELECT key, process FROM test_noted WHERE what = :what ORDER BY key"), {"what": what}
        )
        return [(row.key, row.process) for row in rows]


class Firer:
    """What the process does with each kind of timer."""

    def __init__(self, database: Database, timers: DurableTimers) -> None:
        self._database = database
        self._timers = timers
        timers.handler("test.least", self.least)
        timers.handler("test.once", self.once)
        timers.handler("test.chain", self.chain)
        timers.handler("test.long", self.long)

    async def least(self, firing: Firing) -> None:
        """Write in one transaction and let the timer be removed afterwards."""
        async with self._database.transaction() as tx:
            await note(tx, "least", firing.key)

    async def once(self, firing: Firing) -> None:
        """Write and complete the timer in one transaction."""
        async with self._database.transaction() as tx:
            await note(tx, "once", firing.key)
            await firing.done(tx)

    async def chain(self, firing: Firing) -> None:
        """Write, complete the timer and set it anew, as often as its payload says."""
        left = firing.payload["left"]
        async with self._database.transaction() as tx:
            await note(tx, "chain", f"{firing.key}/{left}")
            await firing.done(tx)
            if left:
                await self._timers.set(tx, firing.kind, firing.key, firing.due_at, {"left": left - 1})

    async def long(self, firing: Firing) -> None:
        """Take four leases, and write down how it began and how it ended."""
        async with self._database.transaction() as tx:
            await note(tx, "begun", firing.key)
        try:
            await asyncio.sleep(4 * LEASE.total_seconds())
        except asyncio.CancelledError:
            async with self._database.transaction() as tx:
                await note(tx, "cancelled", firing.key)
            raise
        async with self._database.transaction() as tx:
            await note(tx, "ended", firing.key)
            await firing.done(tx)


async def _serve(url: str, connection: Connection) -> None:
    async with Database(url) as database:
        timers = DurableTimers(database, SystemClock(), SETTINGS)
        Firer(database, timers)
        await timers.start()
        connection.send("firing")
        await asyncio.to_thread(connection.recv)  # whatever comes, or the end of the parent
        await timers.stop(5)


def _main(url: str, connection: Connection) -> None:
    asyncio.run(_serve(url, connection))


class TimerProcess:
    """One such process.

    Attributes:
        pid: its process id.
    """

    def __init__(self, process: ForkServerProcess, connection: Connection) -> None:
        self._process = process
        self._connection = connection
        self.pid = process.pid or 0

    async def kill(self) -> None:
        """Kill it with signal 9."""
        self._process.kill()
        await asyncio.to_thread(self._process.join)

    async def end(self) -> None:
        """Stop it cleanly."""
        self._connection.send("stop")
        await asyncio.to_thread(self._process.join, 20)


@asynccontextmanager
async def firing_process(url: str) -> AsyncIterator[TimerProcess]:
    """A process that fires; killed at the end of the block if it lives."""
    ours, theirs = _context.Pipe()
    process = _context.Process(target=_main, args=(url, theirs))
    await asyncio.to_thread(process.start)
    theirs.close()
    try:
        await asyncio.to_thread(ours.recv)
        yield TimerProcess(process, ours)
    finally:
        process.kill()
        await asyncio.to_thread(process.join)
        process.close()
        ours.close()
