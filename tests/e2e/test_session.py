"""`botcore sandbox` as a newcomer starts it: a process of its own, with the bot in another."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest_asyncio

READY_WITHIN = 45.0

_FEATURE = """
from dataclasses import dataclass
import botcore as bc

@dataclass(frozen=True, slots=True)
class Nothing:
    pass

class Only(bc.BaseCommand[Nothing]):
    name, description = "{command}", "Answers"

    async def process_command(self, ctx: bc.CommandContext, data: Nothing) -> bc.CommandResult:
        return bc.CommandResult.ok("yes")

class Reloaded(bc.BaseFeature):
    name = "reloaded"
    commands = (Only,)
"""


class Session:
    """The running command, and what it printed so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.printed = ""

    async def until(self, text: str) -> str:
        """Read until a text was printed; returns everything so far."""
        assert self.process.stdout is not None
        async with asyncio.timeout(READY_WITHIN):
            while text not in self.printed:
                line = await self.process.stdout.readline()
                assert line, f"it ended before it printed {text!r}:\n{self.printed}"
                self.printed += line.decode()
        return self.printed

    async def url(self) -> str:
        """Where the page is."""
        found = re.search(r"http://127\.0\.0\.1:\d+/", await self.until("is running:"))
        assert found is not None
        return found[0]

    async def stop(self) -> int:
        """Ctrl-C, and the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(READY_WITHIN):
            rest, _ = await self.process.communicate()
        self.printed += rest.decode()
        assert self.process.returncode is not None
        return self.process.returncode


@pytest_asyncio.fixture(loop_scope="session")
async def running() -> AsyncIterator[list[Session]]:
    """Sessions that a test started; what still runs at the end is stopped."""
    sessions: list[Session] = []
    yield sessions
    for session in sessions:
        if session.process.returncode is None:
            await session.stop()


async def start(running: list[Session], *arguments: str, path: Path | None = None) -> Session:
    """Start ``botcore sandbox``, with packages of a folder beside those that are installed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "botcore",
        "sandbox",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=os.environ | ({"PYTHONPATH": str(path)} if path is not None else {}),
    )
    running.append(Session(process))
    return running[-1]


async def test_it_says_where_the_page_is_and_what_to_try(running: list[Session]):
    """The page answers as soon as its address is printed; Ctrl-C ends everything with 0."""
    session = await start(running, "--port", "0")
    async with aiohttp.ClientSession() as client, client.get(await session.url()) as page:
        assert page.status == 200
        assert "botcore sandbox" in await page.text()
    printed = await session.until("Stop it with Ctrl-C")
    assert "/poll create" in printed
    assert "/roll" in printed
    assert await session.stop() == 0


async def test_a_busy_port_is_said_and_another_one_taken(running: list[Session]):
    """Two at once are no mistake."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        session = await start(running, "--port", str(port))
        url = await session.url()
        assert f"Port {port} is taken" in session.printed
        assert f":{port}/" not in url
        await session.until("The bot is ready")


async def test_the_state_is_there_after_the_next_start(running: list[Session], tmp_path: Path):
    """The bot keeps its token and its database, and the clock how far it was moved: what was before goes on."""
    state = tmp_path / "state.json"
    first = await start(running, "--port", "0", "--state", str(state))
    await first.until("Stop it with Ctrl-C")
    async with aiohttp.ClientSession() as client:
        await client.post(f"{await first.url()}sandbox/clock", json={"forward": 86_400})
    assert await first.stop() == 0
    assert str(state) in first.printed
    assert (tmp_path / "state.json.db").exists()
    second = await start(running, "--port", "0", "--state", str(state))
    await second.until("Stop it with Ctrl-C")
    async with aiohttp.ClientSession() as client, client.get(f"{await second.url()}sandbox/clock") as clock:
        assert (await clock.json())["moved"] == 86_400
    assert await second.stop() == 0


async def test_a_state_that_is_none_is_a_sentence(running: list[Session], tmp_path: Path):
    """Exit code 1, the file named, no traceback."""
    state = tmp_path / "state.json"
    state.write_text("something else")
    session = await start(running, "--port", "0", "--state", str(state))
    output, _ = await session.process.communicate()
    assert session.process.returncode == 1
    assert "holds no state" in output.decode()
    assert "Traceback" not in output.decode()


async def test_a_changed_feature_starts_the_bot_again(running: list[Session], tmp_path: Path):
    """With --reload a file that is written restarts the bot, while the sandbox stays where it is."""
    package = tmp_path / "site" / "reloaded"
    package.mkdir(parents=True)
    source = package / "__init__.py"
    source.write_text(_FEATURE.format(command="before"))
    metadata = tmp_path / "site" / "reloaded-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: reloaded\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[botcore.features]\nreloaded = reloaded:Reloaded\n")
    session = await start(running, "--port", "0", "--reload", path=tmp_path / "site")
    await session.until("Stop it with Ctrl-C")
    assert "/before" in session.printed
    source.write_text(_FEATURE.format(command="after"))
    await session.until("__init__.py changed")
    await session.until("The bot is ready.\n")
    assert await session.stop() == 0
