"""What timers cost: idle beside a million of them, ten thousand at once, and two hundred a second."""

import asyncio
import multiprocessing
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import uvloop
from sqlalchemy import text
from sqlalchemy.engine import make_url

from benchmarks.report import Measure, show
from botcore.clock import ManualClock, SystemClock
from botcore.db import Database, Migrator
from botcore.timers import DurableTimers, Firing, TimerSettings
from botcore.timers.table import migrations

FEW: Final = 1_000
MANY: Final = 1_000_000
LOOKS: Final = 1_000
AT_ONCE: Final = 10_000
A_SECOND: Final = 200
SECONDS: Final = 15
PATIENCE: Final = 180.0  # seconds for one part, after which something is broken and not slow
POSTGRES: Final = os.environ.get("BOTCORE_TEST_POSTGRES_URL", "")

_PENDING = {
    "sqlite": """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
        INSERT INTO timers_timer (kind, key, due_at, visible_at, payload, attempt, generation, claims)
        SELECT 'bench.fire', i, moment, moment, '{}', 0, 1, 0
        FROM (SELECT i, datetime('2027-01-01', '+' || i || ' seconds') || '.000000' AS moment FROM n)
    """,
    "postgresql": """
        INSERT INTO timers_timer (kind, key, due_at, visible_at, payload, attempt, generation, claims)
        SELECT 'bench.fire', i::text, moment, moment, '{}', 0, 1, 0
        FROM (
            SELECT i, timestamptz '2027-01-01 00:00:00+00' + make_interval(secs => i) AS moment
            FROM generate_series(1, CAST(:count AS integer)) AS i
        ) AS pending
    """,
}


async def prepare(url: str, count: int) -> None:
    """Make the tables, and so many timers that are due long after the benchmark's clock."""
    async with Database(url) as database:
        await Migrator(database).upgrade(migrations())
        async with database.transaction() as tx:
            await tx.execute(text("CREATE TABLE bench_written (key VARCHAR(200) NOT NULL)"))
            await tx.execute(text(_PENDING[database.dialect]), {"count": count})
        async with database.transaction() as tx:
            await tx.execute(text("ANALYZE"))


async def idle(url: str) -> tuple[float, float]:
    """Microseconds of CPU that one look of an idle loop costs, and resident megabytes after a thousand looks."""
    clock = ManualClock()
    async with Database(url) as database:
        timers = DurableTimers(database, clock)
        timers.handler("bench.fire", _nothing)
        await timers.start()
        await timers.until_idle()
        costs = []
        for _ in range(10):
            before = time.process_time()
            for _ in range(LOOKS // 10):
                await clock.until_asleep()
                clock.advance(timedelta(seconds=5))
                await asyncio.sleep(0)
            costs.append((time.process_time() - before) / (LOOKS // 10) * 1e6)
        await timers.stop(1)
    return median(costs), _resident()


async def at_once(url: str, *, done: bool) -> float:
    """Seconds until ten thousand timers of one moment are handled, each with one write."""
    async with Database(url) as database:
        timers = DurableTimers(database, SystemClock())
        timers.handler("bench.fire", _Writer(database, done=done))
        due_at = SystemClock().now()
        async with database.transaction() as tx:
            for number in range(AT_ONCE):
                await timers.set(tx, "bench.fire", f"now {number}", due_at)
        began = time.monotonic()
        await timers.start()
        await timers.until_idle()
        took = time.monotonic() - began
        await timers.stop(1)
        async with database.session() as session:
            assert (
                await session.scalar(text("SELECT count(DISTINCT key) FROM bench_written WHERE key LIKE 'now %'"))
                == AT_ONCE
            )
    return took


async def bare(url: str) -> float:
    """Seconds that as many writes take, as many at once, without any timers: what the database itself allows."""
    slots = asyncio.Semaphore(TimerSettings().in_flight)

    async def write(number: int) -> None:
        async with slots, database.transaction() as tx:
            await tx.execute(text("INSERT INTO bench_written (key) VALUES (:key)"), {"key": f"bare {number}"})

    async with Database(url) as database:
        began = time.monotonic()
        async with asyncio.TaskGroup() as tasks:
            for number in range(AT_ONCE):
                tasks.create_task(write(number))
        return time.monotonic() - began


async def steady(url: str) -> tuple[float, float, float]:
    """Lateness in milliseconds (p50, p99, worst) at two hundred a second, each with one write."""
    async with Database(url) as database:
        timers = DurableTimers(database, SystemClock())
        writer = _Writer(database, done=True)
        timers.handler("bench.fire", writer)
        first = SystemClock().now() + timedelta(seconds=3)
        async with database.transaction() as tx:
            for number in range(A_SECOND * SECONDS):
                await timers.set(tx, "bench.fire", f"now {number}", first + timedelta(seconds=number / A_SECOND))
        await timers.start()
        async with asyncio.timeout(SECONDS + 60):
            await writer.until(A_SECOND * SECONDS)
        await timers.stop(1)
    late = sorted(writer.late)
    return median(late), quantiles(late, n=100)[98], late[-1]


class _Writer:
    """A handler that writes one row, and remembers how late each was when its row was written."""

    def __init__(self, database: Database, *, done: bool) -> None:
        self._database = database
        self._done = done
        self.late: list[float] = []
        self._expected = 0
        self._reached = asyncio.Event()

    async def until(self, count: int) -> None:
        """Return once it has written so many."""
        self._expected = count
        await self._reached.wait()

    async def __call__(self, firing: Firing) -> None:
        async with self._database.transaction() as tx:
            await tx.execute(text("INSERT INTO bench_written (key) VALUES (:key)"), {"key": firing.key})
            if self._done:
                await firing.done(tx)
        self.late.append((SystemClock().now() - firing.due_at).total_seconds() * 1000)
        if len(self.late) == self._expected:
            self._reached.set()


async def _nothing(_: Firing) -> None:
    """Never called: nothing is due."""


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def _databases(folder: Path) -> Iterator[dict[str, Callable[[], str]]]:
    """For each kind of database, what makes the address of a new and empty one."""
    made: list[str] = []

    def new_sqlite() -> str:
        return f"sqlite:///{folder / uuid.uuid4().hex}.db"

    def new_postgresql() -> str:
        made.append(f"bench_{uuid.uuid4().hex}")
        _run(_administer, f"CREATE DATABASE {made[-1]}")
        return make_url(POSTGRES).set(database=made[-1]).render_as_string(hide_password=False)

    try:
        yield {"SQLite": new_sqlite} | ({"PostgreSQL": new_postgresql} if POSTGRES else {})
    finally:
        for name in made:
            _run(_administer, f"DROP DATABASE {name} WITH (FORCE)")


async def _administer(statement: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def _run_here(part: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any, **named: Any) -> Any:
    return uvloop.run(asyncio.wait_for(part(*arguments, **named), PATIENCE))


def _run(part: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any, **named: Any) -> Any:
    """Run a part in a fresh process, on the event loop that a bot has, so that memory and warmth are its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        return executor.submit(_run_here, part, *arguments, **named).result()


def measure(name: str, new: Callable[[], str]) -> list[Measure]:
    """Everything, on one kind of database."""
    few, many = new(), new()
    _run(prepare, few, FEW)
    _run(prepare, many, MANY)
    looks: dict[str, list[tuple[float, float]]] = {few: [], many: []}
    for _ in range(3):  # by turns, so that what else the machine does meets both
        for url, seen in looks.items():
            seen.append(_run(idle, url))
    cost = {url: median(each[0] for each in seen) for url, seen in looks.items()}
    memory = {url: median(each[1] for each in seen) for url, seen in looks.items()}
    done, removed, late_at = new(), new(), new()
    for url in (done, removed, late_at):
        _run(prepare, url, FEW)
    p50, p99, worst = _run(steady, late_at)
    floor, with_done, without = _run(bare, done), _run(at_once, done, done=True), _run(at_once, removed, done=False)
    return [
        Measure(f"{name}: one look of an idle loop, {FEW:,} pending", cost[few], "us CPU"),
        Measure(f"{name}: one look of an idle loop, {MANY:,} pending", cost[many], "us CPU"),
        Measure(f"{name}: ... that many times as much", cost[many] / cost[few], "times", 1.5),
        Measure(f"{name}: resident, {FEW:,} pending", memory[few], "MB"),
        Measure(f"{name}: resident, {MANY:,} pending", memory[many], "MB"),
        Measure(f"{name}: ... that much more", memory[many] - memory[few], "MB", 2),
        Measure(f"{name}: {AT_ONCE:,} writes without timers", floor, "s"),
        Measure(f"{name}: {AT_ONCE:,} at once, a write each, done(tx)", with_done, "s", 15),
        Measure(f"{name}: ... that many times as much", with_done / floor, "times"),
        Measure(f"{name}: {AT_ONCE:,} at once, a write each, no done", without, "s", 15),
        Measure(f"{name}: ... that many times as much", without / floor, "times"),
        Measure(f"{name}: lateness at {A_SECOND} a second, p50", p50, "ms"),
        Measure(f"{name}: lateness at {A_SECOND} a second, p99", p99, "ms", 1000),
        Measure(f"{name}: lateness at {A_SECOND} a second, worst", worst, "ms"),
    ]


def main() -> int:
    """Print the tables; 1 if a limit does not hold."""
    with tempfile.TemporaryDirectory() as folder, _databases(Path(folder)) as databases:
        kept = [show(f"Timers on {name}", measure(name, new)) for name, new in databases.items()]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
