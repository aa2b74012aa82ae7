"""Time zones, as people name them."""

import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from botcore.when import Timezone
from botcore.when.zones import zone_keys

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("munchen", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("são paulo", "America/Sao_Paulo"),
        ("Mumbai", "Asia/Kolkata"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Wien", "Europe/Vienna"),
        ("Japan", "Japan"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_by_any_of_its_names(text: str, key: str):
    """Its key, its city, another city, another language; case and accents do not matter."""
    assert Timezone.read(text) == Timezone(ZoneInfo(key))


def test_a_choice_shows_the_clocks_there():
    """The name by which it was found, the zone, and the time there."""
    assert Timezone.read("munich").words(NOW) == "Munich (Europe/Berlin, UTC+01:00), 10:00"
    assert Timezone.read("mumbai").words(NOW) == "Mumbai (Asia/Kolkata, UTC+05:30), 14:30"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mun", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("york", "America/New_York"),
        ("lond", "Europe/London"),
        ("est", "America/New_York"),
    ],
)
def test_what_was_typed_so_far_finds_zones(typed: str, first: str):
    """Names that begin with it come first; an abbreviation finds the place whose clocks are meant."""
    assert Timezone.search(typed)[0].zone.key == first


@pytest.mark.parametrize("typed", ["", "a", "america", "e"])
def test_a_search_finds_at_most_25(typed: str):
    """As many as Discord shows, and no zone twice."""
    found = [each.zone.key for each in Timezone.search(typed)]
    assert len(found) == len(set(found)) == 25


def test_nothing_that_fits_finds_nothing():
    """However long it is."""
    assert Timezone.search("xyzzy") == []
    assert Timezone.search("b" * 5000) == []


def test_every_place_is_a_zone():
    """The tables of cities and abbreviations hold only keys that exist."""
    places = tomllib.loads(files("botcore.when").joinpath("places.toml").read_text(encoding="utf-8"))
    keys = set(zone_keys().values())
    assert set(places["cities"]) <= keys
    for minutes, place in places["abbreviations"].values():
        assert -720 <= minutes <= 840
        assert place in keys


def test_every_key_is_read():
    """Each IANA key names itself, or is an abbreviation, which is no place."""
    places = tomllib.loads(files("botcore.when").joinpath("places.toml").read_text(encoding="utf-8"))
    for folded, key in zone_keys().items():
        if folded not in places["abbreviations"]:
            assert ZoneInfo(key).key == key
            assert Timezone.read(key).zone.utcoffset(NOW) is not None
