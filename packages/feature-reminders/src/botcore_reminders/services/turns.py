"""One after the other: what goes to the same place is sent in the order in which it came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Lets one task at a time have a queue, the one that came first. Queues that nobody waits for are forgotten.

    This is the order within one process; two processes share the work by their timers' leases.
    """

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    @asynccontextmanager
    async def of(self, queue: str) -> AsyncIterator[None]:
        """Have the queue inside the block."""
        lock = self._locks.setdefault(queue, asyncio.Lock())
        self._waiting[queue] = self._waiting.get(queue, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[queue] -= 1
            if not self._waiting[queue]:
                del self._waiting[queue], self._locks[queue]

    def __len__(self) -> int:
        return len(self._locks)
