"""Clocks for the sandbox."""

from datetime import UTC, datetime, timedelta
from itertools import count

from botcore_sandbox import SandboxClock


class TickingClock(SandboxClock):
    """Goes on by a millisecond whenever it is read, so that everything made one after the other has another time.

    A server's shard comes from the millisecond in its id: servers made at once would all be of the same shard.
    """

    def __init__(self) -> None:
        super().__init__(datetime(2026, 1, 1, tzinfo=UTC))
        self._ticks = count(1)

    def now(self) -> datetime:
        """The next millisecond."""
        return super().now() + timedelta(milliseconds=next(self._ticks))
