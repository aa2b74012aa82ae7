"""Reminders as members use them: a bot on a sandbox whose clock a test moves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import botcore as bc
from botcore_sandbox import BotOnSandbox, Sandbox


@pytest.fixture
def clock() -> bc.ManualClock:
    """The bot's clock: Thursday 1 January 2026, 12:00 UTC, until the test moves it."""
    return bc.ManualClock()


@pytest.fixture
async def bot(sandbox: Sandbox, tmp_path: Path, clock: bc.ManualClock) -> AsyncIterator[BotOnSandbox]:
    """A bot with reminders."""
    async with BotOnSandbox(sandbox, tmp_path, features=["reminders"], clock=clock) as running:
        yield running
