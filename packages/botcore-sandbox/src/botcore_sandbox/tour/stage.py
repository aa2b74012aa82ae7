"""The stage of a visit: a sandbox on loopback and a real bot process beside it, on a database of its own."""

import asyncio
import tempfile
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self

from botcore_sandbox.driver.places import ChannelView
from botcore_sandbox.environment import bot_environment
from botcore_sandbox.process import BotProcess
from botcore_sandbox.server import Sandbox


class Stage:
    """A sandbox, and a bot that is started by the first step.

    Use it as ``async with Stage() as stage:``. However it is left, no process and no file stays behind.

    Args:
        features: the only features that the bot may use beside botcore's own; all that are installed by default.
    """

    def __init__(self, features: Collection[str] | None = None) -> None:
        self.sandbox = Sandbox()
        self.starts = 0
        self._features = features
        self._folder = tempfile.TemporaryDirectory(prefix="botcore-tour-")
        self._bot: BotProcess | None = None

    async def __aenter__(self) -> Self:
        try:
            await self.sandbox.start()
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._bot is not None and self._bot.running:
                await self._bot.kill()  # what it had is thrown away, and whoever pressed Ctrl-C is waiting
        finally:
            if self._bot is not None:
                self._bot.close()
            await self.sandbox.close()
            self._folder.cleanup()

    @property
    def channel(self) -> ChannelView:
        """The channel in which people act."""
        return self.sandbox.channel("general")

    @property
    def log(self) -> list[str]:
        """The lines that the bot wrote, over all of its starts."""
        return self._bot.log.splitlines() if self._bot is not None else []

    async def start_bot(self) -> float:
        """Start the bot, on the same database each time, and wait until it is ready.

        Returns:
            The seconds that it took.

        Raises:
            SandboxError: it did not get ready.
        """
        if self._bot is None:
            database = Path(self._folder.name) / "bot.db"
            self._bot = BotProcess(self.sandbox, bot_environment(self.sandbox, database, self._features))
        clock = asyncio.get_running_loop()
        began = clock.time()
        self.starts += 1
        await self._bot.start()
        return clock.time() - began

    async def kill_bot(self) -> int:
        """End the bot as a power cut would; returns its exit code."""
        return await self._running_bot.kill()

    async def stop_bot(self) -> tuple[int, float]:
        """Ask the bot to stop; returns its exit code, and the seconds that it took."""
        clock = asyncio.get_running_loop()
        began = clock.time()
        code = await self._running_bot.stop()
        return code, clock.time() - began

    @property
    def _running_bot(self) -> BotProcess:
        if self._bot is None:
            raise RuntimeError("The bot has not been started; a script begins with the step that starts it.")
        return self._bot
