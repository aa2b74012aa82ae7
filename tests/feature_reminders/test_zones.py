"""Somebody has moved: they are asked, and their reminders keep their time of day, or the moment."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import botcore as bc
from botcore_reminders.services.values import Reminder, State
from reminders import ALICE, BOB, HOUR, NOON, Services

BERLIN, TOKYO, NEW_YORK = (ZoneInfo(zone) for zone in ("Europe/Berlin", "Asia/Tokyo", "America/New_York"))


@pytest.fixture
def at_home(services: Services) -> Services:
    """Alice lives in Berlin, where it is one in the afternoon."""
    services.users.zones[ALICE] = BERLIN.key
    return services


def moves(services: Services, zone: ZoneInfo) -> bc.ZoneChanged:
    """Alice says that she lives somewhere else now."""
    before, services.users.zones[ALICE] = services.users.zones[ALICE], zone.key
    return bc.ZoneChanged(ALICE, before, zone.key, "en-GB")


async def next_wall(services: Services, reminder: Reminder, zone: ZoneInfo) -> str:
    """What the clocks of a zone show when a reminder comes next."""
    due_at = (await services.found(reminder)).due_at
    assert due_at is not None
    return f"{due_at.astimezone(zone):%m-%d %H:%M}"


async def test_who_has_moved_is_asked_about_what_keeps_to_their_zone(at_home: Services) -> None:
    """Directly and once; not about what was said with a zone, what is over, and what others have."""
    await at_home.remind("own", "tomorrow at 9")
    await at_home.remind("named", "tomorrow at 9 Asia/Tokyo")
    await at_home.remind("over", "in 5 minutes")
    await at_home.remind("bob's", "tomorrow at 9", owner=BOB)
    await at_home.later(timedelta(minutes=5))
    await at_home.moves.on_change(moves(at_home, NEW_YORK))
    [question] = [text for text in at_home.shown(ALICE) if "You live in" in text]
    assert "You live in America/New\\_York now, and 1 reminder of yours is on the clocks of Europe/Berlin" in question


async def test_nobody_is_asked_without_reason(at_home: Services) -> None:
    """Nothing waits, or they are back where everything was made."""
    await at_home.moves.on_change(moves(at_home, TOKYO))
    at_home.users.zones[ALICE] = BERLIN.key
    await at_home.remind("own", "tomorrow at 9")
    await at_home.moves.on_change(bc.ZoneChanged(ALICE, TOKYO.key, BERLIN.key, "en-GB"))
    assert at_home.messenger.sends == []


async def test_until_they_have_answered_nothing_changes(at_home: Services) -> None:
    """Nor for what is made meanwhile."""
    before = await at_home.remind("before", "tomorrow at 9")
    await at_home.moves.on_change(moves(at_home, NEW_YORK))
    after = await at_home.remind("after", "tomorrow at 9")
    assert await next_wall(at_home, before, BERLIN) == "01-02 09:00"
    assert await next_wall(at_home, after, NEW_YORK) == "01-02 09:00"


async def test_keeping_the_wall_time(at_home: Services) -> None:
    """What comes once, by the calendar and after hours: each at the same time of day, where they live now."""
    once = await at_home.remind("once", "tomorrow at 9")
    daily = await at_home.remind("daily", "every day at 9")
    hours = await at_home.remind("hours", "tomorrow at 9", "every 36 hours")
    named = await at_home.remind("named", "tomorrow at 9 Asia/Tokyo")
    paused = await at_home.remind("paused", "every day at 10")
    await at_home.reminders.pause(paused.id, ALICE)
    moves(at_home, NEW_YORK)
    assert await at_home.moves.keep_wall_time(ALICE, NEW_YORK) == 4
    for reminder in (once, daily, hours):
        assert await next_wall(at_home, reminder, NEW_YORK) == "01-02 09:00"
    assert await next_wall(at_home, named, TOKYO) == "01-02 09:00"
    await at_home.through(datetime(2026, 1, 5, 13, 59, tzinfo=UTC))
    assert at_home.texts(ALICE).count("once") == 1
    assert at_home.texts(ALICE).count("daily") == 3
    assert at_home.texts(ALICE).count("hours") == 2
    assert (await at_home.found(paused)).state is State.PAUSED
    assert (await at_home.reminders.resume(paused.id, ALICE)).due_at == datetime(2026, 1, 5, 15, tzinfo=UTC)
    await at_home.through(datetime(2026, 3, 10, 12, tzinfo=UTC))  # the clocks of New York have gone forward
    assert await next_wall(at_home, daily, NEW_YORK) == "03-10 09:00"


async def test_keeping_the_instant(at_home: Services) -> None:
    """Nothing moves, also when clocks change where they were made; and nobody is asked about them again."""
    once = await at_home.remind("once", "tomorrow at 9")
    daily = await at_home.remind("daily", "every day at 9")
    hours = await at_home.remind("hours", "tomorrow at 9", "every 36 hours")
    moves(at_home, NEW_YORK)
    assert await at_home.moves.keep_instant(ALICE, NEW_YORK) == 3
    for reminder in (once, daily, hours):
        assert await next_wall(at_home, reminder, BERLIN) == "01-02 09:00"
    await at_home.moves.on_change(moves(at_home, TOKYO))
    assert at_home.messenger.sends == []
    await at_home.through(datetime(2026, 3, 30, 0, 0, tzinfo=UTC))
    assert await next_wall(at_home, daily, BERLIN) == "03-30 09:00"


async def test_a_time_that_is_over_where_they_live_now_comes_at_once(at_home: Services) -> None:
    """And is not late for that, nor left out; what repeats goes on with its next time."""
    once = await at_home.remind("once", "today at 20:00", late="skip")
    daily = await at_home.remind("daily", "every day at 20:00", late="skip")
    moves(at_home, TOKYO)  # where it is nine in the evening
    await at_home.moves.keep_wall_time(ALICE, TOKYO)
    await at_home.timers.until_idle()
    assert at_home.shown(ALICE) == ["⏰ once"]
    assert (await at_home.found(once)).state is State.DONE
    assert await next_wall(at_home, daily, TOKYO) == "01-02 20:00"


async def test_what_comes_so_many_times_comes_as_often_after_a_move(at_home: Services) -> None:
    """What was had already is not had again, whether it counts days or hours."""
    await at_home.remind("days", "every day at 14:00, 5 times")
    await at_home.remind("hours", "today at 14:00", "every 24 hours, 5 times")
    await at_home.through(NOON + timedelta(days=2))
    assert sorted(at_home.texts(ALICE)) == ["days"] * 2 + ["hours"] * 2
    moves(at_home, NEW_YORK)
    await at_home.moves.keep_wall_time(ALICE, NEW_YORK)
    await at_home.through(NOON + timedelta(days=20))
    assert sorted(at_home.texts(ALICE)) == ["days"] * 5 + ["hours"] * 5


async def test_moved_while_it_is_on_its_way(at_home: Services) -> None:
    """It arrives once, and goes on where they live now."""
    daily = await at_home.remind("daily", "every day at 14:00")
    at_home.messenger.gate.clear()
    await at_home.move(HOUR)
    await at_home.messenger.until_sends(1)
    moves(at_home, NEW_YORK)
    await at_home.moves.keep_wall_time(ALICE, NEW_YORK)
    at_home.messenger.gate.set()
    await at_home.timers.until_idle()
    assert at_home.texts(ALICE) == ["daily"]
    assert await next_wall(at_home, daily, NEW_YORK) == "01-01 14:00"
