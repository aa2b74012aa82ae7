"""The stall watch: a call that holds the event loop is named in the log."""

import asyncio
import time

import pytest

from botcore.app.stall import StallWatch


async def until_logged(caplog: pytest.LogCaptureFixture) -> str:
    """Let the loop run until the stall is in the log."""
    async with asyncio.timeout(5):
        while not caplog.records:
            await asyncio.sleep(0.01)
    return caplog.text


def hold_the_loop() -> None:
    """Block, as no feature should."""
    time.sleep(0.4)


async def test_a_stall_is_logged_with_the_stack_that_held_the_loop(caplog: pytest.LogCaptureFixture):
    """The function that blocked is in it."""
    watch = StallWatch()
    watch.start()
    try:
        hold_the_loop()
        assert "hold_the_loop" in await until_logged(caplog)
    finally:
        watch.stop()


async def test_a_loop_that_runs_is_left_in_peace(caplog: pytest.LogCaptureFixture):
    """Waiting is not holding."""
    watch = StallWatch()
    watch.start()
    await asyncio.sleep(0.3)
    watch.stop()
    assert caplog.text == ""
