"""What the tests of the messenger share: a bot without features on a sandbox."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import botcore as bc
from botcore.discord.messenger import DiscordMessenger
from botcore_sandbox import BotOnSandbox, Sandbox


@pytest.fixture
async def running(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[BotOnSandbox]:
    """A bot without features."""
    async with BotOnSandbox(sandbox, tmp_path, features=[]) as bot:
        yield bot


@pytest.fixture
def messenger(running: BotOnSandbox) -> bc.Messenger:
    """The bot's messenger."""
    return DiscordMessenger(running.core.parts.connection, bc.LocalCache(bc.SystemClock()))


@pytest.fixture
def hasty(running: BotOnSandbox) -> bc.Messenger:
    """The bot's messenger, which waits for nobody."""
    return DiscordMessenger(running.core.parts.connection, bc.LocalCache(bc.SystemClock()), patience=0.4)
