"""A length of time as somebody wrote it: parts that move the calendar, and parts that elapse.

Days, weeks, months and years move the calendar and keep the time of day; hours, minutes and seconds elapse. That is
what people mean: "in 1 day" is tomorrow at this time even in the night when the clocks change, "in 24 hours" is not.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from botcore.when.errors import Impossible

SATURDAY = 5

#: How long each unit is: (months, days, seconds, business days).
UNITS: dict[str, tuple[int, int, int, int]] = {
    "second": (0, 0, 1, 0),
    "minute": (0, 0, 60, 0),
    "hour": (0, 0, 3600, 0),
    "day": (0, 1, 0, 0),
    "week": (0, 7, 0, 0),
    "fortnight": (0, 14, 0, 0),
    "month": (1, 0, 0, 0),
    "quarter": (3, 0, 0, 0),
    "year": (12, 0, 0, 0),
    "business_day": (0, 0, 0, 1),
}
_SECONDS_A_DAY = 86_400
_MAX_MONTHS = 12_000
_MAX_DAYS = 366_000
_MAX_SECONDS = _MAX_DAYS * _SECONDS_A_DAY


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time.

    Args:
        months, days, seconds, business_days: how much of each; fractions are sorted out by `settled`.
    """

    months: Fraction = Fraction(0)
    days: Fraction = Fraction(0)
    seconds: Fraction = Fraction(0)
    business_days: Fraction = Fraction(0)

    @classmethod
    def of(cls, amount: Fraction | int, unit: str) -> "Span":
        """``amount`` times ``unit``."""
        return cls(*(Fraction(size) * amount for size in UNITS[unit]))

    def plus(self, other: "Span") -> "Span":
        """Both together."""
        return Span(
            self.months + other.months,
            self.days + other.days,
            self.seconds + other.seconds,
            self.business_days + other.business_days,
        )

    def settled(self) -> tuple[int, int, int, int]:
        """Months, days, seconds and business days as whole numbers; half a day is twelve hours.

        Raises:
            Impossible: for half a month or half a business day, which have no length, or more than a thousand years.
        """
        if self.months.denominator != 1:
            raise Impossible("no_half_month")
        if self.business_days.denominator != 1:
            raise Impossible("no_half_business_day")
        days = int(self.days)
        seconds = int(self.seconds + (self.days - days) * _SECONDS_A_DAY)
        if self.months > _MAX_MONTHS or days > _MAX_DAYS or self.business_days > _MAX_DAYS or seconds > _MAX_SECONDS:
            raise Impossible("too_far")
        return int(self.months), days, seconds, int(self.business_days)

    @property
    def moves_the_calendar(self) -> bool:
        """Whether it has parts that keep the time of day."""
        return bool(self.months or self.days or self.business_days)

    @property
    def elapses(self) -> bool:
        """Whether it has parts that the clock on the wall does not know."""
        return bool(self.seconds or self.days.denominator != 1)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter.

    Raises:
        Impossible: outside the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise Impossible("too_far")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """Some days later.

    Raises:
        Impossible: outside the calendar.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise Impossible("too_far") from None


def add_business_days(day: date, count: int) -> date:
    """Some days later, Saturdays and Sundays not counted; holidays are, since nobody knows whose.

    Raises:
        Impossible: outside the calendar.
    """
    step = 1 if count >= 0 else -1
    if count:
        while day.weekday() >= SATURDAY:  # from a weekend the count begins at its working edge
            day = add_days(day, -step)
    weeks, rest = divmod(abs(count), 5)
    day = add_days(day, step * weeks * 7)
    for _ in range(rest):
        day = add_days(day, step)
        while day.weekday() >= SATURDAY:
            day = add_days(day, step)
    return day
