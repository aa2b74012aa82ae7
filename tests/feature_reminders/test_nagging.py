"""What nags asks again until somebody says that it is done, and never in the night."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

import botcore as bc
from botcore_reminders.services.preferences import end_of_night
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.values import Made, Outcome, Preferences, Reminder, Route, State, Step, Where
from reminders import ALICE, BOB, CHANNEL, DAY, GUILD, HOUR, NOON, Services

HALF = timedelta(minutes=30)
DM_CLOSED = bc.Refused(50007, transient=False)
OVERLOADED = bc.Refused(503, transient=True)


async def asked_at(services: Services, reminder: Reminder) -> list[datetime]:
    """When it was asked, the reminder itself apart."""
    return [each.began_at for each in await services.told(reminder) if each.route is Route.NAG]


async def test_it_asks_again_until_it_is_done(services: Services) -> None:
    """After each pause, and never after that; the message counts."""
    reminder = await services.remind(nag=HALF)
    await services.through(NOON + 3 * HOUR)
    assert await asked_at(services, reminder) == [NOON + HOUR + number * HALF for number in range(1, 5)]
    assert len(services.texts(ALICE)) == 5
    assert "4 times" in str(services.messenger.sends[-1].payload)
    await services.heard.done(reminder.id)
    await services.through(NOON + 2 * DAY)
    assert len(services.texts(ALICE)) == 5
    assert await services.timer_count() == 0


async def test_here_it_asks_in_the_channel_and_pings_its_owner(services: Services) -> None:
    """As the reminder itself did."""
    await services.remind(nag=HALF, where=Where.HERE)
    await services.through(NOON + HOUR + HALF)
    assert services.texts(CHANNEL) == [f"<@{ALICE}> tea"] * 2
    assert services.messenger.sends[-1].payload["allowed_mentions"]["users"] == [str(ALICE)]


async def test_it_is_quiet_in_the_night_of_whoever_it_is_for(services: Services) -> None:
    """In their zone; it asks at the end of the night, and goes on from there."""
    services.users.zones[ALICE] = "America/New_York"  # seven in the morning there at noon
    reminder = await services.remind("tea", "at 21:30", nag=HALF)  # half past two at night in UTC
    await services.through(NOON + DAY + HOUR)
    ten_at_night, seven = NOON + timedelta(hours=15), NOON + DAY
    assert (await services.told(reminder))[0].began_at == ten_at_night - HALF
    assert await asked_at(services, reminder) == [seven, seven + HALF, seven + HOUR]


async def test_everybody_has_hours_of_their_own(services: Services) -> None:
    """Also none at all, and a night that does not reach over midnight."""
    await services.preferences.change(ALICE, quiet_hours=(time(0), time(0)))
    await services.preferences.change(BOB, quiet_hours=(time(13), time(14)))
    restless = await services.remind(nag=6 * HOUR)
    siesta = await services.remind("tea", "in 45 minutes", owner=BOB, nag=HALF)
    await services.through(NOON + DAY + HOUR)
    assert len(await asked_at(services, restless)) == 4
    asked = await asked_at(services, siesta)
    assert asked[0] == NOON + 2 * HOUR
    assert all(not 13 <= moment.hour < 14 for moment in asked)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        # the clocks go forward in this night, which is an hour shorter: seven is five hours after one
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 21, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
        # and back in this one; the second two o'clock is in the night as the first is
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 7, 1, 19, 59, tzinfo=UTC), None),
        (datetime(2026, 7, 1, 20, 0, tzinfo=UTC), datetime(2026, 7, 2, 5, 0, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_night_in_which_the_clocks_change(now: datetime, morning: datetime | None) -> None:
    """Is what the clocks show in the morning, not so many hours later."""
    berlin = ZoneInfo("Europe/Berlin")
    assert end_of_night(now, berlin, Preferences(True, time(22), time(7))) == morning


def test_a_night_that_ends_in_a_gap_ends_when_the_gap_does() -> None:
    """A quarter past two does not exist on that morning."""
    berlin = ZoneInfo("Europe/Berlin")
    end = end_of_night(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), berlin, Preferences(True, time(22), time(2, 15)))
    assert end == datetime(2026, 3, 29, 1, 15, tzinfo=UTC)


async def test_over_a_night_in_which_the_clocks_change(services: Services) -> None:
    """It asks at seven on the new clocks."""
    services.users.zones[ALICE] = "Europe/Berlin"
    reminder = await services.remind("tea", "28 march 2026 21:45", nag=HALF)
    await services.at(datetime(2026, 3, 28, 20, 0, tzinfo=UTC))
    await services.through(datetime(2026, 3, 29, 5, 10, tzinfo=UTC))
    assert await asked_at(services, reminder) == [datetime(2026, 3, 29, 5, 0, tzinfo=UTC)]


async def silent_after(services: Services, reminder: Reminder, count: int) -> None:
    """Nothing is asked about this occurrence any more."""
    await services.through(NOON + 8 * HOUR)
    assert len(await asked_at(services, reminder)) == count


async def test_snoozing_stops_it(services: Services) -> None:
    """What comes later nags in its turn."""
    reminder = await services.remind(nag=HALF)
    await services.through(NOON + 2 * HOUR)
    made = Made(ALICE, GUILD, CHANNEL, "en-GB")
    copy = await services.heard.again(reminder.id, NOON + HOUR, made, NOON + 4 * HOUR)
    await services.through(NOON + 5 * HOUR)
    assert len(await asked_at(services, copy)) == 2
    await silent_after(services, reminder, 2)


async def test_somebody_elses_copy_does_not_stop_it(services: Services) -> None:
    """It is not theirs to be done with."""
    reminder = await services.remind(nag=HALF, where=Where.HERE)
    await services.through(NOON + 2 * HOUR)
    made = Made(BOB, GUILD, CHANNEL, "en-GB")
    await services.heard.again(reminder.id, NOON + HOUR, made, NOON + 30 * HOUR)
    await services.through(NOON + 3 * HOUR)
    assert len(await asked_at(services, reminder)) == 4


async def test_pausing_cancelling_and_moving_stop_it(services: Services) -> None:
    """Whoever changes a reminder does not want to be asked about what was."""
    paused = await services.remind("paused", "at 13:00", "every day", nag=HALF)
    moved = await services.remind("moved", "at 13:00", "every day", nag=HALF)
    gone = await services.remind("gone", nag=HALF)
    await services.through(NOON + 2 * HOUR)
    await services.reminders.pause(paused.id, ALICE)
    await services.reminders.cancel(gone.id, ALICE)
    await services.reminders.edit(moved.id, ALICE, "moved", (await services.new(when="in 20 hours")).schedule)
    await silent_after(services, paused, 2)
    await silent_after(services, moved, 2)
    assert services.texts(ALICE).count("gone") == 3


async def test_it_goes_on_after_a_restart(services: Services) -> None:
    """What was missed in between is asked once, and the count is kept."""
    reminder = await services.remind(nag=HALF)
    await services.through(NOON + 2 * HOUR)
    follower = await services.restarted(after=3 * HOUR)
    await follower.timers.until_idle()
    await follower.through(NOON + 5 * HOUR + HALF)
    assert len(await asked_at(follower, reminder)) == 4
    assert "4 times" in str(follower.messenger.sends[-1].payload)


async def test_the_next_occurrence_takes_its_place(services: Services) -> None:
    """What nags is always the last one; of what repeats daily, not one a day more."""
    reminder = await services.remind("tea", "at 13:00", "every day", nag=8 * HOUR)
    await services.through(NOON + 3 * DAY + 2 * HOUR)
    asked = await asked_at(services, reminder)
    assert len(asked) == len(set(asked)) == 3 * 2
    assert (await services.found(reminder)).nag_of == NOON + 3 * DAY + HOUR


async def test_when_discord_is_away_it_tries_again_later_and_later(services: Services) -> None:
    """And never more often than it nags; the same question arrives once."""
    reminder = await services.remind(nag=HALF)
    await services.later(HOUR)
    services.messenger.answers.extend([OVERLOADED] * 3)
    await services.through(NOON + 2 * HOUR)
    first = NOON + HOUR + HALF
    retries = [first + sum((pause_after(n) for n in range(1, count + 1)), timedelta(0)) for count in range(4)]
    assert await asked_at(services, reminder) == retries
    assert len(services.texts(ALICE)) == 2
    assert len({asked.nonce for asked in services.messenger.sends}) == 2


async def test_when_the_direct_message_is_closed_it_asks_by_a_notice(services: Services) -> None:
    """As the reminder itself would come."""
    await services.remind("my secret", nag=HALF)
    services.messenger.answers.append(DM_CLOSED)
    await services.later(HOUR)
    services.messenger.answers.append(DM_CLOSED)
    await services.later(HALF)
    assert len(services.texts(CHANNEL)) == 2
    assert "secret" not in str(services.messenger.messages)


async def test_when_nobody_can_be_asked_it_is_parked(services: Services) -> None:
    """Its owner finds it, and may resume it."""
    reminder = await services.remind(nag=HALF)
    await services.later(HOUR)
    services.messenger.answers.extend([DM_CLOSED] * 2)
    await services.through(NOON + 3 * HOUR)
    [parked] = await services.reminders.waiting(ALICE)
    assert (parked.state, parked.trouble, parked.due_at) == (State.PARKED, 50007, NOON + HOUR)
    assert (await services.story(reminder))[-1] == (Route.NAG, Outcome.REFUSED, 50007, Step.PARKED)
    await services.reminders.resume(reminder.id, ALICE)
    await services.timers.until_idle()
    assert (await services.found(reminder)).state is State.DONE


async def test_done_while_it_is_being_asked(services: Services) -> None:
    """The ledger says that it was asked, and it is the last time."""
    reminder = await services.remind(nag=HALF)
    await services.later(HOUR)
    services.messenger.gate.clear()
    await services.move(HALF)
    await services.messenger.until_sends(2)
    await services.heard.done(reminder.id)
    services.messenger.gate.set()
    await services.timers.until_idle()
    assert (await services.story(reminder))[-1] == (Route.NAG, Outcome.SENT, None, None)
    await silent_after(services, reminder, 1)
    assert await services.timer_count() == 0


async def test_the_process_ends_while_it_asks(services: Services) -> None:
    """The next one asks the same again, under the same name."""
    reminder = await services.remind(nag=HALF)
    await services.later(HOUR)
    services.messenger.gate.clear()
    await services.move(HALF)
    await services.messenger.until_sends(2)
    follower = await services.restarted()
    follower.messenger.gate.set()
    await follower.timers.until_idle()
    assert len(follower.texts(ALICE)) == 2
    assert [line[1:] for line in (await follower.story(reminder))[1:]] == [
        (Outcome.SENDING, None, Step.REPEATED),
        (Outcome.SENT, None, None),
    ]


async def test_a_row_that_is_gone_ends_its_question_quietly(services: Services) -> None:
    """Whatever removed it forgot its timer."""
    reminder = await services.remind(nag=HALF)
    await services.later(HOUR)
    await services.forget_row(reminder)
    await services.later(HALF)
    assert len(services.messenger.sends) == 1
    assert await services.timer_count() == 0
