"""What belongs to a moment beside its instant: notes, habits, words, timestamps, payloads."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from botcore.when import NoteKind, When

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Berlin


def read(text: str, **circumstances: Any) -> When:
    return When.read(text, **{"at": NOW, "zone": BERLIN, **circumstances})


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("friday", NoteKind.DEFAULT_TIME, "No time of day was given, so it is 09:00."),
        ("end of month", NoteKind.DEFAULT_TIME, "No time of day was given, so it is 23:59."),
        ("today at 5", NoteKind.PAST, "That is already past."),
        ("yesterday at noon", NoteKind.PAST, "That is already past."),
        ("28 march 2027 2:30", NoteKind.GAP, "the clocks skip 02:30, so it is 03:30"),
        ("31 october 2027 2:30", NoteKind.FOLD, "the clocks show 02:30 twice; it is the first time"),
        ("3/4 at 9", NoteKind.DATE_ORDER, "Read as day 3 of month 4."),
        ("12/31 at 9", NoteKind.DATE_ORDER, "Read as day 31 of month 12."),
        ("next friday at 9", NoteKind.NEXT_WEEKDAY, "next week: Friday 4 December 2026"),
        ("friday at midnight", NoteKind.MIDNIGHT, "Midnight at the start of Friday 27 November 2026."),
        ("in 3 business days", NoteKind.BUSINESS_DAYS, "holidays are not known"),
        ("friday 9am EST", NoteKind.ABBREVIATION, "EST is always UTC-05:00, summer and winter"),
    ],
)
def test_what_could_be_meant_otherwise_is_noted(text: str, kind: NoteKind, sentence: str):
    """A reading says which rule it followed, as a sentence for the person."""
    when = read(text)
    (note,) = (note for note in when.notes if note.kind is kind)
    assert sentence in note.text
    assert when.noted(kind)


@pytest.mark.parametrize(
    "text", ["tomorrow at 9", "in 2 hours", "24 december 2026 18:00", "31/12/2026 23:59", "5/5 at 9"]
)
def test_what_is_clear_has_no_note(text: str):
    """Notes are for what deserves a second look."""
    assert read(text).notes == ()


@pytest.mark.parametrize(
    ("order", "text", "expected"),
    [
        ("dmy", "3/4/2027 12:00", (2027, 4, 3)),
        ("mdy", "3/4/2027 12:00", (2027, 3, 4)),
        ("ymd", "27/3/4 12:00", (2027, 3, 4)),
        ("ymd", "3/4 12:00", (2027, 3, 4)),
        ("mdy", "3.4.2027 12:00", (2027, 4, 3)),
        ("mdy", "2027-04-03 12:00", (2027, 4, 3)),
        ("mdy", "2027/04/03 12:00", (2027, 4, 3)),
    ],
)
def test_the_date_order_is_the_persons(order: Any, text: str, expected: tuple[int, int, int]):
    """Only slashes are written in different orders; dots put the day first, and a year in front says it all."""
    wall = read(text, date_order=order).wall
    assert (wall.year, wall.month, wall.day) == expected


@pytest.mark.parametrize(
    ("week_start", "day"), [("monday", 30), ("saturday", 30), ("sunday", 30)], ids=["monday", "saturday", "sunday"]
)
def test_next_week_begins_where_the_persons_weeks_begin(week_start: Any, day: int):
    """On a Monday, next Monday is a week away wherever weeks begin."""
    assert read("next monday at 9", week_start=week_start).wall.day == day


@pytest.mark.parametrize(("week_start", "day"), [("monday", 6), ("saturday", 29), ("sunday", 29)])
def test_next_sunday_depends_on_it(week_start: Any, day: int):
    """Where weeks begin on Sunday or Saturday, next week's Sunday is the one after this Saturday."""
    assert read("next sunday at 9", week_start=week_start).wall.day == day


def test_a_date_without_a_time_says_so():
    """A calendar makes an all-day event of it."""
    assert not read("friday").time_given
    assert read("friday at 9").time_given
    assert read("in 3 days").time_given


def test_a_zone_in_the_phrase_is_kept():
    """It is shown in the zone that was named; an offset or an abbreviation is no place, so there it is the person's."""
    assert read("tomorrow at 9 America/New_York").zone == ZoneInfo("America/New_York")
    assert read("tomorrow at 9 utc").zone == ZoneInfo("UTC")
    assert read("tomorrow at 9 EST").zone == BERLIN
    assert read("tomorrow at 9 EST").wall == datetime(2026, 11, 24, 15)  # noqa: DTZ001 - a wall time


def test_it_says_itself_back():
    """In words of both languages, from where one stands, and as Discord's timestamps."""
    when = read("friday 17:30")
    assert when.words() == "Friday 27 November 2026, 17:30 (Europe/Berlin)"
    assert when.words("de") == "Freitag, 27. November 2026, 17:30 Uhr (Europe/Berlin)"
    assert when.described(NOW) == "Friday 27 November 2026, 17:30 (Europe/Berlin), in 4 days"
    assert when.described(NOW, "de") == "Freitag, 27. November 2026, 17:30 Uhr (Europe/Berlin), in 4 Tagen"
    assert when.timestamp() == f"<t:{int(when.instant.timestamp())}:F>"
    assert when.timestamp("R") == f"<t:{int(when.instant.timestamp())}:R>"


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("now", "now"),
        ("in 30 seconds", "in 30 seconds"),
        ("in 1 minute", "in 1 minute"),
        ("in 2h30m", "in 2 hours 30 minutes"),
        ("in 23 hours", "in 23 hours"),
        ("tomorrow at 23:59", "in 1 day"),
        ("in 59 days", "in 59 days"),
        ("in 6 months", "in 6 months"),
        ("in 3 years", "in 3 years"),
        ("2 days ago", "2 days ago"),
    ],
)
def test_how_far_away_it_is(text: str, relative: str):
    """Hours and minutes up to a day, then days of the calendar, then months and years."""
    assert read(text).relative(NOW) == relative


def test_words_tell_the_two_times_of_a_repeated_hour_apart():
    """Where the clocks show a time twice, the offset stands beside the zone, and is read back."""
    first = read(f"<t:{int(datetime(2027, 10, 31, 0, 30, tzinfo=UTC).timestamp())}>")
    second = read(f"<t:{int(datetime(2027, 10, 31, 1, 30, tzinfo=UTC).timestamp())}>")
    assert first.words() == "Sunday 31 October 2027, 02:30 (Europe/Berlin, UTC+02:00)"
    assert second.words() == "Sunday 31 October 2027, 02:30 (Europe/Berlin, UTC+01:00)"
    assert [read(when.words()) for when in (first, second)] == [first, second]


def test_it_is_read_in_the_persons_language_and_in_english():
    """A locale may name a country; a language that is not there is English."""
    expected = read("tomorrow at 9").instant
    for language, text in [
        ("de", "morgen um 9"),
        ("de-AT", "morgen um 9"),
        ("de", "tomorrow at 9"),
        ("xx", "tomorrow at 9"),
    ]:
        assert read(text, language=language).instant == expected


def test_it_survives_storage():
    """A payload is plain JSON and says the same moment, zone and text."""
    when = read("friday 17:30")
    stored = When.from_payload(json.loads(json.dumps(when.to_payload())))
    assert stored == when
    assert stored.text == "friday 17:30"


def test_a_naive_present_is_refused():
    """The present comes from the clock, which is never naive."""
    with pytest.raises(ValueError, match="tzinfo=UTC"):
        read("tomorrow", at=datetime(2026, 11, 23))  # noqa: DTZ001 - that is what is refused
