"""A bot in a process of its own, as an operator runs it, which can be ended as roughly as a machine can fail."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.server import Sandbox

READY_SECONDS = 30.0
STOP_SECONDS = 15.0


class BotProcess:
    """``botcore run`` against a sandbox.

    Use it as ``async with BotProcess(sandbox, environment) as bot:``, or ``start`` it and ``stop`` or ``kill`` it.

    Args:
        sandbox: a running sandbox.
        environment: variables beside the machine's own, from `bot_environment`; ``BOTCORE_...`` variables of the
            machine are not handed on.
        arguments: more arguments of ``botcore run``.
    """

    def __init__(self, sandbox: Sandbox, environment: Mapping[str, str], *arguments: str) -> None:
        self._sandbox = sandbox
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOTCORE_")}
        self._environment = {**inherited, **environment}
        self._arguments = arguments
        self._process: asyncio.subprocess.Process | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="botcore-sandbox-")
        self.log_file = Path(self._folder.name) / "bot.log"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        self.close()

    @property
    def log(self) -> str:
        """Everything that the bot wrote, over all of its starts."""
        return self.log_file.read_text(encoding="utf-8") if self.log_file.exists() else ""

    async def start(self) -> None:
        """Start the bot and wait until its commands are in place.

        Raises:
            SandboxError: if it ends or does not get ready in time; the text holds the end of its log.
        """
        with self.log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "botcore",
                "run",
                *self._arguments,
                env=self._environment,
                cwd=self._folder.name,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        ready = asyncio.ensure_future(self._ready())
        ended = asyncio.ensure_future(self._process.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        for task in (ready, ended):
            if not task.done():
                task.cancel()
        if ended.done() and not ended.cancelled():
            await asyncio.gather(ready, return_exceptions=True)
            raise SandboxError(
                f"The bot ended with {ended.result()} before it was ready; its log ends with:\n{self._end()}"
            )
        await asyncio.gather(ended, return_exceptions=True)
        if (error := ready.exception()) is not None:
            await self.kill()
            raise SandboxError(f"The bot did not get ready ({error}); its log ends with:\n{self._end()}")

    async def stop(self) -> int:
        """Ask the bot to stop, as an operator would, and wait for it.

        Returns:
            Its exit code; the one it had, if it had ended before.
        """
        return await self._end_with(signal.SIGTERM)

    async def kill(self) -> int:
        """End the bot at once, as a power cut would: ``kill -9``."""
        return await self._end_with(signal.SIGKILL)

    def close(self) -> None:
        """Remove the bot's folder, with its log."""
        self._folder.cleanup()

    async def wait(self) -> int:
        """Wait for the bot to end by itself; returns its exit code."""
        return await self._running.wait()

    async def _ready(self) -> None:
        await self._sandbox.bot_ready(timeout=READY_SECONDS)
        await self._sandbox.commands_synced(timeout=READY_SECONDS)

    async def _end_with(self, number: signal.Signals) -> int:
        process = self._running
        if process.returncode is None:
            process.send_signal(number)
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
                raise SandboxError(
                    f"The bot did not stop within {STOP_SECONDS:g} s and was killed; its log ends with:\n{self._end()}"
                ) from None
            await self._sandbox.bot_gone()
        return await process.wait()

    @property
    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise SandboxError("The bot was never started; call start() first.")
        return self._process

    def _end(self) -> str:
        return "\n".join(self.log.splitlines()[-25:])
