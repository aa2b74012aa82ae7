"""What was missed while no bot was running: it arrives once, and says so, as each reminder wants it."""

from datetime import timedelta

import pytest

import botcore as bc
from botcore.timers import store
from botcore_reminders.services import alarms
from botcore_reminders.services.missed import MOST_LISTED
from botcore_reminders.services.values import Outcome, Route, State, Step, Where
from reminders import ALICE, BOB, CAROL, CHANNEL, DAY, HOUR, NOON, Services

DM_CLOSED = bc.Refused(50007, transient=False)
OVERLOADED = bc.Refused(503, transient=True)


async def test_it_arrives_late_and_states_its_delay(services: Services) -> None:
    """When it was due, and how long ago that was."""
    await services.remind()
    follower = await services.restarted(after=HOUR + timedelta(hours=3, minutes=20))
    await follower.later(timedelta(0))
    [text] = follower.shown(ALICE)
    assert f"<t:{int((NOON + HOUR).timestamp())}:F>" in text
    assert "3 hours 20 minutes late" in text


async def test_a_moment_that_nobody_notices_is_not_late(services: Services) -> None:
    """A bot that was restarted in between says nothing of it."""
    await services.remind()
    follower = await services.restarted(after=HOUR + timedelta(seconds=40))
    await follower.later(timedelta(0))
    assert follower.shown(ALICE) == ["⏰ tea"]


async def test_what_shall_be_skipped_is_and_the_ledger_says_so(services: Services) -> None:
    """It goes on at its next time, if there is one."""
    once = await services.remind("once", late="skip")
    daily = await services.remind("daily", "every day at 13:00", late="skip")
    follower = await services.restarted(after=2 * DAY + 5 * HOUR)
    await follower.later(timedelta(0))
    assert follower.texts(ALICE) == []
    assert await follower.story(once) == [(Route.SUMMARY, Outcome.SKIPPED, None, None)]
    assert await follower.story(daily) == [(Route.SUMMARY, Outcome.SKIPPED, None, None)]
    assert (await follower.found(once)).state is State.DONE
    assert (await follower.found(daily)).due_at == NOON + 3 * DAY + HOUR
    await follower.through(NOON + 3 * DAY + 2 * HOUR)
    assert follower.shown(ALICE) == ["⏰ daily\n🔁 every day at 13:00 (UTC)"]


async def test_what_shall_be_summarised_is_although_it_is_the_only_one(services: Services) -> None:
    """In a message that says what it is, with the time at which it was due."""
    reminder = await services.remind(late="summarise")
    follower = await services.restarted(after=5 * HOUR)
    await follower.through(NOON + 6 * HOUR)
    [text] = follower.shown(ALICE)
    assert "1 reminder was missed" in text
    assert f"<t:{int((NOON + HOUR).timestamp())}:f> tea" in text
    assert await follower.story(reminder) == [(Route.SUMMARY, Outcome.SENT, None, None)]
    assert (await follower.told(reminder))[0].link is not None


async def test_fewer_than_the_operator_said_come_one_by_one(services: Services) -> None:
    """In the order in which they were due; what shall be skipped does not count."""
    few = services.config.summary_from - 1
    for number in range(few):
        await services.remind(str(number), f"in {number + 1} minutes")
    await services.remind("skipped", "in 20 minutes", late="skip")
    follower = await services.restarted(after=DAY)
    await follower.through(NOON + 2 * DAY)
    assert follower.texts(ALICE) == [str(number) for number in range(few)]


async def test_a_thousand_missed_by_one_person_become_one_summary(services: Services) -> None:
    """In order, none lost, none twice, and each one's ledger says where it is."""
    texts = [f"number {number}" for number in range(1000)]
    ids = await services.remind_many(texts, await services.new())
    lonely = await services.remind("lonely", owner=BOB)
    follower = await services.restarted(after=5 * HOUR)
    await follower.through(NOON + 6 * HOUR)
    [summary] = follower.shown(ALICE)
    assert "1000 reminders were missed" in summary
    lines = [line for line in summary.splitlines() if "number" in line]
    assert [line.partition("number ")[2] for line in lines] == [str(number) for number in range(MOST_LISTED)]
    assert f"and {1000 - MOST_LISTED} more" in summary
    assert len(follower.texts(BOB)) == 1
    told = [line for line in await follower.ledger() if line[0] != lonely.id]
    assert sorted(told) == [(reminder, Route.SUMMARY, Outcome.SENT) for reminder in ids]
    assert (
        len({each.link for number in (0, -1) for each in await follower.told(await follower.found(ids[number]))}) == 1
    )
    assert (await follower.found(ids[0])).state is State.DONE
    assert await follower.reminders.waiting(ALICE) == []
    assert await follower.timer_count() == 0


async def test_of_what_repeats_only_the_latest_counts(services: Services) -> None:
    """With how many others were missed; it goes on at its right time, and says nothing of it then."""
    reminder = await services.remind(when="every day at 13:00")
    follower = await services.restarted(after=4 * DAY + 3 * HOUR)
    await follower.later(timedelta(0))
    [text] = follower.shown(ALICE)
    assert "2 hours late" in text
    assert "4 further times were missed" in text
    assert [each.occurrence for each in await follower.told(reminder)] == [NOON + 4 * DAY + HOUR]
    await follower.through(NOON + 5 * DAY + 2 * HOUR)
    [_, after] = follower.shown(ALICE)
    assert "missed" not in after


async def test_what_comes_often_is_counted_to_a_bound_and_still_the_latest_counts(services: Services) -> None:
    """Two weeks of every five minutes."""
    reminder = await services.remind(when="in 5 minutes", repeat="every 5 minutes")
    follower = await services.restarted(after=timedelta(days=14, minutes=2))
    await follower.later(timedelta(0))
    assert "1000 further times were missed" in follower.shown(ALICE)[0]
    assert (await follower.told(reminder))[0].occurrence == NOON + timedelta(days=14)
    assert (await follower.found(reminder)).due_at == NOON + timedelta(days=14, minutes=5)


async def test_what_repeats_and_is_summarised_says_how_often_it_was_missed(services: Services) -> None:
    """Once in the summary, however often the bot was away."""
    reminder = await services.remind(when="every day at 13:00", late="summarise")
    follower = await services.restarted(after=4 * DAY + 3 * HOUR)
    await follower.through(NOON + 4 * DAY + 4 * HOUR)
    [text] = follower.shown(ALICE)
    assert "(+4) tea" in text
    assert (await follower.found(reminder)).due_at == NOON + 5 * DAY + HOUR
    await follower.through(NOON + 5 * DAY + 2 * HOUR)
    assert len(follower.texts(ALICE)) == 2


async def test_missed_again_before_its_summary_was_sent(services: Services) -> None:
    """Each of both is told of once, and none of them waits for ever."""
    reminder = await services.remind(when="every day at 13:00", late="summarise")
    second = await services.restarted(after=3 * HOUR)
    await second.timers.until_idle()
    third = await second.restarted(after=DAY)
    await third.through(NOON + DAY + 5 * HOUR)
    assert [f"<t:{int((NOON + HOUR + days * DAY).timestamp())}:" in third.shown(ALICE)[days] for days in (0, 1)]
    assert [outcome for _, outcome, *_ in await third.story(reminder)] == [Outcome.SENT] * 2
    assert len(third.texts(ALICE)) == 2


async def test_missed_ones_of_a_channel_are_one_summary_there(services: Services) -> None:
    """One for each author, whose right to write there is asked for; it pings nobody."""
    for owner in (ALICE, BOB):
        for number in range(services.config.summary_from):
            await services.remind(
                f"<@{CAROL}> @everyone {owner} {number}", "in 5 minutes", owner=owner, where=Where.CHANNEL
            )
    follower = await services.restarted(after=DAY)
    await follower.through(NOON + 2 * DAY)
    both = follower.shown(CHANNEL)
    assert len(both) == 2
    assert all(f"{services.config.summary_from} reminders were missed" in text for text in both)
    assert {bool(text.count(f"{ALICE} ")) for text in both} == {True, False}
    assert {str(asked.payload["allowed_mentions"]) for asked in follower.messenger.sends} == {"{'parse': []}"}
    assert follower.texts(ALICE) == []


async def test_who_may_no_longer_write_there_has_no_summary_there(services: Services) -> None:
    """What the others wanted comes all the same."""
    for owner in (ALICE, BOB):
        for number in range(services.config.summary_from):
            await services.remind(f"{owner} {number}", "in 5 minutes", owner=owner, where=Where.CHANNEL)
    services.members.answers[1, CHANNEL, ALICE] = bc.Refused(10007, transient=False)
    follower = await services.restarted(after=DAY)
    await follower.through(NOON + 2 * DAY)
    [text] = follower.shown(CHANNEL)
    assert f"{BOB} 0" in text
    assert {each.trouble for each in await follower.reminders.waiting(ALICE)} == {10007}
    [told] = follower.shown(ALICE)
    assert "could not be delivered" in told


async def test_what_others_want_comes_by_itself(services: Services) -> None:
    """Whether each of its authors still may remind has to be asked, and the summary holds only one's own."""
    many = services.config.summary_from + 2
    for number in range(many):
        await services.remind(f"own {number}", "in 5 minutes")
        await services.remind(f"from bob {number}", "in 5 minutes", owner=BOB, recipient=ALICE)
    await services.preferences.change(ALICE, from_others=False)
    follower = await services.restarted(after=DAY)
    await follower.through(NOON + 2 * DAY)
    [text] = follower.shown(ALICE)
    assert f"{many} reminders were missed" in text
    assert "bob" not in text
    assert {each.trouble for each in await follower.reminders.waiting(BOB)} == {-1}


async def test_a_summary_that_passes_is_tried_again(services: Services) -> None:
    """Under the same name, and the ledger says so meanwhile."""
    reminder = await services.remind(late="summarise")
    services.messenger.answers.extend([OVERLOADED, OVERLOADED])
    follower = await services.restarted(after=DAY)
    await follower.timers.until_idle()
    await follower.later(timedelta(seconds=2))
    assert await follower.story(reminder) == [(Route.SUMMARY, Outcome.MISSED, 503, Step.RETRY)]
    await follower.through(NOON + 2 * DAY)
    assert len(follower.messenger.sends) == 3
    assert len({asked.nonce for asked in follower.messenger.sends}) == 1
    assert len(follower.texts(ALICE)) == 1
    assert await follower.story(reminder) == [(Route.SUMMARY, Outcome.SENT, None, None)]


@pytest.mark.parametrize("repeat", [None, "every day"])
async def test_what_a_refused_summary_held_is_parked_and_resumed(services: Services, repeat: str | None) -> None:
    """Each with the occurrence that was missed; resumed, it comes by itself, however late it is."""
    reminder = await services.remind("tea", "at 13:00", repeat, late="summarise")
    services.messenger.answers.append(DM_CLOSED)
    follower = await services.restarted(after=5 * HOUR)
    await follower.through(NOON + 6 * HOUR)
    [parked] = await follower.reminders.waiting(ALICE)
    assert (parked.state, parked.trouble, parked.due_at) == (State.PARKED, 50007, NOON + HOUR)
    assert await follower.story(reminder) == [(Route.SUMMARY, Outcome.REFUSED, 50007, Step.PARKED)]
    await follower.reminders.resume(reminder.id, ALICE)
    await follower.timers.until_idle()
    [text] = follower.shown(ALICE)
    assert "5 hours late" in text
    assert (await follower.found(reminder)).due_at == (None if repeat is None else NOON + DAY + HOUR)


async def test_who_takes_no_summary_is_told_that_something_waits(services: Services) -> None:
    """Once, where they can read it, and nothing of what it says."""
    for number in range(services.config.summary_from):
        await services.remind(f"secret {number}", "in 5 minutes")
    services.messenger.answers.append(DM_CLOSED)
    follower = await services.restarted(after=DAY)
    await follower.through(NOON + 2 * DAY)
    [notice] = follower.texts(CHANNEL)
    assert f"<@{ALICE}>" in notice
    assert "secret" not in str(follower.messenger.messages)
    assert len(await follower.reminders.waiting(ALICE)) == services.config.summary_from


async def test_what_was_to_come_in_a_channel_comes_there_without_a_summary(services: Services) -> None:
    """A direct message that is closed keeps nothing from it; it is late, and goes on if it repeats."""
    for number in range(services.config.summary_from):
        await services.remind(f"here {number}", "every day at 13:00", where=Where.HERE)
    services.messenger.answers.append(DM_CLOSED)
    follower = await services.restarted(after=2 * DAY)
    await follower.through(NOON + 2 * DAY + 2 * HOUR)
    shown = follower.shown(CHANNEL)
    late, on_time = shown[: services.config.summary_from], shown[services.config.summary_from :]
    assert len(late) == len(on_time) == services.config.summary_from
    assert all("late" in text and "1 further time was missed" in text for text in late)
    assert not any("missed" in text for text in on_time)
    reminder = (await follower.reminders.waiting(ALICE))[0]
    assert await follower.story(reminder) == [
        (Route.SUMMARY, Outcome.REFUSED, 50007, Step.FALLBACK),
        (Route.CHANNEL, Outcome.SENT, None, None),
        (Route.CHANNEL, Outcome.SENT, None, None),
    ]


async def test_a_parked_reminder_that_is_resumed_comes_although_it_shall_be_skipped(services: Services) -> None:
    """Its owner has just said that they want it."""
    services.messenger.answers.extend([DM_CLOSED] * 2)
    reminder = await services.remind(late="skip")
    await services.later(HOUR)
    await services.later(DAY)
    await services.reminders.resume(reminder.id, ALICE)
    await services.timers.until_idle()
    assert services.texts(ALICE) == ["tea"]


async def test_killed_before_anything_was_written_it_still_follows_its_policy(services: Services) -> None:
    """That a process took it up and died says nothing about whether it was delivered."""
    reminder = await services.remind(late="skip")
    await services.stop()
    services.clock.advance(HOUR)
    async with services.database.transaction() as tx:  # as the loop takes it up, and dies
        assert await store.claim(tx, (alarms.FIRE,), now=NOON + HOUR, lease_until=NOON + 2 * HOUR, most=1)
    follower = await services.restarted(after=DAY)
    await follower.through(NOON + 2 * DAY)
    assert follower.texts(ALICE) == []
    assert [outcome for _, outcome, *_ in await follower.story(reminder)] == [Outcome.SKIPPED]


async def sending_a_summary(services: Services) -> Services:
    """Another process, which has sent a summary and waits for the answer."""
    for number in range(services.config.summary_from):
        await services.remind(f"number {number}", f"in {number + 1} minutes")
    follower = await services.restarted(after=DAY)
    await follower.timers.until_idle()
    follower.messenger.gate.clear()
    await follower.move(timedelta(seconds=2))
    await follower.messenger.until_sends(1)
    return follower


async def test_the_process_ends_while_it_sends_a_summary(services: Services) -> None:
    """The next one sends the same again, under the same name, although more was missed meanwhile."""
    await services.remind("later", "in 26 hours", late="summarise")
    second = await sending_a_summary(services)
    third = await second.restarted(after=DAY)
    third.messenger.gate.set()
    await third.through(NOON + 3 * DAY)
    first, other = third.shown(ALICE)
    assert f"{services.config.summary_from} reminders were missed" in first
    assert "1 reminder was missed" in other
    assert third.messenger.sends[0].nonce == third.messenger.sends[1].nonce
    assert await third.reminders.waiting(ALICE) == []


async def test_more_is_put_aside_while_a_summary_is_on_its_way(services: Services) -> None:
    """By another process: it comes in a summary of its own, and what was told is not told again."""
    second = await sending_a_summary(services)
    other = second.beside()
    late = await other.remind("one more", "in 1 minute", late="summarise")
    second.clock.advance(HOUR)
    await other.start()  # the first is busy with its summary; its lease is over, too
    other.messenger.gate.set()
    await other.timers.until_idle()
    await second.timers.until_idle()
    await other.through(NOON + 2 * DAY)
    texts = other.shown(ALICE)
    assert len(texts) == 2
    assert [text.count("number 0") for text in texts] == [1, 0]
    assert [text.count("one more") for text in texts] == [0, 1]
    assert [outcome for _, outcome, *_ in await other.story(late)] == [Outcome.SENT]
