"""From the clock on the wall to the moment, where the clocks are moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Found:
    """The moment of a wall time.

    Args:
        instant: aware, UTC.
        wall: what the clocks show at that moment, naive; later than what was asked for in a gap.
        gap: whether the clocks skip what was asked for; it is then shifted forward by as much as they skip.
        fold: whether they show it twice; the first is taken.

    Source of both rules: RFC 5545, section 3.3.5.
    """

    instant: datetime
    wall: datetime
    gap: bool
    fold: bool


def instant_of(wall: datetime, zone: tzinfo, *, second: bool = False) -> Found:
    """The moment when the clocks of ``zone`` show ``wall`` (naive).

    Args:
        wall: naive.
        zone: where.
        second: take the second moment where there are two.
    """
    first = wall.replace(tzinfo=zone, fold=0)
    instant = (first.replace(fold=1) if second else first).astimezone(UTC)
    shown = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    differs = first.utcoffset() != first.replace(fold=1).utcoffset()
    gap = shown != wall
    return Found(instant, shown, gap, differs and not gap)
