"""Time zones by name: IANA keys, fixed offsets, and the abbreviations that only seem to be zones.

The keys come from the `tzdata` distribution's own list, so that every machine knows the same ones.
"""

import tomllib
from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class FixedOffset:
    """A distance from UTC that somebody typed; it is no place, so it has no summer time.

    Args:
        offset: the distance, east is positive.
        written: how it was typed.
        place: for an abbreviation, a zone that keeps the clocks that people there see.
    """

    offset: timedelta
    written: str
    place: str | None = None

    @property
    def tzinfo(self) -> tzinfo:
        """The offset as Python has it."""
        return timezone(self.offset)


@cache
def zone_keys() -> dict[str, str]:
    """Every IANA key by its case-folded form."""
    lines = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {line.casefold(): line for line in lines if line != "Factory"}


@cache
def places() -> dict[str, dict[str, list[Any]]]:
    """The tables of ``places.toml``: further cities, and abbreviations."""
    return tomllib.loads(files(__package__).joinpath("places.toml").read_text(encoding="utf-8"))


def zone_named(text: str, *, bracketed: bool = False) -> ZoneInfo | FixedOffset | None:
    """Read a zone out of one word.

    Args:
        text: case folded.
        bracketed: whether it stands in brackets, as in what this package prints; then any IANA key is one, and outside
            only those with a slash in them, UTC and the abbreviations.
    """
    if text in {"utc", "gmt", "z", "zulu"} and not bracketed:
        return ZoneInfo("UTC")
    abbreviations = places()["abbreviations"]
    if not bracketed and text in abbreviations:
        minutes, place = abbreviations[text]
        return FixedOffset(timedelta(minutes=minutes), text.upper(), place)
    key = zone_keys().get(text)
    return ZoneInfo(key) if key is not None and (bracketed or "/" in key) else None
