"""What the tests of reminders share: the feature's tables, and its services on them with a clock that tests move."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from botcore.db import Database, Migrator
from botcore.timers.table import migrations as timer_scripts
from databases import BOTH, empty_database
from reminders import SCRIPTS, Services


@pytest.fixture(params=BOTH)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database that is this test's alone."""
    async with empty_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with the feature's tables, and with that of the timers."""
    async with Database(database_url) as opened:
        await Migrator(opened).upgrade(timer_scripts())
        await Migrator(opened).upgrade(SCRIPTS)
        yield opened


@pytest.fixture
async def services(database: Database) -> AsyncIterator[Services]:
    """The services on the database, which fire; stopped at the end."""
    started = Services(database)
    await started.start()
    yield started
    await started.stop()
