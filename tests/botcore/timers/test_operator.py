"""What an operator sees of timers and does to them."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from botcore.clock import ManualClock
from botcore.db import Database, Migrator
from botcore.timers import DurableTimers, Retries, TimerSettings
from botcore.timers.table import migrations
from fakes.timing import RecordingHandler

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


async def botcore(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run ``botcore``: its exit code, and what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOTCORE_")}
    environment["BOTCORE_DATABASE__URL"] = f"sqlite:///{folder / 'bot.db'}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "botcore", *arguments),
        env=environment,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, out.decode()


@pytest.fixture
async def timed(tmp_path: Path) -> AsyncIterator[Database]:
    """The bot's database, with the table of timers."""
    async with Database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        await Migrator(database).upgrade(migrations())
        yield database


async def test_the_tables_of_the_core(tmp_path: Path):
    """`botcore db` knows them beside those of the features; before that there is nothing to list."""
    assert await botcore(tmp_path, "timers", "list") == (
        1,
        "The table of timers is not up to date; run `botcore db upgrade`.\n",
    )
    assert (await botcore(tmp_path, "db", "upgrade"))[1].startswith("timers: nothing -> 0001_create_timers\n")
    assert "timers" in (await botcore(tmp_path, "db", "current"))[1]
    assert await botcore(tmp_path, "timers", "list") == (0, "There is no timer.\n")


async def test_parked_timers_are_shown_and_sent_on(timed: Database, tmp_path: Path):
    """`list` shows when and how often, `list --parked` what needs the operator, `retry` makes that due at once."""
    clock, handler = ManualClock(NOON), RecordingHandler()
    timers = DurableTimers(timed, clock, TimerSettings(retries=Retries(attempts=1)))
    timers.handler("test.fire", handler)
    handler.failures = [LookupError("a secret")]
    await timers.start()
    async with timed.transaction() as tx:
        await timers.set(tx, "test.fire", "broken", NOON)
        await timers.set(tx, "test.fire", "tomorrow", NOON + timedelta(days=1))
    await timers.until_idle()

    code, parked = await botcore(tmp_path, "timers", "list", "--parked")
    assert [" ".join(line.split()) for line in parked.splitlines()] == [
        "ID Kind Key Due Next attempt Attempts Last failure",
        "1 test.fire broken 2026-01-01 12:00:00+00:00 parked 1 LookupError",
    ]
    assert code == 0
    assert "secret" not in parked
    _, everything = await botcore(tmp_path, "timers", "list", "--json")
    assert [(each["key"], each["visible_at"]) for each in json.loads(everything)] == [
        ("broken", None),
        ("tomorrow", "2026-01-02T12:00:00Z"),
    ]
    _, first = await botcore(tmp_path, "timers", "list", "--most", "1")
    assert first.splitlines()[-1] == "... and 1 more; --most shows more of them."

    assert await botcore(tmp_path, "timers", "retry", "2") == (
        1,
        "No timer 2 is parked; `botcore timers list --parked` shows those that are.\n",
    )
    assert await botcore(tmp_path, "timers", "retry", "1") == (0, "Timer 1 is due now.\n")
    clock.set(datetime.now(UTC) + timedelta(days=1))  # the command line asked the machine's own clock
    await timers.until_idle()
    assert sorted(handler.keys) == ["broken", "broken", "tomorrow"]
    assert await botcore(tmp_path, "timers", "list", "--parked") == (0, "No timer is parked.\n")
    await timers.stop(0)
