"""Fixtures for tests against the sandbox.

They live in the session's event loop, so the tests that use them do too: set
`asyncio_default_test_loop_scope = "session"`, or mark a test with `asyncio(loop_scope="session")`. Nothing
heavy is imported before a fixture is first used.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from botcore_sandbox.in_process import BotOnSandbox
    from botcore_sandbox.server import Sandbox


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sandbox_server() -> "AsyncIterator[Sandbox]":
    """One server for the whole run; tests use `sandbox`, which empties it for each of them."""
    from botcore_sandbox.server import Sandbox

    async with Sandbox() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(request: pytest.FixtureRequest, sandbox_server: "Sandbox") -> "AsyncIterator[Sandbox]":
    """A local Discord in its first state: the guild "Sandbox" with #general, nobody connected, no command.

    Its clock runs as the machine's; with the mark `sandbox_clock` it stands still at a moment.
    """
    from botcore_sandbox.clock.moving import SandboxClock

    mark = request.node.get_closest_marker("sandbox_clock")
    await sandbox_server.reset(clock=SandboxClock(*mark.args, **mark.kwargs) if mark is not None else None)
    yield sandbox_server
    await sandbox_server.reset()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(request: pytest.FixtureRequest, sandbox: "Sandbox", tmp_path: Path) -> "AsyncIterator[BotOnSandbox]":
    """A running bot on a sandbox of its own, with the features of the mark `bot_features`."""
    from botcore_sandbox.in_process import BotOnSandbox

    mark = request.node.get_closest_marker("bot_features")
    arguments = dict(mark.kwargs) if mark is not None else {}
    chosen = [*(mark.args if mark is not None else ()), *arguments.pop("bring", ())]
    async with BotOnSandbox(sandbox, tmp_path, features=chosen or None, **arguments) as running:
        yield running
