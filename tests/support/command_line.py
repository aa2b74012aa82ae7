"""Runs ``botcore`` for tests: in this process where nothing of it talks to Discord, else in one of its own."""

import asyncio
import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

PATIENCE = 60.0


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed, read as JSON."""
        return orjson.loads(self.out)

    @property
    def lines(self) -> list[list[str]]:
        """The words of each line that it printed."""
        return [line.split() for line in self.out.splitlines()]


def run_here(*arguments: str) -> Ran:
    """Run a command in this process, with its environment and working directory, and without plug-ins."""
    from botcore.cli.main import run_command

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code, keyboard = 0, sys.stdin
    sys.stdin = io.StringIO()  # nobody types
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            run_command(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdin = keyboard
    return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


async def run_botcore(folder: Path, environment: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    """Run ``botcore`` to its end in a process of its own; exit code, standard output, standard error."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOTCORE_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "botcore",
        *arguments,
        env={**inherited, **environment},
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        pytest.fail(f"botcore {' '.join(arguments)} took longer than {PATIENCE:.0f} s")
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()
