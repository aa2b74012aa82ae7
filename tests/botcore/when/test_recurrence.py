"""What repeats: when it happens next, what it says, and what the clocks do to it."""

import itertools
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from botcore.when import NoteKind, Recurrence

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Berlin
BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, at: datetime = NOW, zone: ZoneInfo = BERLIN, **habits: Any) -> Recurrence:
    return Recurrence.read(text, at, zone, **habits)


def next_times(recurrence: Recurrence, count: int, after: datetime = NOW) -> list[str]:
    occurrences = itertools.islice(recurrence.occurrences(after), count)
    return [f"{each.instant.astimezone(recurrence.zone):%Y-%m-%d %H:%M}" for each in occurrences]


@pytest.mark.parametrize(
    ("text", "words", "times"),
    [
        ("every day at 9", "every day at 09:00", ["2026-11-24 09:00", "2026-11-25 09:00"]),
        ("daily at 11", "every day at 11:00", ["2026-11-23 11:00", "2026-11-24 11:00"]),
        ("at 9 every day", "every day at 09:00", ["2026-11-24 09:00"]),
        ("every morning", "every day at 09:00", ["2026-11-24 09:00"]),
        ("every evening at 8", "every day at 20:00", ["2026-11-23 20:00"]),
        ("every day at 9 and 17:30", "every day at 09:00 and 17:30", ["2026-11-23 17:30", "2026-11-24 09:00"]),
        (
            "every 3 days at 9",
            "every 3 days at 09:00, from Tuesday 24 November 2026",
            ["2026-11-24 09:00", "2026-11-27 09:00"],
        ),
        (
            "every other day at 9",
            "every 2 days at 09:00, from Tuesday 24 November 2026",
            ["2026-11-24 09:00", "2026-11-26 09:00"],
        ),
        (
            "weekdays at 8:30",
            "on weekdays at 08:30",
            ["2026-11-24 08:30", "2026-11-25 08:30", "2026-11-26 08:30", "2026-11-27 08:30", "2026-11-30 08:30"],
        ),
        ("monday to friday at 8:30", "on weekdays at 08:30", ["2026-11-24 08:30"]),
        (
            "every weekend at 10",
            "every Saturday and Sunday at 10:00",
            ["2026-11-28 10:00", "2026-11-29 10:00", "2026-12-05 10:00"],
        ),
        ("every monday at 9", "every Monday at 09:00", ["2026-11-30 09:00", "2026-12-07 09:00"]),
        ("mondays and thursdays at 7", "every Monday and Thursday at 07:00", ["2026-11-26 07:00", "2026-11-30 07:00"]),
        (
            "every monday, wednesday and friday at 11",
            "every Monday, Wednesday and Friday at 11:00",
            ["2026-11-23 11:00", "2026-11-25 11:00"],
        ),
        ("weekly on friday at 17:00", "every Friday at 17:00", ["2026-11-27 17:00"]),
        ("every week at 11", "every Monday at 11:00", ["2026-11-23 11:00", "2026-11-30 11:00"]),
        (
            "every 2 weeks on monday at 9",
            "every 2 weeks on Monday at 09:00, from Monday 30 November 2026",
            ["2026-11-30 09:00", "2026-12-14 09:00"],
        ),
        (
            "every other tuesday at 9",
            "every 2 weeks on Tuesday at 09:00, from Tuesday 24 November 2026",
            ["2026-11-24 09:00", "2026-12-08 09:00"],
        ),
        (
            "fortnightly on friday at 9",
            "every 2 weeks on Friday at 09:00, from Friday 27 November 2026",
            ["2026-11-27 09:00", "2026-12-11 09:00"],
        ),
        ("every 2nd tuesday at 9", "every month on the 2nd Tuesday at 09:00", ["2026-12-08 09:00", "2027-01-12 09:00"]),
        (
            "every first monday of the month at 9",
            "every month on the 1st Monday at 09:00",
            ["2026-12-07 09:00", "2027-01-04 09:00"],
        ),
        (
            "monthly on the last friday at 17:00",
            "every month on the last Friday at 17:00",
            ["2026-11-27 17:00", "2026-12-25 17:00"],
        ),
        ("the last friday of every month at 17:00", "every month on the last Friday at 17:00", ["2026-11-27 17:00"]),
        ("every 5th monday at 9", "every month on the 5th Monday at 09:00", ["2026-11-30 09:00", "2027-03-29 09:00"]),
        (
            "monthly on the 1st and 15th at noon",
            "every month on the 1st and 15th at 12:00",
            ["2026-12-01 12:00", "2026-12-15 12:00"],
        ),
        (
            "every month on the last day at 18:00",
            "every month on the last day at 18:00",
            ["2026-11-30 18:00", "2026-12-31 18:00"],
        ),
        (
            "every 3 months on the 1st at 9",
            "every 3 months on the 1st at 09:00, from Tuesday 1 December 2026",
            ["2026-12-01 09:00", "2027-03-01 09:00"],
        ),
        (
            "every year on 24 december at 18:00",
            "every year on 24 December at 18:00",
            ["2026-12-24 18:00", "2027-12-24 18:00"],
        ),
        ("every december 24th at 18:00", "every year on 24 December at 18:00", ["2026-12-24 18:00"]),
        (
            "every last friday of november at 9",
            "every year on the last Friday of November at 09:00",
            ["2026-11-27 09:00", "2027-11-26 09:00"],
        ),
        (
            "every day at 9 until 25 november",
            "every day at 09:00, until Wednesday 25 November 2026",
            ["2026-11-24 09:00", "2026-11-25 09:00"],
        ),
        (
            "every friday at 9, 2 times",
            "every Friday at 09:00, from Friday 27 November 2026, 2 times",
            ["2026-11-27 09:00", "2026-12-04 09:00"],
        ),
        (
            "every friday at 9 from 10 december",
            "every Friday at 09:00, from Friday 11 December 2026",
            ["2026-12-11 09:00", "2026-12-18 09:00"],
        ),
        (
            "every day at 9 for 1 week",
            "every day at 09:00, from Tuesday 24 November 2026, until Monday 30 November 2026",
            ["2026-11-24 09:00"],
        ),
        (
            "every day from monday at 8",
            "every day at 08:00, from Monday 30 November 2026",
            ["2026-11-30 08:00", "2026-12-01 08:00"],
        ),
        (
            "every 24 hours",
            "every 24 hours, from Tuesday 24 November 2026 10:00",
            ["2026-11-24 10:00", "2026-11-25 10:00"],
        ),
        ("hourly", "every hour, from Monday 23 November 2026 11:00", ["2026-11-23 11:00", "2026-11-23 12:00"]),
        (
            "every 90 minutes from tomorrow at 9",
            "every 1 hour 30 minutes, from Tuesday 24 November 2026 09:00",
            ["2026-11-24 09:00", "2026-11-24 10:30"],
        ),
        (
            "every half an hour, 2 times",
            "every 30 minutes, from Monday 23 November 2026 10:30, 2 times",
            ["2026-11-23 10:30", "2026-11-23 11:00"],
        ),
    ],
)
def test_what_repeats(text: str, words: str, times: list[str]):
    """In words that are read back, with its next times."""
    recurrence = read(text)
    assert recurrence.words() == f"{words} (Europe/Berlin)"
    assert next_times(recurrence, len(times)) == times
    assert read(recurrence.words()) == recurrence
    assert read(recurrence.words("de"), language="de") == recurrence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jeden Tag um 9", "jeden Tag um 09:00 Uhr"),
        ("werktags um 8:30", "werktags um 08:30 Uhr"),
        ("jeden Montag und Freitag um 9", "jeden Montag und Freitag um 09:00 Uhr"),
        ("alle 2 Wochen am Montag um 9", "alle 2 Wochen am Montag um 09:00 Uhr, ab Montag, 30. November 2026"),
        ("jeden 2. Dienstag um 9", "jeden Monat am 2. Dienstag um 09:00 Uhr"),
        (
            "monatlich am letzten Freitag um 9 bis Juni",
            "jeden Monat am letzten Freitag um 09:00 Uhr, bis Mittwoch, 30. Juni 2027",
        ),
        ("jeden 31. um 9", "jeden Monat am 31. (in kürzeren Monaten am letzten Tag) um 09:00 Uhr"),
        ("jedes Jahr am 24. Dezember um 18 Uhr", "jedes Jahr am 24. Dezember um 18:00 Uhr"),
        ("alle 24 Stunden", "alle 24 Stunden, ab Dienstag, 24. November 2026 10:00 Uhr"),
        ("stündlich", "jede Stunde, ab Montag, 23. November 2026 11:00 Uhr"),
    ],
)
def test_what_repeats_in_german(text: str, words: str):
    """The same in another language, from a file."""
    assert read(text, language="de").words() == f"{words} (Europe/Berlin)"


def test_until_june_includes_june():
    """And says so."""
    recurrence = read("monthly on the last friday at 9 until june")
    times = [each.wall.date() for each in recurrence.occurrences(NOW)]
    assert times[-1] == date(2027, 6, 25)
    assert len(times) == 8
    (note,) = (note for note in recurrence.notes if note.kind is NoteKind.UNTIL_MONTH)
    assert note.text == "The whole month is included, until Wednesday 30 June 2027."


def test_every_31st_is_the_last_day_of_a_shorter_month():
    """Unless somebody wants it left out; it says which, and that it is worth asking."""
    last = read("every 31st at 9")
    assert next_times(last, 4) == ["2026-11-30 09:00", "2026-12-31 09:00", "2027-01-31 09:00", "2027-02-28 09:00"]
    assert last.depends_on_short_months
    assert NoteKind.SHORT_MONTHS_LAST in {note.kind for note in last.notes}
    skipping = read("every 31st only at 9")
    assert next_times(skipping, 3) == ["2026-12-31 09:00", "2027-01-31 09:00", "2027-03-31 09:00"]
    assert last.with_short_months("skip") == skipping
    assert not read("every 28th at 9").depends_on_short_months


def test_every_29_february_is_the_28th_in_other_years():
    """Or only in leap years."""
    assert next_times(read("every 29 february at 9"), 2) == ["2027-02-28 09:00", "2028-02-29 09:00"]
    only = read("every year on 29 february only at 9")
    assert next_times(only, 2) == ["2028-02-29 09:00", "2032-02-29 09:00"]


def test_it_says_whether_the_time_of_day_or_the_distance_stays():
    """The two differ in the night in which the clocks change."""
    before = datetime(2027, 3, 27, 8, 0, tzinfo=UTC)  # 09:00 in Berlin, the day before
    daily, elapsed = read("every day at 9", before), read("every 24 hours", before)
    assert daily.keeps_wall_time
    assert not elapsed.keeps_wall_time
    assert next_times(daily, 2, before) == ["2027-03-28 09:00", "2027-03-29 09:00"]
    assert next_times(elapsed, 2, before) == ["2027-03-28 10:00", "2027-03-29 10:00"]
    assert [note.kind for note in daily.notes] == [NoteKind.WALL_CLOCK]
    assert [note.kind for note in elapsed.notes] == [NoteKind.ELAPSED]


def test_a_time_that_the_clocks_skip_happens_later_and_tells():
    """On that day only."""
    before = datetime(2027, 3, 26, 12, 0, tzinfo=UTC)
    recurrence = read("every day at 2:30", before)
    found = list(itertools.islice(recurrence.occurrences(before), 3))
    assert next_times(recurrence, 3, before) == ["2027-03-27 02:30", "2027-03-28 03:30", "2027-03-29 02:30"]
    assert [each.shifted for each in found] == [False, True, False]


def test_a_time_that_the_clocks_show_twice_happens_once():
    """The first of the two."""
    before = datetime(2027, 10, 30, 12, 0, tzinfo=UTC)
    found = list(itertools.islice(read("every day at 2:30", before).occurrences(before), 2))
    assert [each.instant for each in found] == [
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 11, 1, 1, 30, tzinfo=UTC),
    ]


def test_every_hour_happens_in_both_of_the_repeated_hours():
    """What elapses knows no clock on the wall."""
    before = datetime(2027, 10, 30, 23, 0, tzinfo=UTC)
    assert next_times(read("every hour", before), 4, before) == [
        "2027-10-31 02:00",
        "2027-10-31 02:00",
        "2027-10-31 03:00",
        "2027-10-31 04:00",
    ]


def test_after_is_after():
    """An occurrence is not its own successor, and a count ends."""
    recurrence = read("every friday at 9, 2 times")
    first = recurrence.after(NOW)
    assert first is not None
    second = recurrence.after(first)
    assert second is not None
    assert second > first
    assert recurrence.after(second) is None
    assert recurrence.after(datetime(2026, 1, 1, tzinfo=UTC)) == first


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("FREQ=DAILY;BYHOUR=9", ["2026-11-24 09:00", "2026-11-25 09:00"]),
        ("freq=daily;byhour=9,17", ["2026-11-23 17:00", "2026-11-24 09:00"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=9;BYMINUTE=30", ["2026-11-25 09:30", "2026-11-30 09:30"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9", ["2026-11-27 09:00", "2026-12-11 09:00"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;UNTIL=20261231T000000Z", ["2026-11-27 09:00", "2026-12-25 09:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9", ["2026-12-31 09:00", "2027-01-31 09:00", "2027-03-31 09:00"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=17",
            ["2026-11-30 17:00", "2026-12-31 17:00", "2027-01-29 17:00"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;BYHOUR=9", ["2027-08-13 09:00", "2028-10-13 09:00"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=9", ["2027-03-28 09:00", "2028-03-26 09:00"]),
        ("FREQ=YEARLY;BYDAY=20MO;BYHOUR=9", ["2027-05-17 09:00", "2028-05-15 09:00"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9", ["2028-02-29 09:00", "2032-02-29 09:00"]),
        ("DTSTART:20261126T100000 RRULE:FREQ=WEEKLY;COUNT=2", ["2026-11-26 10:00", "2026-12-03 10:00"]),
        ("DTSTART;TZID=America/New_York:20261126T100000 RRULE:FREQ=DAILY", ["2026-11-26 10:00"]),
        ("FREQ=HOURLY;INTERVAL=6", ["2026-11-23 16:00", "2026-11-23 22:00"]),
        ("FREQ=MINUTELY;INTERVAL=15;COUNT=2", ["2026-11-23 10:15", "2026-11-23 10:30"]),
    ],
)
def test_a_rule_as_of_rfc_5545(text: str, times: list[str]):
    """Is read, happens as the RFC says, and is read back from what it says of itself."""
    recurrence = read(text)
    assert next_times(recurrence, len(times)) == times
    assert read(recurrence.words()) == recurrence


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=3",
        "FREQ=DAILY;BYSECOND=1",
        "FREQ=MINUTELY;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1001",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;COUNT=501",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYWEEKNO=1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;UNTIL=99999999",
        "FREQ=DAILY;X-HOSTILE=1",
        "RRULE:",
        "FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=DAILY" + ";" * 2000,
    ],
)
def test_a_hostile_or_impossible_rule_is_refused(text: str):
    """With a sentence."""
    with pytest.raises(Exception, match=r"[.]$") as error:
        read(text)
    assert type(error.value).__name__ == "NotUnderstood"


def test_what_it_says_is_also_a_rule():
    """For calendars elsewhere, as far as RFC 5545 can say it."""
    assert read("every 2 weeks on monday and friday at 9").rrule() == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"
    assert read("every 31st at 9").rrule() == "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    assert read("every 24 hours").rrule() is None


@pytest.mark.parametrize(
    "text",
    ["every 2 weeks on monday at 9, 5 times", "every 24 hours until friday", "every 31st", "FREQ=YEARLY;BYDAY=20MO"],
)
def test_it_survives_storage(text: str):
    """A payload is plain JSON, and says the same rule, zone and text."""
    recurrence = read(text)
    stored = Recurrence.from_payload(json.loads(json.dumps(recurrence.to_payload())))
    assert stored == recurrence
    assert stored.text == text


@pytest.mark.parametrize(("week_start", "second"), [("monday", "2026-12-07 09:00"), ("sunday", "2026-11-30 09:00")])
def test_every_two_weeks_depends_on_where_weeks_begin(week_start: Any, second: str):
    """Sunday and the Monday after it are of one week for some, and of two for others."""
    at = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)  # a Saturday
    recurrence = read("every 2 weeks on monday and sunday at 9", at, week_start=week_start)
    assert next_times(recurrence, 2, at) == ["2026-11-29 09:00", second]


FRIDAY_EVENING = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)  # 17:30 in Berlin


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("every day", ["2026-11-27 17:30", "2026-11-28 17:30"]),
        ("every week", ["2026-11-27 17:30", "2026-12-04 17:30"]),
        ("every 2 weeks", ["2026-11-27 17:30", "2026-12-11 17:30", "2026-12-25 17:30"]),
        ("every 3 days", ["2026-11-27 17:30", "2026-11-30 17:30"]),
        ("every month", ["2026-11-27 17:30", "2026-12-27 17:30"]),
        ("every year", ["2026-11-27 17:30", "2027-11-27 17:30"]),
        ("weekdays", ["2026-11-27 17:30", "2026-11-30 17:30"]),
        ("every monday", ["2026-11-30 17:30", "2026-12-07 17:30"]),
        ("every monday at 8", ["2026-11-30 08:00", "2026-12-07 08:00"]),
        ("every 24 hours", ["2026-11-27 17:30", "2026-11-28 17:30"]),
        ("every 90 minutes", ["2026-11-27 17:30", "2026-11-27 19:00"]),
        ("every day 2 times", ["2026-11-27 17:30", "2026-11-28 17:30"]),
        ("FREQ=WEEKLY;INTERVAL=2", ["2026-11-27 17:30", "2026-12-11 17:30"]),
    ],
)
def test_what_was_said_of_the_first_time_fills_what_the_phrase_leaves_open(text: str, times: list[str]):
    """The time of day, the weekday, the day of the month; intervals and counts begin with it."""
    recurrence = read(text, first=FRIDAY_EVENING)
    assert next_times(recurrence, len(times), FRIDAY_EVENING - timedelta(seconds=1)) == times
    assert not any(note.kind is NoteKind.DEFAULT_TIME for note in recurrence.notes)


def test_a_count_begins_with_the_first_time():
    """So that "2 times" is that one and one more."""
    recurrence = read("every day 2 times", first=FRIDAY_EVENING)
    assert len(list(recurrence.occurrences(FRIDAY_EVENING - timedelta(seconds=1)))) == 2


def test_what_was_read_with_a_first_time_says_itself_back():
    """Without it: the words hold all that there is to know."""
    for text in ("every 2 weeks", "every day", "every month", "every 24 hours"):
        recurrence = read(text, first=FRIDAY_EVENING)
        assert read(recurrence.words()).rule == recurrence.rule
