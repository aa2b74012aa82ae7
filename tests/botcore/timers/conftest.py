"""What the tests of timers share: a database with their table, a clock to move, and a running loop."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from botcore.clock import ManualClock
from botcore.db import Database, Migrator
from botcore.timers import DurableTimers, TimerSettings
from botcore.timers.table import migrations
from fakes.timing import Middle, RecordingHandler

type StartTimers = Callable[..., Any]


@pytest.fixture
async def timed(database: Database) -> Database:
    """A database with the table of timers."""
    await Migrator(database).upgrade(migrations())
    return database


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands still."""
    return ManualClock()


@pytest.fixture
async def timers(timed: Database, clock: ManualClock) -> AsyncIterator[DurableTimers]:
    """Timers that fire."""
    timers = DurableTimers(timed, clock, random=Middle())
    await timers.start()
    yield timers
    await timers.stop(0)


@pytest.fixture
def handler(timers: DurableTimers) -> RecordingHandler:
    """The handler of `test.fire`."""
    handler = RecordingHandler()
    timers.handler("test.fire", handler)
    return handler


@pytest.fixture
def settings() -> TimerSettings:
    """As the operator has them who changes nothing."""
    return TimerSettings()
