"""Handlers of timers that a test can ask, fail and hold back; chance that is none."""

import asyncio
from random import Random

from botcore.timers import Firing

PATIENCE = 20.0  # real seconds, after which what a test waits for is not going to happen


class Middle(Random):
    """Chance that always lies in the middle, so that a pause is as long as its schedule says."""

    def random(self) -> float:
        """The middle."""
        return 0.5


class RecordingHandler:
    """Notes every firing it gets.

    Attributes:
        firings: what it got, in order.
        failures: what to raise at the next firings, one after the other.
        most_at_once: how many it ever ran at once.
    """

    def __init__(self) -> None:
        self.firings: list[Firing] = []
        self.failures: list[Exception] = []
        self.most_at_once = 0
        self._running = 0
        self._open = asyncio.Event()
        self._open.set()
        self._begun = asyncio.Event()
        self._ended = asyncio.Event()

    @property
    def keys(self) -> list[str]:
        """The keys of what it got, in order."""
        return [firing.key for firing in self.firings]

    def hold(self) -> None:
        """Let firings begin but not end until `let_go`."""
        self._open.clear()

    def let_go(self) -> None:
        """Let every firing that is held end."""
        self._open.set()

    async def begun(self) -> None:
        """Return once a firing has begun since the last call."""
        await asyncio.wait_for(self._begun.wait(), PATIENCE)
        self._begun.clear()

    async def ended(self) -> None:
        """Return once a firing has ended, however, since the last call."""
        await asyncio.wait_for(self._ended.wait(), PATIENCE)
        self._ended.clear()

    async def __call__(self, firing: Firing) -> None:
        """Take a firing."""
        self.firings.append(firing)
        self._begun.set()
        self._running += 1
        self.most_at_once = max(self.most_at_once, self._running)
        try:
            await self._open.wait()
            if self.failures:
                raise self.failures.pop(0)
        finally:
            self._running -= 1
            self._ended.set()
