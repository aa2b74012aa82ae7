"""What the tests of polls share: the feature's tables, and its services on them with a clock that tests move."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from botcore.db import Database, Migrator
from botcore_sandbox import FakeMessenger
from databases import BOTH, empty_database
from polls import SCRIPTS, Services


@pytest.fixture(params=BOTH)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database that is this test's alone."""
    async with empty_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with the feature's tables."""
    async with Database(database_url) as opened:
        await Migrator(opened).upgrade(SCRIPTS)
        yield opened


@pytest.fixture
async def services(database: Database) -> AsyncIterator[Services]:
    """The services on the database, stopped at the end."""
    started = Services(database, FakeMessenger())
    yield started
    await started.live.stop()
