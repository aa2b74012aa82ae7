"""Snowflakes: Discord's ids, which carry the time at which they were made."""

from collections.abc import Callable
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000
"""2015-01-01T00:00:00Z in milliseconds (developer documentation, "Snowflakes")."""

_TIME_SHIFT = 22
MAX_SNOWFLAKE = (1 << 64) - 1


class Snowflakes:
    """Hands out ids that never repeat and never go backwards, whatever the clock does."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """A fresh id of this instant."""
        elapsed = int(self._clock().timestamp() * 1000) - DISCORD_EPOCH_MS
        self._last = max(elapsed << _TIME_SHIFT, self._last + 1)
        return self._last


def made_at(snowflake: int) -> datetime:
    """The instant (UTC, to the millisecond) that an id carries."""
    return datetime.fromtimestamp(((snowflake >> _TIME_SHIFT) + DISCORD_EPOCH_MS) / 1000, tz=UTC)
