"""The panel that shows the sandbox's time and moves it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from botcore_sandbox.clock.timekeeping import Timekeeping
from botcore_sandbox.driver.errors import NotOffered
from botcore_sandbox.page.asking import Ask
from botcore_sandbox.page.notebook import Notebook
from botcore_sandbox.payloads import timestamp

_MOST_SECONDS = 100 * 365 * 86_400


def clock_view(time: Timekeeping) -> dict[str, Any]:
    """What time it is, as every tab is told at first and after each move."""
    clock = time.clock
    return {
        "event": "clock",
        "now": timestamp(clock.now()),
        "moved": clock.moved.total_seconds(),
        "runs": clock.runs,
    }


class ClockPanel:
    """What one tab asks of the clock.

    Args:
        time: the sandbox's time.
        notebook: the session so far.
    """

    def __init__(self, time: Timekeeping, notebook: Notebook) -> None:
        self._time = time
        self._notebook = notebook
        self.by_name: dict[str, Callable[[Ask], Awaitable[Any]]] = {
            "clock": self._timers,
            "clock.forward": self._forward,
            "clock.next": self._next,
        }

    async def _timers(self, ask: Ask) -> dict[str, Any]:
        """How many bots keep step, and when the next timer of one of them is due."""
        try:
            due_at = await self._time.next_timer()
        except TimeoutError as error:
            raise NotOffered(str(error)) from None
        return {
            "followers": self._time.followers,
            "next_timer": timestamp(due_at) if due_at is not None else None,
        }

    async def _forward(self, ask: Ask) -> None:
        """Move the clock, and answer once what became due is done."""
        seconds = ask.number("seconds")
        if not 0 < seconds <= _MOST_SECONDS:
            raise NotOffered("The clock moves forward, by a hundred years at most.")
        by = timedelta(seconds=seconds)
        try:
            await self._time.advance(by)
        except TimeoutError as error:
            raise NotOffered(str(error)) from None
        self._notebook.advance(by)

    async def _next(self, ask: Ask) -> dict[str, Any]:
        """Move the clock to the next timer."""
        try:
            due_at = await self._time.advance_to_next_timer()
        except TimeoutError as error:
            raise NotOffered(str(error)) from None
        self._notebook.advance_to_next_timer()
        return {"due_at": timestamp(due_at)}
