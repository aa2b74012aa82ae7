"""A date as somebody wrote it, and how it finds the day that it names.

Each kind of date has ``find(situation, clock)``, where ``clock`` is the time of day that was named with it (and how
many days later it lies), or ``None``. What names no year, month or week means the next such day: today only where a
time of day was named that is still ahead, because somebody who means today says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol

from botcore.when.errors import Impossible
from botcore.when.situation import DEFAULT_TIME, NoteKind, Situation
from botcore.when.spans import SATURDAY, Span, add_business_days, add_days, add_months

type Clock = tuple[time, int] | None

LAST_MINUTE = time(23, 59)
_DAYS_A_WEEK = 7


class DateSpec(Protocol):
    """A date that still has to be found."""

    @property
    def default_time(self) -> time:
        """The time of day where none is named."""
        ...

    def find(self, situation: Situation, clock: Clock) -> date:
        """The day that is meant.

        Raises:
            Impossible: if there is no such day.
        """
        ...


class _AtNine:
    """What most dates have in common: without a time of day they mean nine o'clock."""

    __slots__ = ()

    @property
    def default_time(self) -> time:
        """Nine o'clock."""
        return DEFAULT_TIME


@dataclass(frozen=True, slots=True)
class RelativeDay(_AtNine):
    """``tomorrow``: so many days from today."""

    days: int

    def find(self, situation: Situation, clock: Clock) -> date:
        """Count from today."""
        return add_days(situation.today, self.days)


@dataclass(frozen=True, slots=True)
class OnWeekday(_AtNine):
    """``friday`` (the coming one), ``next friday`` (of next week) or ``last friday``."""

    weekday: int
    which: str = "coming"

    def find(self, situation: Situation, clock: Clock) -> date:
        """Count within the week as this person's weeks begin."""
        today = situation.today
        if self.which == "last":
            return add_days(today, -((today.weekday() - self.weekday - 1) % _DAYS_A_WEEK + 1))
        if self.which == "next":
            day = add_days(_week_of(situation), _DAYS_A_WEEK + (self.weekday - situation.week_start) % _DAYS_A_WEEK)
            situation.note(NoteKind.NEXT_WEEKDAY, day=day)
            return day
        return _next(situation, add_days(today, (self.weekday - today.weekday()) % _DAYS_A_WEEK), clock)


@dataclass(frozen=True, slots=True)
class DayOfMonth(_AtNine):
    """``the 3rd``: of the next month that has one, or of the month so many months from this one."""

    day: int
    months: int | None = None
    weekday: int | None = None

    def find(self, situation: Situation, clock: Clock) -> date:
        """Look at one month after the other."""
        first = situation.today.replace(day=1)
        if self.months is not None:
            month = add_months(first, self.months)
            return _checked(_date(month.year, month.month, self.day), self.weekday)
        for ahead in range(13 if self.weekday is None else 400):  # every weekday falls on each day within 28 years
            month = add_months(first, ahead)
            day = add_days(month, self.day - 1)
            if day.month != month.month or (self.weekday is not None and day.weekday() != self.weekday):
                continue
            if _next(situation, day, clock, lambda _day: date.max) == day:
                return day
        raise Impossible("no_such_date", text=str(self.day))


@dataclass(frozen=True, slots=True)
class NamedDate(_AtNine):
    """``24 december``: of the next year that has one, or of the year that was named."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def find(self, situation: Situation, clock: Clock) -> date:
        """Look at one year after the other."""
        if self.year is not None:
            return _checked(_date(self.year, self.month, self.day), self.weekday)
        this_year = situation.today.year
        for year in range(this_year, this_year + 10):  # 29 February: at most eight years
            try:
                day = date(year, self.month, self.day)
            except ValueError:
                continue
            if day == _next(situation, day, clock, lambda _day: date.max):
                return _checked(day, self.weekday)
        raise Impossible("no_such_date", text=f"{self.day}/{self.month}")


@dataclass(frozen=True, slots=True)
class NumericDate(_AtNine):
    """``31/12``, ``31.12.2026`` or ``2026-12-24``.

    Args:
        parts: the digits between the marks.
        mark: the mark; with dots the day always comes first, with slashes as this person writes dates.
        weekday: the weekday that was named with it.
    """

    parts: tuple[str, ...]
    mark: str
    weekday: int | None = None

    def find(self, situation: Situation, clock: Clock) -> date:
        """Sort the parts, then look for the day."""
        year: int | None = None
        parts = self.parts
        if len(parts[0]) == 4:
            if len(parts) != 3:
                raise Impossible("no_such_date", text=self.mark.join(parts))
            year, month, day = map(int, parts)
        else:
            if len(parts) == 3:
                year, parts = self._year(situation)
            day, month = self._day_and_month(situation, *map(int, parts))
        try:
            return NamedDate(day, month, year, self.weekday).find(situation, clock)
        except Impossible as error:
            if error.sentence == "no_such_date":
                raise Impossible("no_such_date", text=self.mark.join(self.parts)) from None
            raise

    def _year(self, situation: Situation) -> tuple[int, tuple[str, ...]]:
        if situation.date_order == "ymd" and len(self.parts[2]) <= 2 and self.mark == "/":
            return _year(self.parts[0]), self.parts[1:]
        return _year(self.parts[2]), self.parts[:2]

    def _day_and_month(self, situation: Situation, first: int, second: int) -> tuple[int, int]:
        if self.mark == ".":
            return first, second
        day_first = situation.date_order == "dmy" or (
            situation.date_order == "ymd" and len(self.parts) == 3 and len(self.parts[2]) == 4
        )
        day, month = (first, second) if day_first else (second, first)
        if month > 12 >= day:
            day, month = month, day
            situation.note(NoteKind.DATE_ORDER, day=day, month=month)
        elif day <= 12 and day != month:
            situation.note(NoteKind.DATE_ORDER, day=day, month=month)
        return day, month


@dataclass(frozen=True, slots=True)
class Edge:
    """``end of month``, ``start of next week``, ``last day of the year``.

    Args:
        which: ``start``, ``end`` (its last minute) or ``last`` (its last day).
        period: ``day``, ``week``, ``month``, ``quarter`` or ``year``.
        ahead: 0 is the present one, 1 the next.
    """

    which: str
    period: str
    ahead: int = 0

    @property
    def default_time(self) -> time:
        """The end of something is its last minute."""
        return LAST_MINUTE if self.which == "end" else DEFAULT_TIME

    def find(self, situation: Situation, clock: Clock) -> date:
        """The first or last day of the period."""
        first = self._first(situation, self.ahead)
        if self.which == "start":
            return first
        return add_days(self._first(situation, self.ahead + 1), -1)

    def _first(self, situation: Situation, ahead: int) -> date:
        today = situation.today
        if self.period == "day":
            return add_days(today, ahead)
        if self.period == "week":
            return add_days(_week_of(situation), _DAYS_A_WEEK * ahead)
        months = {"month": 1, "quarter": 3, "year": 12}[self.period]
        first = today.replace(day=1, month=(today.month - 1) // months * months + 1)
        return add_months(first, months * ahead)


@dataclass(frozen=True, slots=True)
class InMonth:
    """``june``: its first day at nine, or its end, which is the last minute of its last day."""

    month: int
    year: int | None = None
    last: bool = False

    @property
    def default_time(self) -> time:
        """The end of something is its last minute."""
        return LAST_MINUTE if self.last else DEFAULT_TIME

    def find(self, situation: Situation, clock: Clock) -> date:
        """The coming one, which is this year's while that is not over."""
        today = situation.today
        year = self.year or (today.year if self._day(today.year) > today else today.year + 1)
        return self._day(year)

    def _day(self, year: int) -> date:
        first = date(year, self.month, 1)
        return add_days(add_months(first, 1), -1) if self.last else first


@dataclass(frozen=True, slots=True)
class NthWeekday(_AtNine):
    """``the last friday of the month``, ``first monday of december``.

    Args:
        nth: 1 to 5, or -1 for the last.
        weekday: Monday is 0.
        months: the month, counted from this one; ``None`` where it is named.
        month, year: the month that is named.
    """

    nth: int
    weekday: int
    months: int | None = None
    month: int | None = None
    year: int | None = None

    def find(self, situation: Situation, clock: Clock) -> date:
        """Look into the month, and where no year was named into the next year's if that is over."""
        today = situation.today
        if self.month is None:
            first = add_months(today.replace(day=1), self.months or 0)
            return self._within(first)
        if self.year is not None:
            return self._within(date(self.year, self.month, 1))
        day = self._within(date(today.year, self.month, 1))
        return _next(situation, day, clock, lambda _day: self._within(date(today.year + 1, self.month or 1, 1)))

    def _within(self, first: date) -> date:
        day = nth_weekday(first.year, first.month, self.weekday, self.nth)
        if day is None:
            raise Impossible("no_such_weekday", nth=self.nth, month=first)
        return day


@dataclass(frozen=True, slots=True)
class Weekend(_AtNine):
    """``weekend``: its Saturday."""

    ahead: int = 0

    def find(self, situation: Situation, clock: Clock) -> date:
        """The coming Saturday; today, if it is one."""
        day = add_days(situation.today, (SATURDAY - situation.today.weekday()) % _DAYS_A_WEEK)
        return add_days(day, _DAYS_A_WEEK * self.ahead)


@dataclass(frozen=True, slots=True)
class Away(_AtNine):
    """``in a week`` with a time of day, ``3 days after friday``.

    Args:
        span: how far; it must not elapse, since a time of day is named too.
        start: from where; by default today.
        sign: -1 for before.
    """

    span: Span
    start: DateSpec | None = None
    sign: int = 1

    def find(self, situation: Situation, clock: Clock) -> date:
        """Count from there."""
        months, days, seconds, business_days = self.span.settled()
        if seconds:
            raise Impossible("hours_and_time")
        if business_days:
            situation.note(NoteKind.BUSINESS_DAYS)
        start = situation.today if self.start is None else self.start.find(situation, None)
        day = add_days(add_months(start, self.sign * months), self.sign * days)
        return add_business_days(day, self.sign * business_days) if business_days else day


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The ``nth`` such weekday of a month, from its end where negative; ``None`` where it has not that many."""
    first = date(year, month, 1)
    if nth > 0:
        day = first + timedelta(days=(weekday - first.weekday()) % _DAYS_A_WEEK + _DAYS_A_WEEK * (nth - 1))
    else:
        last = add_days(add_months(first, 1), -1)
        day = last - timedelta(days=(last.weekday() - weekday) % _DAYS_A_WEEK - _DAYS_A_WEEK * (nth + 1))
    return day if day.month == month else None


def _next(
    situation: Situation,
    day: date,
    clock: Clock,
    following: Callable[[date], date] = lambda day: add_days(day, _DAYS_A_WEEK),
) -> date:
    if clock is None:
        return day if day > situation.today else following(day)
    return situation.first_ahead(day, following, *clock)


def _week_of(situation: Situation) -> date:
    today = situation.today
    return add_days(today, -((today.weekday() - situation.week_start) % _DAYS_A_WEEK))


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Impossible("no_such_date", text=f"{day}/{month}/{year}") from None


def _checked(day: date, weekday: int | None) -> date:
    if weekday is not None and day.weekday() != weekday:
        raise Impossible("wrong_weekday", day=day, weekday=weekday)
    return day


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
