"""Rules as RFC 5545 writes them: ``FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE``.

A rule comes from anywhere, so what could make work without end is refused: seconds, long lists, intervals beyond a
thousand. What cannot be kept exactly is refused too, with a hint.

Source: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

from botcore.when.errors import Impossible
from botcore.when.rules import MAX_COUNT, MAX_INTERVAL, CalendarRule, Frequency
from botcore.when.zones import zone_named

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

#: The seconds between occurrences where a rule repeats after hours or minutes.
ELAPSING = {"HOURLY": 3600, "MINUTELY": 60}
_CALENDAR: dict[str, Frequency] = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}
_MAX_TIMES = 24

#: A rule that was read is written with all its parts, so this is more than a person types.
MAX_RULE_CHARACTERS = 1000

_BRACKETED = re.compile(r"\s*\(([A-Za-z0-9_+/-]{1,64})\)\s*$")
_STAMP = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z)?)?")
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class ParsedRule:
    """A rule that was read.

    Args:
        rule: its days; the times are still those of the rule's own parts, or empty where it has none.
        elapsed: the seconds between occurrences, where it repeats after hours or minutes.
        start: DTSTART as wall time, if there was one.
        zone: the zone that was named with it.
    """

    rule: CalendarRule
    elapsed: int | None
    start: datetime | None
    zone: ZoneInfo | None


def looks_like_rule(text: str) -> bool:
    """Whether somebody typed a rule and no phrase."""
    return "FREQ=" in text.upper() or "RRULE" in text.upper()


def parse_rule(text: str, zone: ZoneInfo) -> ParsedRule:
    """Read a rule, with ``DTSTART`` before it and a zone in brackets behind it where they are there.

    Raises:
        Impossible: naming the part that cannot be used.
    """
    named: ZoneInfo | None = None
    bracketed = _BRACKETED.search(text)
    if bracketed is not None:
        named = _zone(bracketed.group(1))
        text = text[: bracketed.start()]
    start_text: str | None = None
    parts: dict[str, str] = {}
    for line in text.upper().split():
        if line.startswith("DTSTART"):
            head, _colon, start_text = line.partition(":")
            if ";TZID=" in head:
                named = _zone(head.partition(";TZID=")[2])
        else:
            parts.update(_parts(line.removeprefix("RRULE:")))
    zone = named or zone
    start = None if start_text is None else _wall("DTSTART", start_text, zone)
    frequency = parts.pop("FREQ", None)
    if frequency is None:
        raise Impossible("rrule_missing")
    if frequency in ELAPSING:
        return ParsedRule(_limits(parts, zone), ELAPSING[frequency] * _interval(parts), start, named)
    if frequency not in _CALENDAR:
        raise Impossible("rrule_frequency", frequency=frequency[:20])
    return ParsedRule(_calendar(_CALENDAR[frequency], parts, zone), None, start, named)


def _parts(line: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in line.strip(";").split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in found:
            raise Impossible("rrule_part", part=piece[:40], hint="hint_once")
        found[name] = value
    return found


def _interval(parts: dict[str, str]) -> int:
    return _number("INTERVAL", parts.pop("INTERVAL", "1"), 1, MAX_INTERVAL)


def _limits(parts: dict[str, str], zone: ZoneInfo) -> CalendarRule:
    """A rule with the limits only; whatever else is there cannot stand beside HOURLY and MINUTELY."""
    interval = parts.pop("INTERVAL", "1")
    rule = _calendar("daily", {name: parts[name] for name in parts if name in {"UNTIL", "COUNT", "WKST"}}, zone)
    for name in parts:
        if name not in {"UNTIL", "COUNT", "WKST"}:
            raise Impossible("rrule_part", part=name[:40], hint="hint_elapsed")
    parts["INTERVAL"] = interval
    return rule


def _calendar(frequency: Frequency, parts: dict[str, str], zone: ZoneInfo) -> CalendarRule:
    known: Mapping[str, Callable[[str], object]] = {
        "BYDAY": _weekdays,
        "BYMONTHDAY": lambda value: _numbers("BYMONTHDAY", value, 1, 31, signed=True),
        "BYMONTH": lambda value: _numbers("BYMONTH", value, 1, 12),
        "BYSETPOS": lambda value: _numbers("BYSETPOS", value, 1, 366, signed=True),
        "WKST": lambda value: _weekday_number("WKST", value),
        "INTERVAL": lambda value: _number("INTERVAL", value, 1, MAX_INTERVAL),
        "COUNT": lambda value: _number("COUNT", value, 1, MAX_COUNT),
        "UNTIL": lambda value: _until(value, zone),
    }
    names = {"BYDAY": "weekdays", "BYMONTHDAY": "month_days", "BYMONTH": "months", "BYSETPOS": "positions"}
    names |= {"WKST": "week_start", "INTERVAL": "interval", "COUNT": "count", "UNTIL": "until"}
    times = _times(parts)
    fields = {}
    for name, value in parts.items():
        if name not in known:
            raise Impossible("rrule_part", part=name[:40], hint="hint_unknown")
        fields[names[name]] = known[name](value)
    if "until" in fields and "count" in fields:
        raise Impossible("rrule_part", part="COUNT", hint="hint_until")
    rule = replace(CalendarRule(frequency, times=times), **fields)  # type: ignore[arg-type]  # the readers above give what the names are for
    return _simplified(rule)


def _simplified(rule: CalendarRule) -> CalendarRule:
    """The same days, with filters only where a search passes over the gaps between them quickly.

    RFC 5545 lets DAILY and WEEKLY rules be narrowed by BYDAY, BYMONTHDAY and BYMONTH; with an interval of one they are
    monthly rules.
    """
    nths = any(nth for nth, _weekday in rule.weekdays)
    if nths and (rule.frequency in {"daily", "weekly"} or (rule.frequency == "yearly" and rule.month_days)):
        raise Impossible("rrule_part", part="BYDAY", hint="hint_nth")
    if rule.frequency == "weekly" and rule.month_days:
        raise Impossible("rrule_part", part="BYMONTHDAY", hint="hint_weekly")
    if rule.frequency not in {"daily", "weekly"}:
        return rule
    if rule.positions:
        raise Impossible("rrule_part", part="BYSETPOS", hint="hint_positions")
    narrowed = rule.months or rule.month_days or (rule.frequency == "daily" and rule.weekdays)
    if not narrowed:
        return rule
    if rule.interval != 1:
        raise Impossible("rrule_part", part="INTERVAL", hint="hint_narrowed")
    if rule.frequency == "daily" and rule.weekdays and not rule.months and not rule.month_days:
        return replace(rule, frequency="weekly")
    if rule.month_days or rule.weekdays:
        return replace(rule, frequency="monthly")
    if rule.frequency == "weekly":
        raise Impossible("rrule_part", part="BYMONTH", hint="hint_weekly_months")
    return replace(rule, frequency="monthly", month_days=tuple(range(1, 32)))


def _times(parts: dict[str, str]) -> tuple[time, ...]:
    """The times of BYHOUR, BYMINUTE and BYSECOND, every one with every one; empty without them."""
    hours = parts.pop("BYHOUR", None)
    minutes, seconds = parts.pop("BYMINUTE", None), parts.pop("BYSECOND", None)
    if hours is None:
        if minutes is not None or seconds is not None:
            raise Impossible("rrule_part", part="BYMINUTE", hint="hint_hour")
        return ()
    lists = (
        _numbers("BYHOUR", hours, 0, 23),
        _numbers("BYMINUTE", minutes or "0", 0, 59),
        _numbers("BYSECOND", seconds or "0", 0, 59),
    )
    if len(lists[0]) * len(lists[1]) * len(lists[2]) > _MAX_TIMES:
        raise Impossible("rrule_part", part="BYHOUR", hint="hint_times")
    return tuple(sorted({time(*each) for each in product(*lists)}))


def _number(name: str, value: str, low: int, high: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", value) or not low <= int(value) <= high:
        raise Impossible("rrule_value", part=name, value=value[:20])
    return int(value)


def _numbers(name: str, value: str, low: int, high: int, *, signed: bool = False) -> tuple[int, ...]:
    found = set()
    for piece in value.split(","):
        negative = signed and piece.startswith("-")
        number = _number(name, piece.removeprefix("-" if negative else "+"), low, high)
        found.add(-number if negative else number)
    return tuple(sorted(found))


def _weekday_number(name: str, value: str) -> int:
    if value not in DAYS:
        raise Impossible("rrule_value", part=name, value=value[:20])
    return DAYS.index(value)


def _weekdays(value: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for piece in value.split(","):
        match = _WEEKDAY.fullmatch(piece)
        if match is None or (match.group(1) is not None and not 1 <= abs(int(match.group(1))) <= 53):
            raise Impossible("rrule_value", part="BYDAY", value=piece[:20])
        found.add((int(match.group(1) or 0), DAYS.index(match.group(2))))
    return tuple(sorted(found))


def _until(value: str, zone: ZoneInfo) -> datetime:
    wall = _wall("UNTIL", value, zone)
    return wall if "T" in value else datetime.combine(wall.date(), time(23, 59, 59))


def _wall(name: str, value: str, zone: ZoneInfo) -> datetime:
    match = _STAMP.fullmatch(value)
    if match is None:
        raise Impossible("rrule_value", part=name, value=value[:20])
    try:
        year, month, day, *clock = (int(piece or 0) for piece in match.groups()[:6])
        wall = datetime(year, month, day, *clock)  # type: ignore[arg-type]  # noqa: DTZ001 - a wall time is naive, and the three numbers left are its clock
        if match.group(7):
            wall = wall.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    except (ValueError, OverflowError):
        raise Impossible("rrule_value", part=name, value=value[:20]) from None
    if not 1970 <= wall.year <= 2999:
        raise Impossible("too_far")
    return wall


def _zone(text: str) -> ZoneInfo:
    zone = zone_named(text.casefold(), bracketed=True)
    if not isinstance(zone, ZoneInfo):
        raise Impossible("unknown_zone", text=text[:40])
    return zone


def write_rule(rule: CalendarRule, *, times: bool = True) -> str | None:
    """The rule as text; ``None`` where RFC 5545 cannot say it in one rule.

    Args:
        rule: the rule.
        times: whether to write its times of day, which a DTSTART may carry instead.
    """
    days, positions = rule.month_days, rule.positions
    if rule.short_months == "last" and any(day > 28 for day in days):
        if len(days) > 1 or len(rule.times) > 1 or positions:
            return None
        days, positions = tuple(range(28, days[0] + 1)), (-1,)
    parts = [f"FREQ={rule.frequency.upper()}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.week_start:
        parts.append(f"WKST={DAYS[rule.week_start]}")
    lists = {
        "BYMONTH": [str(month) for month in rule.months],
        "BYMONTHDAY": [str(day) for day in days],
        "BYDAY": [f"{nth or ''}{DAYS[weekday]}" for nth, weekday in rule.weekdays],
        "BYSETPOS": [str(position) for position in positions],
    }
    if times:
        clocks = [sorted({getattr(each, unit) for each in rule.times}) for unit in ("hour", "minute", "second")]
        if len(clocks[0]) * len(clocks[1]) * len(clocks[2]) != len(rule.times):
            return None
        lists |= {
            name: list(map(str, each)) for name, each in zip(("BYHOUR", "BYMINUTE", "BYSECOND"), clocks, strict=True)
        }
    parts += [f"{name}={','.join(values)}" for name, values in lists.items() if values]
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%dT%H%M%S}")
    return ";".join(parts)
