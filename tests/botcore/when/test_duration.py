"""Lengths of time: what they are, what they say, and where they lead on the calendar."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from botcore.when import Duration, NotUnderstood

DAY, WEEK = 1, 7


@pytest.mark.parametrize(
    ("language", "text", "months", "days", "seconds"),
    [
        ("en", "2h30m", 0, 0, 9000),
        ("en", "2h 30m", 0, 0, 9000),
        ("en", "2h30", 0, 0, 9000),
        ("en", "2 hours and 30 minutes", 0, 0, 9000),
        ("en", "90 min", 0, 0, 5400),
        ("en", "90s", 0, 0, 90),
        ("en", "for 20 minutes", 0, 0, 1200),
        ("en", "an hour", 0, 0, 3600),
        ("en", "an hour and a half", 0, 0, 5400),
        ("en", "half an hour", 0, 0, 1800),
        ("en", "a quarter of an hour", 0, 0, 900),
        ("en", "three quarters of an hour", 0, 0, 2700),
        ("en", "two and a half hours", 0, 0, 9000),
        ("en", "1.5 hours", 0, 0, 5400),
        ("en", "1 week 2 days", 0, 9, 0),
        ("en", "1w2d3h", 0, 9, 10800),
        ("en", "2 fortnights", 0, 28, 0),
        ("en", "half a day", 0, 0, 43200),
        ("en", "1.5 days", 0, 1, 43200),
        ("en", "1 month", 1, 0, 0),
        ("en", "a year and 2 months", 14, 0, 0),
        ("en", "a quarter", 3, 0, 0),
        ("de", "2 Stunden und 30 Minuten", 0, 0, 9000),
        ("de", "anderthalb Stunden", 0, 0, 5400),
        ("de", "zweieinhalb Stunden", 0, 0, 9000),
        ("de", "eine halbe Stunde", 0, 0, 1800),
        ("de", "eine Dreiviertelstunde", 0, 0, 2700),
        ("de", "1,5 Tage", 0, 1, 43200),
        ("de", "1 Woche 2 Tage", 0, 9, 0),
        ("de", "ein Jahr", 12, 0, 0),
        ("de", "an hour", 0, 0, 3600),
    ],
)
def test_what_a_length_is(language: str, text: str, months: int, days: int, seconds: int):
    """Months and days belong to the calendar, the rest elapses."""
    assert Duration.read(text, language=language) == Duration(months, days, seconds)


@pytest.mark.parametrize(
    ("duration", "english", "german"),
    [
        (Duration(seconds=9000), "2 hours 30 minutes", "2 Stunden 30 Minuten"),
        (Duration(seconds=1), "1 second", "1 Sekunde"),
        (Duration(days=9), "1 week 2 days", "1 Woche 2 Tage"),
        (Duration(months=14), "1 year 2 months", "1 Jahr 2 Monate"),
        (Duration(months=1, days=1, seconds=86_400), "1 month 1 day 24 hours", "1 Monat 1 Tag 24 Stunden"),
    ],
)
def test_it_says_itself_back(duration: Duration, english: str, german: str):
    """Twenty-four hours stay hours: a day is another thing when the clocks change."""
    assert (duration.words("en"), duration.words("de")) == (english, german)
    assert Duration.read(english) == Duration.read(german, language="de") == duration


def test_elapsed_time_is_known_without_months_only():
    """A month has no fixed length."""
    assert Duration(days=1, seconds=60).elapsed == timedelta(days=1, minutes=1)
    assert Duration(months=1).elapsed is None


def test_a_day_keeps_the_time_of_day_and_24_hours_do_not():
    """Over the night in which Berlin moves its clocks forward."""
    berlin = ZoneInfo("Europe/Berlin")
    noon = datetime(2027, 3, 27, 12, tzinfo=berlin)
    assert Duration(days=1).after(noon, berlin).astimezone(berlin).hour == 12
    assert Duration(seconds=86_400).after(noon, berlin).astimezone(berlin).hour == 13


def test_a_month_from_a_day_that_the_next_one_lacks_ends_on_its_last():
    """31 January and a month is 28 February."""
    moment = datetime(2027, 1, 31, 9, tzinfo=UTC)
    assert Duration(months=1).after(moment, ZoneInfo("UTC")) == datetime(2027, 2, 28, 9, tzinfo=UTC)


def test_beyond_the_calendar_is_refused():
    """With a sentence, not an overflow."""
    with pytest.raises(NotUnderstood, match="too far away"):
        Duration(months=12_000).after(datetime(2900, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))


def test_it_survives_storage():
    """A payload is plain JSON."""
    duration = Duration.read("1 week 2 hours")
    assert Duration.from_payload(json.loads(json.dumps(duration.to_payload()))) == duration
