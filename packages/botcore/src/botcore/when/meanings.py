"""The meanings that a grammar's lines can name after their arrow: from captured values to one value.

This is the whole vocabulary that a language file has to express itself in. A meaning only puts together; whether a
thing exists is found out when it is resolved.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from botcore.when.dates import (
    Away,
    DateSpec,
    DayOfMonth,
    Edge,
    InMonth,
    NamedDate,
    NthWeekday,
    NumericDate,
    OnWeekday,
    RelativeDay,
    Weekend,
)
from botcore.when.phrases import Limit, Moment, Pattern, Repeat, Zoned
from botcore.when.spans import Span
from botcore.when.times import TimeOfDay, before_the_hour
from botcore.when.zones import FixedOffset

MEANINGS: dict[str, Callable[..., Any]] = {}


def meaning[**P, T](function: Callable[P, T]) -> Callable[P, T]:
    """Make the function known to grammars by its name."""
    MEANINGS[function.__name__] = function
    return function


# -- numbers and spans -----------------------------------------------------------------------------------------------


@meaning
def value(value: int) -> int:
    """A constant."""
    return value


@meaning
def quantity(unit: str, amount: Fraction | int = 1, half: int = 0, quarter: int = 0) -> Span:
    """``2 hours``; ``half=1`` and ``quarter=1`` add a part of the unit."""
    return Span.of(Fraction(amount) + Fraction(half, 2) + Fraction(quarter, 4), unit)


@meaning
def hours_minutes(hours: int, minutes: int) -> Span:
    """``2h30``."""
    return Span.of(hours, "hour").plus(Span.of(minutes, "minute"))


@meaning
def sum_of(first: Span, rest: Span) -> Span:
    """One span and another."""
    return first.plus(rest)


# -- times of day ----------------------------------------------------------------------------------------------------


@meaning
def clock_time(clock: TimeOfDay, part: str = "") -> TimeOfDay:
    """``17:30``, ``5:30 pm``."""
    return clock.within(part)


@meaning
def hour_time(hour: int, minute: int = 0, part: str = "") -> TimeOfDay:
    """``5 pm``, ``9 o'clock``."""
    return TimeOfDay(hour, minute, 0, part)


@meaning
def past_hour(hour: int, minutes: int, part: str = "") -> TimeOfDay:
    """``half past 8``."""
    return TimeOfDay(hour, minutes, 0, part)


@meaning
def to_hour(hour: int, minutes: int, part: str = "") -> TimeOfDay:
    """``quarter to 9``; German ``halb 9``."""
    return before_the_hour(minutes, hour, part)


@meaning
def part_time(part: str, time: TimeOfDay | None = None) -> TimeOfDay:
    """``evening``, ``evening at 8``."""
    return TimeOfDay(None, part=part) if time is None else time.within(part)


@meaning
def midnight() -> TimeOfDay:
    """``midnight``."""
    return TimeOfDay(0, part="midnight")


# -- dates -----------------------------------------------------------------------------------------------------------


@meaning
def relative_day(days: int) -> DateSpec:
    """``tomorrow``."""
    return RelativeDay(days)


@meaning
def on_weekday(weekday: int, which: str = "coming") -> DateSpec:
    """``friday``, ``next friday``, ``last friday``."""
    return OnWeekday(weekday, which)


@meaning
def day_of_month(day: int, months: int | None = None, weekday: int | None = None) -> DateSpec:
    """``the 3rd``, ``friday the 13th``."""
    return DayOfMonth(day, months, weekday)


@meaning
def named_date(day: int, month: int, year: int | None = None) -> DateSpec:
    """``24 december 2026``."""
    return NamedDate(day, month, year)


@meaning
def numeric_date(parts: tuple[str, ...], mark: str) -> DateSpec:
    """``31/12``."""
    return NumericDate(parts, mark)


@meaning
def with_weekday(weekday: int, date: NamedDate | NumericDate) -> DateSpec:
    """``friday 27 november``."""
    return replace(date, weekday=weekday)


@meaning
def edge(which: str, period: str, ahead: int = 0) -> DateSpec:
    """``end of month``."""
    return Edge(which, period, ahead)


@meaning
def in_month(month: int, year: int | None = None, last: int = 0) -> DateSpec:
    """``june``; with ``last=1`` its last day."""
    return InMonth(month, year, bool(last))


@meaning
def nth_weekday(
    nth: int, weekday: int, months: int | None = None, month: int | None = None, year: int | None = None
) -> DateSpec:
    """``the last friday of the month``."""
    return NthWeekday(nth, weekday, months, month, year)


@meaning
def weekend(ahead: int = 0) -> DateSpec:
    """``weekend``."""
    return Weekend(ahead)


@meaning
def away(span: Span, date: DateSpec | None = None, sign: int = 1) -> DateSpec:
    """``in a week`` (at 9), ``3 days after friday``."""
    return Away(span, date, sign)


# -- moments ---------------------------------------------------------------------------------------------------------


@meaning
def moment(
    date: DateSpec | None = None, time: TimeOfDay | None = None, part: str = "", days: int | None = None
) -> Moment:
    """A date, a time of day, or both; ``tonight`` is ``days=0 part=night``."""
    if days is not None:
        date = RelativeDay(days)
    if part:
        time = TimeOfDay(None, part=part) if time is None else time.within(part)
    return Moment(date, time)


@meaning
def ahead(span: Span | None = None, sign: int = 1) -> Moment:
    """``in 2h30m``, ``2 hours ago``, ``now``."""
    return Moment(span=span or Span(), sign=sign)


@meaning
def stamped(stamp: datetime) -> Moment:
    """One of Discord's timestamps."""
    return Moment(stamp=stamp)


@meaning
def zoned[T: (Moment, Repeat)](phrase: T, zone: Zoned | None = None, offset: FixedOffset | None = None) -> T:
    """A moment or a recurrence with the zone that it names."""
    return replace(phrase, zone=zone, offset=offset)


# -- recurrences -----------------------------------------------------------------------------------------------------


@meaning
def joined(first: Any, rest: tuple[Any, ...] = ()) -> tuple[Any, ...]:
    """A list of things, written one after the other."""
    return (first, *rest)


@meaning
def weekday_range(first: int, last: int) -> tuple[int, ...]:
    """``monday to friday``."""
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


@meaning
def working_days() -> tuple[int, ...]:
    """Monday to Friday."""
    return (0, 1, 2, 3, 4)


@meaning
def weekend_days() -> tuple[int, ...]:
    """Saturday and Sunday."""
    return (5, 6)


@meaning
def every(unit: str, interval: int = 1, part: str = "", time: TimeOfDay | None = None) -> Pattern:
    """``every 2 days``, ``every 24 hours``, ``every morning``."""
    times = (part_time(part, time),) if part else ()
    if unit == "business_day" and interval == 1:
        return on_weekdays(working_days())
    frequency = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}.get(unit)
    if frequency is not None:
        return Pattern(frequency, interval, times=times)
    if unit == "fortnight":
        return Pattern("weekly", 2 * interval)
    if unit == "quarter":
        return Pattern("monthly", 3 * interval)
    return Pattern("elapsed", span=Span.of(interval, unit))


@meaning
def elapsing(span: Span) -> Pattern:
    """``every 2h30m``."""
    return Pattern("elapsed", span=span)


@meaning
def on_weekdays(weekdays: tuple[int, ...], interval: int = 1) -> Pattern:
    """``every monday and friday``."""
    return Pattern("weekly", interval, weekdays=tuple((0, day) for day in sorted(set(weekdays))))


@meaning
def on_month_days(
    days: tuple[int, ...], interval: int = 1, short: str | None = None, months: tuple[int, ...] = ()
) -> Pattern:
    """``every 31st``; ``short`` is what becomes of it in a shorter month: ``last`` or ``skip``."""
    frequency = "yearly" if months else "monthly"
    return Pattern(frequency, interval, month_days=tuple(sorted(set(days))), months=months, short_months=short)


@meaning
def on_last_day(interval: int = 1) -> Pattern:
    """``on the last day of every month``."""
    return Pattern("monthly", interval, month_days=(-1,))


@meaning
def on_nth_weekday(nth: int, weekday: int, interval: int = 1, ambiguous: int = 0, month: int | None = None) -> Pattern:
    """``the last friday of every month``; with a month, of every such month."""
    frequency, months = ("monthly", ()) if month is None else ("yearly", (month,))
    return Pattern(frequency, interval, ((nth, weekday),), months=months, ambiguous=bool(ambiguous))


@meaning
def on_year_day(day: int, month: int, interval: int = 1, short: str | None = None) -> Pattern:
    """``every 24 december``."""
    return Pattern("yearly", interval, month_days=(day,), months=(month,), short_months=short)


@meaning
def limit(
    *,
    start: DateSpec | None = None,
    start_time: TimeOfDay | None = None,
    until: DateSpec | None = None,
    until_time: TimeOfDay | None = None,
    count: int | None = None,
    span: Span | None = None,
    month: int | None = None,
    year: int | None = None,
) -> Limit:
    """``until 30 june``, ``5 times``, ``from monday``, ``for 3 weeks``; a month alone is included whole."""
    if month is not None:
        return Limit(until=InMonth(month, year, last=True), until_month=True)
    return Limit(start, start_time, until, until_time, count, span)


@meaning
def repeat(
    pattern: Pattern,
    before: tuple[TimeOfDay, ...] = (),
    times: tuple[TimeOfDay, ...] = (),
    after: tuple[TimeOfDay, ...] = (),
    limits: tuple[Limit, ...] = (),
) -> Repeat:
    """A recurrence, with its times wherever they were written."""
    return Repeat(pattern, (*pattern.times, *before, *times, *after), limits)
