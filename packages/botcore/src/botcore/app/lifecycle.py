"""Life: named steps, in a fixed order, each logged and bounded in time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from botcore.clock import Clock
from botcore.log import get_logger

_log = get_logger(__name__)

#: What happens at the start, in this order.
START = (
    "configuration",
    "container",
    "discovery",
    "database",
    "migrations",
    "features",
    "commands",
    "listeners",
    "connection",
    "command sync",
    "timers",
)

#: What happens at the stop, in this order.
STOP = (
    "gateway",
    "work in flight",
    "timers",
    "features",
    "services",
    "database",
    "rest",
)

type StepAction = Callable[[], Awaitable[None]]

#: Migrations may rewrite large tables, and Discord lets many shards in one after the other (the connection has bounds
#: of its own); everything else that takes this long is stuck.
START_SECONDS: Mapping[str, float] = {"migrations": 3600.0, "connection": 3600.0}
DEFAULT_START_SECONDS = 60.0
DEFAULT_STOP_SECONDS = 10.0


class Lifecycle:
    """Runs the steps of a start or a stop, and remembers which ones ran.

    Args:
        clock: measures how long each step takes.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.history: list[str] = []

    async def start(self, steps: Sequence[str], actions: Mapping[str, StepAction]) -> None:
        """Run the steps in order.

        Raises:
            TimeoutError: for a step that takes too long.
            Exception: whatever a step raises; the steps after it are not run.
        """
        for name in steps:
            began = self._clock.monotonic()
            async with asyncio.timeout(START_SECONDS.get(name, DEFAULT_START_SECONDS)):
                await actions[name]()
            self.history.append(f"start {name}")
            _log.debug("started", step=name, seconds=round(self._clock.monotonic() - began, 3))

    async def stop(self, steps: Sequence[str], actions: Mapping[str, StepAction]) -> None:
        """Run the steps in order; one that fails or takes too long is logged, and the next runs."""
        for name in steps:
            began = self._clock.monotonic()
            try:
                async with asyncio.timeout(DEFAULT_STOP_SECONDS):
                    await actions[name]()
            except Exception:
                _log.exception("a step of the stop failed", step=name)
            self.history.append(f"stop {name}")
            _log.debug("stopped", step=name, seconds=round(self._clock.monotonic() - began, 3))
