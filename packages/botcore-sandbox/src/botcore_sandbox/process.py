"""A bot in a process of its own, as an operator runs it, which can be ended as roughly as a machine can fail."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.server import Sandbox

READY_SECONDS = 30.0
STOP_SECONDS = 15.0
READY_LINE = '"message":"ready"'  # what `botcore run` logs once its commands are in place
MOST_CHARACTERS_IN_A_LINE = 1 << 20


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
        self._environment = {**inherited, "BOTCORE_LOG__FORMAT": "json", **environment}
        self._arguments = arguments
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._lines: list[str] = []
        self._folder = tempfile.TemporaryDirectory(prefix="botcore-sandbox-")

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        self.close()

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    @property
    def log(self) -> str:
        """Everything that the bot wrote, over all of its starts."""
        return "\n".join(self._lines)

    async def start(self) -> None:
        """Start the bot and wait until it says that it is ready.

        Raises:
            SandboxError: if it ends or does not get ready in time; the text holds the end of its log.
        """
        self._ready.clear()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "botcore",
            "run",
            *self._arguments,
            env=self._environment,
            cwd=self._folder.name,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=MOST_CHARACTERS_IN_A_LINE,
            start_new_session=True,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait({ready, self._reading}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._ready.is_set():
            return
        if self._reading.done():
            code = await self._process.wait()
            raise SandboxError(f"The bot ended with {code} before it was ready; its log ends with:\n{self._end()}")
        await self.kill()
        raise SandboxError(
            f"The bot was not ready within {READY_SECONDS:g} s and was killed; its log ends with:\n{self._end()}"
        )

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

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        """Keep what the bot writes, and notice the line that says it is ready."""
        if process.stdout is None:
            raise RuntimeError("the bot was started without a pipe")
        async for raw in process.stdout:
            line = raw.decode(errors="replace").rstrip()
            self._lines.append(line)
            if READY_LINE in line:
                self._ready.set()

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
        if self._reading is not None:
            await self._reading
        return await process.wait()

    @property
    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise SandboxError("The bot was never started; call start() first.")
        return self._process

    def _end(self) -> str:
        return "\n".join(self._lines[-25:])
