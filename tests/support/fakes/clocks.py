"""Clocks for the sandbox."""

from datetime import UTC, datetime, timedelta


class TickingClock:
    """Goes on by a millisecond whenever it is read, so that everything made one after the other has another time.

    A server's shard comes from the millisecond in its id: servers made at once would all be of the same shard.
    """

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The next millisecond."""
        self._now += timedelta(milliseconds=1)
        return self._now
