"""What the grammar makes of a phrase before anybody asks when it was said: plain values, one kind a shape."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from botcore.when.dates import DateSpec
from botcore.when.spans import Span
from botcore.when.times import TimeOfDay
from botcore.when.zones import FixedOffset

type Zoned = ZoneInfo | FixedOffset


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: a date, a time of day or both; or a span ahead of now; or a stamp.

    Args:
        date: the date that was named.
        time: the time of day that was named.
        span: how far from now, instead of both.
        sign: -1 where the span lies behind.
        stamp: the moment itself, from one of Discord's timestamps.
        zone: the zone that was named.
        offset: the offset that was named.
    """

    date: DateSpec | None = None
    time: TimeOfDay | None = None
    span: Span | None = None
    sign: int = 1
    stamp: datetime | None = None
    zone: Zoned | None = None
    offset: FixedOffset | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """What repeats, without times and limits.

    Args:
        frequency: ``daily``, ``weekly``, ``monthly``, ``yearly``, or ``elapsed``.
        interval: every so many of them.
        weekdays: pairs of which one within the month (0 is every one, -1 the last) and the weekday.
        month_days: days of the month; -1 is the last.
        months: months of the year.
        span: for ``elapsed``, how long.
        short_months: ``last`` or ``skip``, where the phrase says so.
        times: the times of day that the pattern itself names ("every morning").
        ambiguous: whether it is an "every 2nd tuesday", which could mean every other one.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    span: Span | None = None
    short_months: str | None = None
    times: tuple[TimeOfDay, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a recurrence begins or ends.

    Args:
        start: its first day.
        start_time: the time of day there, for what elapses.
        until: its last day.
        until_time: the last time of day there.
        count: how many times.
        span: how long from its start.
        until_month: whether only a month was named.
    """

    start: DateSpec | None = None
    start_time: TimeOfDay | None = None
    until: DateSpec | None = None
    until_time: TimeOfDay | None = None
    count: int | None = None
    span: Span | None = None
    until_month: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A recurrence: what repeats, at which times, within which limits."""

    pattern: Pattern
    times: tuple[TimeOfDay, ...] = ()
    limits: tuple[Limit, ...] = field(default=())
    zone: Zoned | None = None
    offset: FixedOffset | None = None
