"""How long something took, as counts in fixed buckets: small, mergeable, and enough for percentiles."""

from bisect import bisect_left
from typing import Any, Final

BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds. Those of a command (Discord waits 3 s) and of building a service both fit."""


class Histogram:
    """Durations of one thing; a bucket counts those up to and including its bound."""

    __slots__ = ("counts", "seconds")

    def __init__(self) -> None:
        self.counts = [0] * (len(BUCKETS) + 1)
        self.seconds = 0.0

    def observe(self, seconds: float) -> None:
        """Count one duration."""
        self.counts[bisect_left(BUCKETS, seconds)] += 1
        self.seconds += seconds

    def snapshot(self) -> dict[str, Any]:
        """`count`, `seconds` in total, and `buckets`: the bound as text to how many fell into it alone."""
        bounds = [*map(str, BUCKETS), "+Inf"]
        return {
            "count": sum(self.counts),
            "seconds": self.seconds,
            "buckets": dict(zip(bounds, self.counts, strict=True)),
        }
