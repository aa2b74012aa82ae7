"""The bot beside the page: started, watched, started again."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.environment import bot_environment
from botcore_sandbox.process import BotProcess
from botcore_sandbox.server import Sandbox

STARTING, RUNNING, STOPPED = "starting", "running", "stopped"


class SessionBot:
    """``botcore run`` with every installed feature; a `botcore_sandbox.page.companion.Companion`.

    Args:
        sandbox: the sandbox, which need not run yet.
        database: the bot's SQLite file.
    """

    def __init__(self, sandbox: Sandbox, database: Path) -> None:
        self._sandbox = sandbox
        self._database = database
        self._process: BotProcess | None = None
        self._watching: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._listeners: list[Callable[[], None]] = []
        self.state = STOPPED
        self.problem: str | None = None

    @property
    def log(self) -> list[str]:
        """What it wrote, over all of its starts."""
        return self._process.log.splitlines() if self._process is not None else []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call a listener whenever `state` changed."""
        self._listeners.append(listener)

    async def start(self) -> bool:
        """Start it; False, with `problem` saying why, if it did not get ready."""
        async with self._turn:
            return await self._start()

    async def restart(self) -> None:
        """Stop it and start it again; what goes wrong is in `problem`."""
        async with self._turn:
            await self._stop()
            await self._start()

    async def kill(self) -> None:
        """End it as a power cut would; it is then taken for one that ended by itself."""
        if self._process is not None:
            await self._process.kill()

    async def close(self) -> None:
        """Stop it for good."""
        async with self._turn:
            await self._stop()
            if self._process is not None:
                self._process.close()

    async def _start(self) -> bool:
        if self._process is None:
            self._process = BotProcess(self._sandbox, bot_environment(self._sandbox, self._database))
        self._say(STARTING)
        try:
            await self._process.start()
        except SandboxError as error:
            self._say(STOPPED, str(error))
            return False
        except asyncio.CancelledError:
            await self._process.kill()
            raise
        self._say(RUNNING)
        self._watching = asyncio.create_task(self._watch(self._process))
        return True

    async def _stop(self) -> None:
        watching, self._watching = self._watching, None
        if watching is not None:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        if self._process is not None and self._process.running:
            try:
                await self._process.stop()
            except (SandboxError, TimeoutError) as error:
                self._say(STOPPED, str(error))
                return
        self._say(STOPPED)

    async def _watch(self, process: BotProcess) -> None:
        code = await process.wait()
        self._say(STOPPED, f"The bot ended by itself, with exit code {code}; its log says more.")

    def _say(self, state: str, problem: str | None = None) -> None:
        self.state, self.problem = state, problem
        for listener in self._listeners:
            listener()
