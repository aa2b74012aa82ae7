"""A discord.js bot in a process of its own, driven over its standard input and output.

Installing it and speaking its line protocol belong here; what it shall do is written in its program.
"""

import asyncio
import hashlib
import itertools
import json
import os
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any, Self

_FILES = ("package.json", "package-lock.json", ".npmrc")
_PROGRAM = "visitor.mjs"
_INSTALL_WITHIN = 180.0
_PATIENCE = 20.0
_OLDEST_NODE = 18


class NotAvailable(Exception):
    """This machine cannot run it; the sentence says why."""


class NotInstalled(Exception):
    """Node is here, but the library could not be fetched; the sentence says what npm said."""


class Refused(Exception):
    """discord.js raised an error: its name, code and HTTP status as fields, its text as the message."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.name: str = error["name"]
        self.code: int | str | None = error["code"]
        self.status: int | None = error["status"]


def install(source: Path, folders: Path) -> Path:
    """Install what the lock file names, once for every lock file, and give back the program to run.

    Args:
        source: The folder with the program, its package.json and its lock.
        folders: Where a folder for the packages is made, or is there from an earlier run.

    Raises:
        NotAvailable: There is no Node or npm here, or an old one.
        NotInstalled: npm could not install the packages.
    """
    _require_node()
    npm = shutil.which("npm")
    if npm is None:
        raise NotAvailable("npm is not installed.")
    lock = hashlib.sha256(b"".join((source / name).read_bytes() for name in _FILES)).hexdigest()[:16]
    folder = folders / f"discordjs-{lock}"
    folder.mkdir(exist_ok=True)
    done = folder / "installed"
    if not done.exists():
        for name in _FILES:
            shutil.copy(source / name, folder / name)
        try:
            subprocess.run(
                [npm, "ci", "--no-progress"], cwd=folder, check=True, capture_output=True, timeout=_INSTALL_WITHIN
            )
        except subprocess.TimeoutExpired as error:
            raise NotInstalled(f"npm did not install discord.js within {_INSTALL_WITHIN:g} s.") from error
        except subprocess.CalledProcessError as error:
            said = [line for line in error.stderr.decode(errors="replace").splitlines() if line.startswith("npm error")]
            raise NotInstalled(f"npm could not install discord.js: {'; '.join(said[:3])}") from error
        done.touch()
    # beside its packages, because Node looks for them from where the program lies
    return Path(shutil.copy(source / _PROGRAM, folder / _PROGRAM))


def _require_node() -> None:
    node = shutil.which("node")
    if node is None:
        raise NotAvailable("Node is not installed.")
    told = subprocess.run([node, "--version"], check=True, capture_output=True, timeout=_PATIENCE).stdout.decode()
    if int(told.strip().removeprefix("v").split(".")[0]) < _OLDEST_NODE:
        raise NotAvailable(f"discord.js needs Node {_OLDEST_NODE} or newer; this is {told.strip()}.")


class DiscordJs:
    """A running program; use it as `async with`, which ends the process."""

    def __init__(self, program: Path, *, api_url: str, token: str) -> None:
        self._program = program
        self._environment = {
            "PATH": os.environ["PATH"],
            "API_URL": api_url.removesuffix("/v10"),
            "TOKEN": token,
        }
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._events: defaultdict[str, asyncio.Queue[dict[str, Any]]] = defaultdict(asyncio.Queue)
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            "node",
            str(self._program),
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        return self

    async def __aexit__(self, *_: object) -> None:
        process, reading = self._process, self._reading
        assert process is not None
        assert process.stdin is not None
        assert reading is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(_PATIENCE):
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
            await reading
        assert process.returncode == 0, f"discord.js ended with {process.returncode}"

    async def do(self, deed: str, **fields: Any) -> Any:
        """Have it do something, and wait for the result.

        Raises:
            Refused: discord.js raised an error.
        """
        assert self._process is not None
        assert self._process.stdin is not None
        number = next(self._numbers)
        self._asked[number] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(json.dumps({"id": number, "do": deed, **fields}).encode() + b"\n")
        async with asyncio.timeout(_PATIENCE):
            return await self._asked[number]

    async def event(self, name: str) -> dict[str, Any]:
        """The next event of a name that nobody has taken yet."""
        async with asyncio.timeout(_PATIENCE):
            return await self._events[name].get()

    def left(self, name: str) -> int:
        """How many events of a name nobody has taken."""
        return self._events[name].qsize()

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            told = json.loads(line)
            if "event" in told:
                self._events[told["event"]].put_nowait(told)
                continue
            asked = self._asked.pop(told["id"])
            if "error" in told:
                asked.set_exception(Refused(told["error"]))
            else:
                asked.set_result(told["result"])
        for asked in self._asked.values():
            asked.set_exception(RuntimeError("discord.js has ended."))
