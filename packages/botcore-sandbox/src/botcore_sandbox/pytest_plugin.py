"""Brings the sandbox's fixtures into pytest, which finds this module by its entry point.

It is imported in every test run of an environment that has the sandbox, so it stays light and never fails.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("pytest_asyncio") is not None:
    from botcore_sandbox.fixtures import bot, sandbox, sandbox_server

    __all__ = ["bot", "sandbox", "sandbox_server"]
else:

    @pytest.fixture
    def bot(sandbox: None) -> None:
        """Stands in for the real fixture; ``sandbox`` says what is missing."""

    @pytest.fixture
    def sandbox() -> None:
        """Stands in for the real fixture, to say what is missing."""
        pytest.fail("The fixture `sandbox` is asynchronous and needs pytest-asyncio: install that beside it.")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marks of the fixtures known, and record every call where another test run asks for it."""
    record = os.environ.get("BOTCORE_TEST_TRAFFIC")
    if record is not None:
        from botcore_sandbox.record import record_calls

        record_calls(Path(record))
    config.addinivalue_line(
        "markers",
        "bot_features(*names, bring=(), settings={}, clock=None): the installed features that the fixture `bot` runs "
        "with, by name, and feature classes that the test brings; without the mark, everything that is installed.",
    )
    config.addinivalue_line(
        "markers",
        "sandbox_clock(at): the time of the fixture `sandbox`, and of bots on it, stands still at this moment until it "
        "is moved; without the mark it runs as the machine's.",
    )
