"""The stall watch: a call that holds the event loop is named in the log."""

import asyncio
import logging
import time

import pytest

from botcore.app.stall import StallWatch


class Told(logging.Handler):
    """Sets an event at the first line."""

    def __init__(self) -> None:
        super().__init__()
        self.event = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        """Note that there was one."""
        self.event.set()


def hold_the_loop() -> None:
    """Block, as no feature should."""
    time.sleep(0.4)


async def test_a_stall_is_logged_with_the_stack_that_held_the_loop(caplog: pytest.LogCaptureFixture):
    """The function that blocked is in it."""
    watch, told = StallWatch(), Told()
    logging.getLogger("botcore.app.stall").addHandler(told)
    watch.start()
    try:
        hold_the_loop()
        await asyncio.wait_for(told.event.wait(), 5)
    finally:
        watch.stop()
        logging.getLogger("botcore.app.stall").removeHandler(told)
    assert "hold_the_loop" in caplog.text


async def test_a_loop_that_runs_is_left_in_peace(caplog: pytest.LogCaptureFixture):
    """Waiting is not holding."""
    watch = StallWatch()
    watch.start()
    await asyncio.sleep(0.3)
    watch.stop()
    assert caplog.text == ""
