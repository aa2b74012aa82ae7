"""The port: whoever decides whether something may happen once more."""

from datetime import datetime
from typing import NamedTuple, Protocol

from botcore.limits.rate import Rate


class Decision(NamedTuple):
    """Whether it may happen now.

    Attributes:
        allowed: Whether it may; then it was counted.
        retry_at: The first moment (aware, UTC) at which it may, if it may not now.
        remaining: How many more are allowed right now.
    """

    allowed: bool
    retry_at: datetime | None
    remaining: int


class RateLimiter(Protocol):
    """Counts against rates. An adapter may be shared by several processes, and then asking may take time."""

    async def check_limit(self, key: str, rate: Rate) -> Decision:
        """Count one more under `key`, or refuse it; what is refused is not counted.

        Args:
            key: Who does what, such as `poll create:42`; the same key under another rate counts apart.
            rate: How often it may happen.
        """
        ...
