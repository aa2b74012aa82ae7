"""Looking after timers without running the bot."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from botcore import config as configuration
from botcore.app.bootstrap import make_database
from botcore.clock import Clock, SystemClock
from botcore.db import Database, Migrator
from botcore.errors import BotCoreError
from botcore.timers.records import TimerRecord, read_timers, retry_timer
from botcore.timers.table import migrations


class TimersUnavailable(BotCoreError):
    """What was asked of the timers cannot be done."""


async def list_timers(config_file: Path | None, *, parked: bool, most: int) -> tuple[list[TimerRecord], int]:
    """The next timers, or those that are parked, and how many there are altogether; see `read_timers`.

    Raises:
        StartupError: if the configuration or the database cannot be used.
        TimersUnavailable: if the database has no table of timers, or an older one.
    """
    async with _database(config_file) as database, database.session() as session:
        return await read_timers(session, parked=parked, most=most)


async def send_on(config_file: Path | None, timer_id: int, clock: Clock | None = None) -> None:
    """Make a parked timer due at once; a running bot sees it at its next look.

    Raises:
        StartupError: if the configuration or the database cannot be used.
        TimersUnavailable: if no timer of that id is parked.
    """
    now = (clock or SystemClock()).now()
    async with _database(config_file) as database, database.transaction() as tx:
        sent_on = await retry_timer(tx, timer_id, now)
    if not sent_on:
        raise TimersUnavailable(f"No timer {timer_id} is parked; `botcore timers list --parked` shows those that are.")


@asynccontextmanager
async def _database(config_file: Path | None) -> AsyncIterator[Database]:
    config = configuration.load(config_file or configuration.find_file(os.environ), os.environ).config
    async with make_database(config.database) as database:
        [state] = await Migrator(database).status([migrations()])
        if state.behind or state.unknown:
            raise TimersUnavailable("The table of timers is not up to date; run `botcore db upgrade`.")
        yield database
