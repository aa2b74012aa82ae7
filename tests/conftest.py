"""What holds for every test: it says what it shows, and what it sent and was answered is as Discord describes it."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from botcore_sandbox import Sandbox
from botcore_sandbox.record import VARIABLE
from oracle import description
from oracle.session import Watch

_WATCH = pytest.StashKey[Watch]()
_USED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """Find Discord's description once."""
    config.stash[_WATCH] = Watch(description.find())
    config.stash[_USED] = False


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have the sandboxes of other processes record what they are asked, for the same judge."""
    stack = ExitStack()
    session.config.add_cleanup(stack.close)
    record = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="botcore-traffic-")), "calls.jsonl")
    os.environ[VARIABLE] = str(record)  # not before: the sandbox's own plug-in would record this process as well
    stack.enter_context(session.config.stash[_WATCH].everywhere(record))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a test that does not say what it shows."""
    silent = [item.nodeid for item in items if isinstance(item, pytest.Function) and not item.function.__doc__]
    if silent:
        raise pytest.UsageError("These tests have no docstring that states behaviour: " + ", ".join(silent))


@pytest.fixture(scope="session")
def watch(request: pytest.FixtureRequest) -> Watch:
    """Judges what goes over the sockets of every sandbox."""
    return request.config.stash[_WATCH]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sandbox_server(sandbox_server: Sandbox, request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """The run's sandbox."""
    request.config.stash[_USED] = True
    yield sandbox_server


@pytest.fixture(autouse=True)
def described_by_discord(watch: Watch) -> Iterator[None]:
    """Fails a test whose accepted requests or whose answers are not as Discord describes them."""
    watch.take_findings()
    yield
    found = watch.take_findings()
    if found:
        listed = "\n".join(dict.fromkeys(found))
        pytest.fail(f"Not as Discord's API description has it:\n{listed}", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that compared nothing."""
    if session.config.stash[_WATCH].failure(sandbox_was_used=session.config.stash[_USED]) and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how much was compared with Discord's description."""
    watch = config.stash[_WATCH]
    if not (config.stash[_USED] or watch.has_judged):
        return
    terminalreporter.write_sep("=", "Discord's API description")
    terminalreporter.write_line(watch.summary)
    failure = watch.failure(sandbox_was_used=True)
    if failure:
        terminalreporter.write_line(failure, red=True)
