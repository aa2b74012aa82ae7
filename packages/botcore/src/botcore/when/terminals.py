"""What can be read without knowing a language: numbers, clock times, numeric dates, offsets and zones.

A terminal is a function from one token to its value, or ``None`` where the token is nothing of that kind. The same
token may be read by several: ``17.30`` is a time in one place and no date in any.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from botcore.when.times import TimeOfDay
from botcore.when.tokens import Kind, Token
from botcore.when.zones import FixedOffset, zone_named

FIRST_YEAR, LAST_YEAR = 1970, 2999

_MAX_DIGITS = 9


def _number(token: Token) -> int | None:
    return int(token.text) if token.kind is Kind.DIGITS and len(token.text) <= _MAX_DIGITS else None


def _within(low: int, high: int, digits: int) -> Callable[[Token], int | None]:
    def read(token: Token) -> int | None:
        number = _number(token)
        return number if number is not None and len(token.text) <= digits and low <= number <= high else None

    return read


def _decimal(mark: Kind) -> Callable[[Token], Fraction | None]:
    def read(token: Token) -> Fraction | None:
        if token.kind is not mark:
            return None
        whole, *parts = re.split(r"[.,]", token.text)
        if len(parts) != 1 or not parts[0]:
            return None
        return Fraction(f"{whole}.{parts[0]}")

    return read


def _clock(kind: Kind) -> Callable[[Token], TimeOfDay | None]:
    def read(token: Token) -> TimeOfDay | None:
        if token.kind is not kind:
            return None
        parts = re.split(r"[.:]", token.text)
        if any(len(part) != 2 for part in parts[1:]) or len(parts[0]) > 2 or len(parts) > 3:
            return None
        hour, minute, second = (*map(int, parts), 0)[:3]
        if hour == 24 and minute == second == 0:
            return TimeOfDay(24)
        return TimeOfDay(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None

    return read


def _numeric(kind: Kind, mark: str) -> Callable[[Token], tuple[str, ...] | None]:
    def read(token: Token) -> tuple[str, ...] | None:
        if token.kind is not kind:
            return None
        parts = tuple(token.text.rstrip(mark).split(mark))
        lengths = {len(part) for part in parts}
        if 3 in lengths or len(parts) > 3 or (len(parts) == 2 and lengths - {1, 2}):
            return None
        return parts

    return read


def _stamp(token: Token) -> datetime | None:
    if token.kind is not Kind.STAMP:
        return None
    seconds = int(token.text.strip("<>").split(":")[1])
    try:
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)  # refused later, as too far away


_OFFSET = re.compile(r"(?:utc|gmt)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?(?::?([0-9]{2}))?")


def _offset(token: Token) -> FixedOffset | None:
    match = _OFFSET.fullmatch(token.text) if token.kind is Kind.OFFSET else None
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0))
    if size > timedelta(hours=14) or int(minutes or 0) > 59:
        return None
    return FixedOffset(-size if sign == "-" else size, token.written)


def _zone(token: Token) -> Any:
    return zone_named(token.text) if token.kind in {Kind.ZONE, Kind.WORD} else None


def _bracketed(token: Token) -> Any:
    return zone_named(token.text, bracketed=True) if token.kind in {Kind.ZONE, Kind.WORD, Kind.OFFSET} else None


TERMINALS: dict[str, Callable[[Token], Any]] = {
    "number": _number,
    "day_number": _within(1, 31, 2),
    "hour": _within(0, 24, 2),
    "minute": _within(0, 59, 2),
    "year": _within(FIRST_YEAR, LAST_YEAR, 4),
    "decimal_point": _decimal(Kind.DOTTED),
    "decimal_comma": _decimal(Kind.COMMA),
    "clock": _clock(Kind.CLOCK),
    "dotted_clock": _clock(Kind.DOTTED),
    "iso_date": _numeric(Kind.ISO, "-"),
    "slash_date": _numeric(Kind.SLASH, "/"),
    "dotted_date": _numeric(Kind.DOTTED, "."),
    "stamp": _stamp,
    "offset": _offset,
    "zone": _zone,
    "bracketed_zone": _bracketed,
}
