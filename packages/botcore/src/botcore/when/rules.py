"""When something repeats: rules of the calendar and rules of elapsed time, and their next occurrence.

A calendar rule speaks of the clock on the wall and knows no zone; whoever asks for an occurrence gives one. The sets of
days follow RFC 5545, section 3.3.10. A search looks at a bounded number of periods, so a rule that never happens ends
in ``None`` and not in an endless loop.
"""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from botcore.when.dates import nth_weekday
from botcore.when.terminals import LAST_YEAR
from botcore.when.wall import instant_of

type Frequency = Literal["daily", "weekly", "monthly", "yearly"]
type ShortMonths = Literal["skip", "last"]

#: How many periods (days, weeks, months or years) a search looks at before it gives up.
MAX_PERIODS = 1000
MAX_COUNT = 500
MAX_INTERVAL = 1000

_EPOCH = date(1970, 1, 1)
_LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()
_DAYS_A_WEEK = 7

#: More than any clock has ever been moved by at once; Samoa left out a whole day.
_SHIFT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which something repeats.

    Args:
        instant: the moment, aware, UTC.
        wall: what the rule says that the clocks show then; naive.
        shifted: whether the clocks skip that, so that they show a later time instead.
    """

    instant: datetime
    wall: datetime
    shifted: bool = False


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """What repeats by the calendar, at times of day.

    Args:
        frequency: of which periods it picks days.
        interval: it looks at every so many of them, counted from `start`.
        times: the times of day, sorted.
        weekdays: pairs of which one (0 is every one, -1 the last) and the weekday (Monday is 0).
        month_days: days of the month, from its end where negative.
        months: the months it keeps to; all, where empty.
        positions: which of a period's occurrences it keeps, from the end where negative; all, where empty.
        start: wall time before which nothing happens; ``None`` where nothing depends on it.
        until: wall time after which nothing happens.
        count: how often it happens.
        short_months: whether the 31st of a shorter month is left out or is its last day.
        week_start: the first day of the week, Monday is 0.
    """

    frequency: Frequency
    interval: int = 1
    times: tuple[time, ...] = (time(9),)
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    start: datetime | None = None
    until: datetime | None = None
    count: int | None = None
    short_months: ShortMonths = "skip"
    week_start: int = 0

    def after(self, instant: datetime, zone: ZoneInfo) -> Occurrence | None:
        """The first occurrence after ``instant`` (aware); ``None`` where there is none."""
        until = _end(self)
        wall = instant.astimezone(zone).replace(tzinfo=None)
        # One period earlier, since a time that the clocks skip happens later than the rule says.
        first = max(self._period_of(wall.date()) - 1, 0)
        for period in range(first, first + MAX_PERIODS):
            walls = _walls_of(self, period)
            if walls is None:
                return None
            found: Occurrence | None = None
            # what lies further away than clocks are ever moved need not be asked which moment it is
            for each in walls[bisect_left(walls, wall - _SHIFT) :]:
                if (until is not None and each > until) or (found is not None and each > found.wall + _SHIFT):
                    break
                moment = instant_of(each, zone)
                if moment.instant > instant and (found is None or moment.instant < found.instant):
                    found = Occurrence(moment.instant, each, moment.gap)
            if found is not None:
                return found
            if until is not None and walls and walls[-1] > until:
                return None
        return None

    def walls(self) -> Iterator[datetime]:
        """Every occurrence on the clock on the wall from the start on, without regard to `count` and `until`."""
        for period in range(MAX_PERIODS):
            walls = self._walls(period)
            if walls is None:
                return
            yield from walls

    def reach(self, count: int) -> int:
        """How many of ``count`` occurrences a search finds; fewer where it is rare or the calendar ends."""
        return sum(1 for _wall, _place in zip(self.walls(), range(count), strict=False))

    def first(self, wall: datetime) -> datetime | None:
        """The first occurrence at or after a wall time, without regard to `count` and `until`."""
        begin = max(self._period_of(wall.date()), 0)
        for period in range(begin, begin + MAX_PERIODS):
            walls = self._walls(period)
            if walls is None:
                return None
            for each in walls:
                if each >= wall:
                    return each
        return None

    @property
    def candidates(self) -> int:
        """At most so many times are looked at in one period."""
        days = {"daily": 1, "weekly": 7, "monthly": 31, "yearly": 366}[self.frequency]
        return days * len(self.times)

    @property
    def _anchor(self) -> date:
        return _EPOCH if self.start is None else self.start.date()

    def _period_of(self, day: date) -> int:
        anchor = self._anchor
        if self.frequency == "daily":
            periods = (day - anchor).days
        elif self.frequency == "weekly":
            periods = (self._week(day) - self._week(anchor)).days // _DAYS_A_WEEK
        elif self.frequency == "monthly":
            periods = (day.year - anchor.year) * 12 + day.month - anchor.month
        else:
            periods = day.year - anchor.year
        return periods // self.interval

    def _week(self, day: date) -> date:
        return day - timedelta(days=(day.weekday() - self.week_start) % _DAYS_A_WEEK)

    def _walls(self, period: int) -> list[datetime] | None:
        """The occurrences of one period, sorted; ``None`` beyond the last year."""
        days = self._days(period)
        if days is None:
            return None
        walls = [datetime.combine(day, each) for day in days for each in self.times]
        if self.positions:
            size = len(walls)
            kept = {place - 1 if place > 0 else size + place for place in self.positions}
            walls = [wall for place, wall in enumerate(walls) if place in kept]
        if self.start is not None:
            walls = [wall for wall in walls if wall >= self.start]
        return walls

    def _days(self, period: int) -> list[date] | None:
        if self.frequency in {"daily", "weekly"}:
            return self._days_of_week(period * self.interval)
        return self._days_of_year(period * self.interval)

    def _days_of_week(self, steps: int) -> list[date] | None:
        """The one day of a daily rule, or the days that a weekly one keeps."""
        if self.frequency == "daily":
            ordinal = self._anchor.toordinal() + steps
            return [date.fromordinal(ordinal)] if ordinal <= _LAST_DAY else None
        ordinal = self._week(self._anchor).toordinal() + _DAYS_A_WEEK * steps
        if ordinal > _LAST_DAY:
            return None
        kept = {weekday for _nth, weekday in self.weekdays}
        week = [date.fromordinal(ordinal + day) for day in range(_DAYS_A_WEEK)]
        return [day for day in week if day.weekday() in kept]

    def _days_of_year(self, steps: int) -> list[date] | None:
        """The days that a monthly or yearly rule keeps."""
        anchor = self._anchor
        if self.frequency == "monthly":
            year, month = divmod(anchor.year * 12 + anchor.month - 1 + steps, 12)
            return self._days_of_month(year, month + 1) if year <= LAST_YEAR else None
        year = anchor.year + steps
        if year > LAST_YEAR:
            return None
        if self.weekdays and not self.months and not self.month_days:
            return self._weekdays_of_year(year)
        return [day for month in self.months or range(1, 13) for day in self._days_of_month(year, month)]

    def _days_of_month(self, year: int, month: int) -> list[date]:
        if self.months and month not in self.months:
            return []
        length = monthrange(year, month)[1]
        if not self.month_days:
            return sorted({day for nth, weekday in self.weekdays for day in _weekdays(year, month, weekday, nth)})
        found = set()
        for number in self.month_days:
            day = number if number > 0 else length + 1 + number
            if day > length and self.short_months == "last":
                day = length
            if 1 <= day <= length:
                found.add(date(year, month, day))
        if self.weekdays:
            found &= {day for nth, weekday in self.weekdays for day in _weekdays(year, month, weekday, nth)}
        return sorted(found)

    def _weekdays_of_year(self, year: int) -> list[date]:
        found: set[date] = set()
        begin, end = date(year, 1, 1), date(year, 12, 31)
        for nth, weekday in self.weekdays:
            if nth < 0:
                last = end - timedelta(days=(end.weekday() - weekday) % _DAYS_A_WEEK)
                days = [last + timedelta(days=_DAYS_A_WEEK * (nth + 1))]
            else:
                first = begin + timedelta(days=(weekday - begin.weekday()) % _DAYS_A_WEEK)
                weeks = range(53) if nth == 0 else (nth - 1,)
                days = [first + timedelta(days=_DAYS_A_WEEK * week) for week in weeks]
            found.update(day for day in days if day.year == year)
        return sorted(found)


@dataclass(frozen=True, slots=True)
class ElapsedRule:
    """What repeats after a fixed number of seconds.

    Args:
        seconds: at least 60.
        start: the first occurrence, aware, UTC.
        until: the last moment at which it may happen, aware, UTC.
        count: how often it happens.
    """

    seconds: int
    start: datetime
    until: datetime | None = None
    count: int | None = None

    def after(self, instant: datetime, zone: ZoneInfo) -> Occurrence | None:
        """The first occurrence after ``instant`` (aware); ``None`` where there is none."""
        steps = 0 if instant < self.start else (instant - self.start) // timedelta(seconds=self.seconds) + 1
        if self.count is not None and steps >= self.count:
            return None
        moment = self.start + timedelta(seconds=steps * self.seconds)
        if moment.year > LAST_YEAR or (self.until is not None and moment > self.until):
            return None
        return Occurrence(moment, moment.astimezone(zone).replace(tzinfo=None, fold=0))


type Rule = CalendarRule | ElapsedRule


def _weekdays(year: int, month: int, weekday: int, nth: int) -> list[date]:
    if nth:
        day = nth_weekday(year, month, weekday, nth)
        return [] if day is None else [day]
    return [day for n in range(1, 6) if (day := nth_weekday(year, month, weekday, n)) is not None]


@lru_cache(maxsize=1024)
def _end(rule: CalendarRule) -> datetime | None:
    """The last wall time at which a rule may happen; a count is worked out once and kept."""
    if rule.count is None:
        return rule.until
    last = datetime.min  # noqa: DTZ901 - wall times are naive; before any of them
    walls = replace(rule, count=None).walls()
    for _ in range(rule.count):
        wall = next(walls, None)
        if wall is None:
            break
        last = wall
    return last if rule.until is None else min(last, rule.until)


@lru_cache(maxsize=8)
def _walls_of(rule: CalendarRule, period: int) -> list[datetime] | None:
    """As the rule says, and kept for the next question: whoever asks for a series asks for each of a period in turn."""
    return rule._walls(period)  # noqa: SLF001 - its own, kept apart because a method's cache would keep the rule
