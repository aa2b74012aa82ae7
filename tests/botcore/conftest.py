"""What the tests of botcore share: an open database of each kind that this machine has."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from botcore.db import Database
from databases import BOTH, empty_database


@pytest.fixture(params=BOTH)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database that is this test's alone."""
    async with empty_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, empty database."""
    async with Database(database_url) as opened:
        yield opened


@pytest.fixture
async def sqlite_database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open, empty SQLite database, for what only SQLite needs."""
    async with Database(f"sqlite:///{tmp_path}/test.db") as opened:
        yield opened
