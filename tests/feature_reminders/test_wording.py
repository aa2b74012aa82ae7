"""What people type is taken as it was meant, or refused with a sentence that names the limit."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

import botcore as bc
from botcore_reminders.config import RemindersConfig
from botcore_reminders.errors import AlreadyPast
from botcore_reminders.services.schedule import Schedule
from botcore_reminders.services.turns import Turns
from botcore_reminders.services.wording import (
    read_nag,
    read_quiet_hours,
    read_text,
    read_timing,
    understand,
)

CONFIG = RemindersConfig(longest_text=50, shortest_interval=10)
NOW = datetime(2026, 3, 27, 9, tzinfo=UTC)  # a Friday, ten in the morning in Berlin
BERLIN = ZoneInfo("Europe/Berlin")
READING = bc.Reading(NOW, BERLIN)


def schedule(when: str, repeat: str | None = None) -> Schedule:
    """What somebody in Berlin types, understood."""
    timing = read_timing(when, READING)
    again = None
    if repeat is not None:
        assert isinstance(timing, bc.When)
        again = READING.recurrence(repeat, timing)
    return understand(timing, again, BERLIN, NOW, CONFIG).schedule


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  tea  ", "tea"),
        ("one\r\ntwo", "one\ntwo"),
        ("no\x00 bell\x07", "no bell"),
        ("half a \ud83d character", "half a  character"),
        ("👩‍🚀 to the moon", "👩‍🚀 to the moon"),  # its joiner stays
        ("x" * 50, "x" * 50),
    ],
)
def test_a_text_is_kept_without_what_nothing_can_show(typed: str, kept: str) -> None:
    """Controls and halves of characters go; lines and emoji stay."""
    assert read_text(typed, CONFIG) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200b", "\x00", "\u2028", "\n\n"])
def test_a_text_that_nobody_could_read_is_none(typed: str) -> None:
    """Spaces and what has no width are nothing."""
    with pytest.raises(bc.InvalidInput, match=r"Write what you want to be reminded of\."):
        read_text(typed, CONFIG)


def test_a_text_that_is_too_long_names_the_limit() -> None:
    """And how long it is."""
    with pytest.raises(bc.InvalidInput, match="at most 50 characters and this one has 51"):
        read_text("x" * 51, CONFIG)


@pytest.mark.parametrize(
    ("when", "repeat"),
    [
        ("every 5 minutes", None),
        ("tomorrow at 9", "every 5 minutes"),
        ("every day at 9:00, 9:05 and 17:00", None),
        ("FREQ=MINUTELY;INTERVAL=9", None),
    ],
)
def test_what_comes_too_often_names_the_limit(when: str, repeat: str | None) -> None:
    """However it is written."""
    with pytest.raises(bc.InvalidInput, match="This bot reminds at most every 10 minutes"):
        schedule(when, repeat)


def test_what_comes_as_often_as_it_may() -> None:
    """The limit itself is allowed."""
    assert schedule("every 10 minutes").shortest_pause() == timedelta(minutes=10)


def test_what_is_past_is_refused() -> None:
    """And the sentence says which moment was understood."""
    with pytest.raises(AlreadyPast, match="That is already past: Thursday 26 March 2026"):
        schedule("2026-03-26 10:00")


def test_only_one_of_both_may_say_how_it_repeats() -> None:
    """The other one has to be left empty."""
    timing = read_timing("every day at 9", READING)
    with pytest.raises(bc.InvalidInput, match="leave `repeat` empty"):
        understand(timing, READING.recurrence("every week"), BERLIN, NOW, CONFIG)


def test_the_word_that_was_not_understood_is_named() -> None:
    """By whoever understood more of it: a moment, or what repeats."""
    with pytest.raises(bc.NotUnderstood) as first:
        read_timing("tomorrow at nope", READING)
    assert first.value.word == "nope"
    with pytest.raises(bc.NotUnderstood) as second:
        read_timing("every day at nope", READING)
    assert second.value.word == "nope"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("30 february", "There is no such day as 30/2"),
        ("every day until 1 january 2020", "It would end before it begins"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY is too often"),
        ("every day at 25", "is not finished"),
    ],
)
def test_what_was_understood_and_cannot_be_says_why(typed: str, sentence: str) -> None:
    """Rather than that the other sort of time does not begin like that."""
    with pytest.raises(bc.NotUnderstood, match=sentence):
        read_timing(typed, READING)


def test_a_zone_that_was_named_is_not_their_own() -> None:
    """So it is left alone when they move."""
    assert schedule("tomorrow at 9").own_zone
    assert not schedule("tomorrow at 9 Asia/Tokyo").own_zone
    assert not schedule("every day at 9 Asia/Tokyo").own_zone


def test_a_series_tells_which_of_its_times_the_clocks_skip() -> None:
    """The first one of the coming year; a series that meets none tells nothing."""
    moved = schedule("every day at 2:30").moved(NOW)
    assert moved is not None
    assert moved.wall == datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 - what the clocks would have shown
    assert moved.instant == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert schedule("every day at 9").moved(NOW) is None


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("22-7", (time(22), time(7))),
        ("22:30 - 6:15", (time(22, 30), time(6, 15))),
        ("22–7", (time(22), time(7))),  # noqa: RUF001 - as phones write it
        ("13 to 14", (time(13), time(14))),
        ("22 bis 7", (time(22), time(7))),
        ("none", (time(0), time(0))),
        (" Keine ", (time(0), time(0))),
        ("-", (time(0), time(0))),
    ],
)
def test_quiet_hours(typed: str, hours: tuple[time, time]) -> None:
    """In the ways in which people write them."""
    assert read_quiet_hours(typed) == hours


@pytest.mark.parametrize("typed", ["", "22", "25-7", "22-7-8", "late", "22:60-7", "22-"])
def test_what_are_no_quiet_hours(typed: str) -> None:
    """Are refused, and the sentence says how to write them."""
    with pytest.raises(bc.InvalidInput, match="such as 22:00-7:00"):
        read_quiet_hours(typed)


@pytest.mark.parametrize("typed", ["5 minutes", "8 days", "1 month"])
def test_a_pause_that_is_too_short_or_too_long_names_the_limit(typed: str) -> None:
    """Months are no length of time."""
    with pytest.raises(bc.InvalidInput, match="a pause of 10 minutes to 7 days"):
        read_nag(READING.duration(typed), CONFIG)
    assert read_nag(READING.duration("10 minutes"), CONFIG) == timedelta(minutes=10)
    assert read_nag(None, CONFIG) is None


async def test_turns_are_had_in_the_order_in_which_they_were_asked_for() -> None:
    """One at a time in one queue, also after one was cancelled; a queue that nobody waits for is forgotten."""
    turns, had, at_once = Turns(), [], 0

    async def take(queue: str, number: int) -> None:
        nonlocal at_once
        async with turns.of(queue):
            at_once += queue == "a"
            assert at_once <= 1
            await asyncio.sleep(0)
            had.append((queue, number))
            at_once -= queue == "a"

    tasks = [asyncio.create_task(take(queue, number)) for number in range(20) for queue in ("a", "b")]
    await asyncio.sleep(0)
    tasks[10].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert [number for queue, number in had if queue == "b"] == list(range(20))
    assert [number for queue, number in had if queue == "a"] == [number for number in range(20) if number != 5]
    assert len(turns) == 0
