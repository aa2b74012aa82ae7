"""`Timezone`: a time zone that somebody typed, by its own name, by a city or by a country."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo

from botcore.when.errors import Impossible
from botcore.when.language import language_for
from botcore.when.saying import offset_words
from botcore.when.situation import utc
from botcore.when.understanding import impossible
from botcore.when.zones import places, zone_keys

MAX_FOUND = 25

_MAX_CHARACTERS = 100
_REGIONS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica", "Arctic")

#: Shown before anything is typed: one city for most of the offsets in which people live.
_POPULAR = (
    *("Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Athens", "Europe/Istanbul", "Europe/Moscow"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo"),
    *("America/Argentina/Buenos_Aires", "America/Mexico_City", "America/Bogota", "America/Toronto"),
    *("Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Jakarta", "Asia/Shanghai", "Asia/Tokyo"),
    *("Australia/Sydney", "Pacific/Auckland", "Africa/Johannesburg", "UTC"),
)


@dataclass(frozen=True, slots=True)
class Timezone:
    """A time zone.

    Args:
        zone: the zone.
        name: the city or country by which it was found, or its own city.
    """

    zone: ZoneInfo
    name: str = field(default="", compare=False)

    @classmethod
    def read(cls, text: str, *, language: str = "en") -> Self:
        """Read ``Europe/Berlin``, ``munich``, ``New York`` or ``UTC``; upper and lower case and accents do not matter.

        An abbreviation such as EST is refused: it is an offset, which is right in half of the year.

        Raises:
            NotUnderstood: with the nearest name that is known.
        """
        own = language_for(language)
        abbreviation = places()["abbreviations"].get(text.strip().casefold())
        if abbreviation is not None:
            raise impossible(Impossible("abbreviation_zone", written=text.strip().upper(), place=abbreviation[1]), own)
        found = _names().get(_plain(text)) if len(text) <= _MAX_CHARACTERS else None
        if found is not None:
            name, key = found
            return cls(ZoneInfo(key), name)
        near = get_close_matches(_plain(text[:_MAX_CHARACTERS]), _names(), 1, 0.75) if len(text) <= 30 else []
        if near:
            name, key = _names()[near[0]]
            raise impossible(Impossible("near_zone", text=text, name=name, key=key), own)
        raise impossible(Impossible("unknown_zone", text=text[:_MAX_CHARACTERS]), own)

    @classmethod
    def search(cls, typed: str, limit: int = MAX_FOUND) -> list[Self]:
        """The zones with a name that begins with what was typed, then those with a word that does, each zone once."""
        plain = _plain(typed[:_MAX_CHARACTERS])
        if not plain:
            return [cls(ZoneInfo(key), _city(key)) for key in _POPULAR[:limit]]
        found: dict[str, str] = {}
        for name, key in _matching(plain):
            found.setdefault(key, name)
            if len(found) == limit:
                break
        return [cls(ZoneInfo(key), name) for key, name in found.items()]

    def words(self, at: datetime) -> str:
        """``Munich (Europe/Berlin, UTC+01:00), now 14:05``: the name and the clocks there at a moment (aware)."""
        there = utc(at).astimezone(self.zone)
        offset = there.utcoffset()
        shown = "" if offset is None else f", {offset_words(offset)}"
        name = self.name or _city(self.zone.key)
        return f"{name} ({self.zone.key}{shown}), {there:%H:%M}"


def _matching(plain: str) -> Iterable[tuple[str, str]]:
    names = _names()
    abbreviation = places()["abbreviations"].get(plain)
    if abbreviation is not None:
        yield _city(abbreviation[1]), abbreviation[1]
    if plain in names:
        yield names[plain]
    for begins in (True, False):
        for spelled, found in names.items():
            if spelled.startswith(plain) if begins else f" {plain}" in spelled.replace("/", " "):
                yield found


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Every name in plain letters, with how it is written and the key of its zone; well-known ones first."""
    keys = zone_keys().values()
    found: dict[str, tuple[str, str]] = {}
    cities = places()["cities"]
    by_use = sorted(keys, key=lambda key: (key not in cities, key.partition("/")[0] not in _REGIONS, key))
    for key in by_use:
        if "/" in key and key.partition("/")[0] in _REGIONS:
            found.setdefault(_plain(_city(key)), (_city(key), key))
    for key, names in cities.items():
        for name in names:
            found[_plain(name)] = (name, key)
    for key in by_use:
        found.setdefault(_plain(key), (key, key))
    return found


def _city(key: str) -> str:
    return key.rpartition("/")[2].replace("_", " ")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    return " ".join("".join(each for each in decomposed if not unicodedata.combining(each)).split())
