"""What the tests of reminders share: the feature's tables, and its services on them with a clock that tests move."""

import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from botcore.db import Database, Migrator
from botcore.timers.table import migrations as timer_scripts
from reminders import SCRIPTS, Services

POSTGRES = os.environ.get("BOTCORE_TEST_POSTGRES_URL", "")


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=[
                pytest.mark.postgres,
                pytest.mark.skipif(not POSTGRES, reason="BOTCORE_TEST_POSTGRES_URL is not set"),
            ],
        ),
    ]
)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database that is this test's alone."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/test.db"
        return
    name = f"test_{uuid.uuid4().hex}"
    admin = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        async with admin.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await admin.dispose()


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
