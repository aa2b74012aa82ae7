"""Saying back what repeats, by the templates of a language, or as RFC 5545 writes it where no phrase says it."""

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from botcore.when.rrule import write_rule
from botcore.when.rules import CalendarRule, ElapsedRule, Rule
from botcore.when.saying import date_words, duration_words, listed, time_words, zone_words
from botcore.when.tokens import MAX_CHARACTERS, MAX_TOKENS, tokenize

if TYPE_CHECKING:
    from botcore.when.language import Language

_LAST_SECOND = time(23, 59, 59)
_WORKING_DAYS = (0, 1, 2, 3, 4)


def recurrence_words(rule: Rule, zone: ZoneInfo, language: "Language") -> str:
    """A rule in words, with its limits and its zone."""
    says = language.says
    if isinstance(rule, ElapsedRule):
        first = rule.start.astimezone(zone).replace(tzinfo=None, fold=0)
        until = None if rule.until is None else rule.until.astimezone(zone).replace(tzinfo=None, fold=0)
        body: str = _elapsed(rule.seconds, language)
        body += says["from_moment"].format(
            date=date_words(first.date(), language), time=time_words(first.time(), language)
        )
        body += _end(until, rule.count, language)
        return f"{body}{says['in_zone'].format(zone=zone_words(zone, first, rule.start))}"
    days = _days(rule, language)
    if days is None or (rule.start is not None and rule.start.time() != time()):
        return _as_rule(rule, zone)
    words = _calendar_words(rule, days, zone, language)
    return (
        words
        if len(words) <= MAX_CHARACTERS and len(tokenize(words, limit=False)) <= MAX_TOKENS
        else _as_rule(rule, zone)
    )


def _calendar_words(rule: CalendarRule, days: str, zone: ZoneInfo, language: "Language") -> str:
    says = language.says
    times = listed([time_words(each, language) for each in rule.times], language)
    body = days + says["at"].format(times=times)
    if rule.start is not None:
        body += says["from"].format(date=date_words(rule.start.date(), language))
    body += _end(rule.until, rule.count, language)
    return f"{body}{says['in_zone'].format(zone=zone.key)}"


def _elapsed(seconds: int, language: "Language") -> str:
    unit = {60: "minute", 3600: "hour"}.get(seconds)
    words: str = (
        language.says["elapsed"].format(span=duration_words(0, 0, seconds, language))
        if unit is None
        else language.says["elapsed_one"].format(unit=language.units[unit][0])
    )
    return words


def _as_rule(rule: CalendarRule, zone: ZoneInfo) -> str:
    written = write_rule(rule)
    if written is None:
        raise ValueError(f"{rule} has neither words nor a rule of RFC 5545")
    start = "" if rule.start is None else f"DTSTART:{rule.start:%Y%m%dT%H%M%S} "
    return f"{start}RRULE:{written} ({zone.key})"


def _end(until: datetime | None, count: int | None, language: "Language") -> str:
    says = language.says
    words = ""
    if until is not None:
        day = date_words(until.date(), language)
        if until.time() == _LAST_SECOND:
            words += says["until"].format(date=day)
        else:
            words += says["until_moment"].format(date=day, time=time_words(until.time(), language))
    if count is not None:
        words += says["count"][count != 1].format(n=count)
    return words


def _days(rule: CalendarRule, language: "Language") -> str | None:
    """What repeats, without times; ``None`` for what no phrase says."""
    if (
        rule.positions
        or rule.week_start
        or (rule.weekdays and rule.month_days)
        or (rule.months and rule.frequency == "monthly")
    ):
        return None
    if rule.frequency == "daily":
        return _every("daily", rule.interval, language)
    if rule.frequency == "weekly":
        return _weekly(rule, language)
    if rule.weekdays:
        return _on_nth_weekday(rule, language)
    return _on_days(rule, language)


def _every(template: str, interval: int, language: "Language", **values: str) -> str:
    one, many = language.says[template]
    words: str = (one if interval == 1 else many).format(n=interval, **values)
    return words


def _weekly(rule: CalendarRule, language: "Language") -> str | None:
    weekdays = tuple(weekday for _nth, weekday in rule.weekdays)
    if weekdays == _WORKING_DAYS and rule.interval == 1:
        words: str = language.says["working_days"]
        return words
    names = listed([language.name_of("weekday", weekday) for weekday in weekdays], language)
    return _every("weekly", rule.interval, language, weekdays=names)


def _on_nth_weekday(rule: CalendarRule, language: "Language") -> str | None:
    if len(rule.weekdays) > 1 or rule.weekdays[0][0] not in {1, 2, 3, 4, 5, -1} or len(rule.months) > 1:
        return None
    nth, weekday = rule.weekdays[0]
    values = {"nth": language.name_of("nth", nth), "weekday": language.name_of("weekday", weekday)}
    if rule.frequency == "monthly":
        return _every("monthly_nth", rule.interval, language, **values)
    if not rule.months:
        return None
    return _every("yearly_nth", rule.interval, language, **values, month=language.name_of("month", rule.months[0]))


def _on_days(rule: CalendarRule, language: "Language") -> str | None:
    days, months = rule.month_days, rule.months
    if rule.frequency == "yearly":
        if len(days) != 1 or len(months) != 1 or days[0] < 1:
            return None
        words = _every("yearly", rule.interval, language, day=str(days[0]), month=language.name_of("month", months[0]))
    elif days == (-1,):
        return _every("monthly", rule.interval, language, days=language.says["last_day"])
    elif min(days) < 1:
        return None
    else:
        words = _every(
            "monthly", rule.interval, language, days=listed([language.ordinal(day) for day in days], language)
        )
    if any(day > 28 for day in days):
        words += language.says[f"short_{rule.short_months}"]
    return words
