"""Saying things back, by the templates of a language.

What is said is what can be read: every phrase that comes out of here, the same language's grammar reads back to the
same thing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from botcore.when.wall import instant_of

if TYPE_CHECKING:
    from botcore.when.language import Language

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_DAYS_A_MONTH, _DAYS_A_YEAR = 30, 365


def date_words(day: date, language: "Language") -> str:
    """``Friday 27 November 2026``."""
    template: str = language.says["date"]
    return template.format(
        weekday=language.name_of("weekday", day.weekday()),
        day=day.day,
        month=language.name_of("month", day.month),
        year=day.year,
    )


def clock_words(clock: time) -> str:
    """``17:30``, with seconds where there are any."""
    return f"{clock:%H:%M:%S}" if clock.second else f"{clock:%H:%M}"


def time_words(clock: time, language: "Language") -> str:
    """``17:30``, as the language writes it within a sentence."""
    template: str = language.says["time"]
    return template.format(clock=clock_words(clock))


def zone_words(zone: ZoneInfo, wall: datetime | None = None, instant: datetime | None = None) -> str:
    """``Europe/Berlin``, with the offset where the clocks show ``wall`` twice there."""
    if wall is None or instant is None or not instant_of(wall, zone).fold:
        return zone.key
    return f"{zone.key}, {offset_words(instant.astimezone(zone).utcoffset() or timedelta())}"


def offset_words(offset: timedelta) -> str:
    """``UTC+02:00``."""
    sign = "-" if offset < timedelta() else "+"
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def moment_words(instant: datetime, zone: ZoneInfo, language: "Language") -> str:
    """``Friday 27 November 2026, 17:30 (Europe/Berlin)``."""
    wall = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    template: str = language.says["moment"]
    return template.format(
        date=date_words(wall.date(), language),
        time=time_words(wall.time(), language),
        zone=zone_words(zone, wall, instant),
    )


def amount_words(amount: int, unit: str, units: Mapping[str, list[str]]) -> str:
    """``1 hour``, ``2 hours``."""
    return f"{amount} {units[unit][amount != 1]}"


def relative_words(instant: datetime, at: datetime, zone: tzinfo, language: "Language") -> str:
    """``in 4 days``: hours and minutes up to a day, then days of the calendar, months and years."""
    seconds = round(abs((instant - at).total_seconds()))
    days = abs((instant.astimezone(zone).date() - at.astimezone(zone).date()).days)
    if seconds < _DAY:
        amounts = _hours_and_minutes(seconds)
    elif days < 2 * _DAYS_A_MONTH:
        amounts = [(max(days, 1), "day")]
    elif days < 2 * _DAYS_A_YEAR:
        amounts = [(days // _DAYS_A_MONTH, "month")]
    else:
        amounts = [(days // _DAYS_A_YEAR, "year")]
    says: Mapping[str, str] = language.says
    if not seconds:
        return says["just_now"]
    span = " ".join(amount_words(amount, unit, language.relative_units) for amount, unit in amounts)
    return says["ahead" if instant > at else "behind"].format(span=span)


def _hours_and_minutes(seconds: int) -> list[tuple[int, str]]:
    if seconds < _MINUTE:
        return [(seconds, "second")]
    hours, minutes = seconds // _HOUR, seconds % _HOUR // _MINUTE
    return [(amount, unit) for amount, unit in ((hours, "hour"), (minutes, "minute")) if amount]


def listed(items: Sequence[str], language: "Language") -> str:
    """``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    joined: str = language.says["list_mark"].join(items[:-1]) + language.says["list_last"] + items[-1]
    return joined


def duration_words(months: int, days: int, seconds: int, language: "Language") -> str:
    """``1 month 2 weeks 3 days 4 hours``."""
    years, months = divmod(months, 12)
    weeks, days = divmod(days, 7)
    hours, seconds = divmod(seconds, _HOUR)
    minutes, seconds = divmod(seconds, _MINUTE)
    amounts = (years, months, weeks, days, hours, minutes, seconds)
    names = ("year", "month", "week", "day", "hour", "minute", "second")
    return " ".join(
        amount_words(amount, unit, language.units) for amount, unit in zip(amounts, names, strict=True) if amount
    )


def written(template: str, values: Mapping[str, Any], language: "Language") -> str:
    """Fill a sentence, with dates, times and numbers as the language writes them."""
    return template.format(**{name: _written(name, value, language) for name, value in values.items()})


def _written(name: str, value: Any, language: "Language") -> str:
    words = str(value)
    if name == "hint":
        words = language.sentences[value]
    elif isinstance(value, int) and name in {"weekday", "nth"}:
        words = language.name_of(name, value)
    elif isinstance(value, date) and name == "month":
        words = f"{language.name_of('month', value.month)} {value.year}"
    elif isinstance(value, date):
        words = date_words(value, language)
    elif isinstance(value, time):
        words = time_words(value, language)
    return words
