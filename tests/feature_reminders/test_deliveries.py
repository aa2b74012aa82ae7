"""A reminder that is due is delivered, or parked where its owner finds it; nothing is ever lost on the way."""

import asyncio
import itertools
from datetime import timedelta

import pytest

import botcore as bc
from botcore_reminders.errors import UnknownReminder
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.values import Outcome, Route, State, Step, Where
from reminders import ALICE, BOB, CHANNEL, HOUR, NOON, Services

DM_CLOSED = bc.Refused(50007, transient=False)
NO_SUCH_CHANNEL = bc.Refused(10003, transient=False)
OVERLOADED = bc.Refused(503, transient=True)
NO_ANSWER = bc.Refused(0, transient=True)
DELETED = bc.Refused(10008, transient=False)


async def test_it_comes_at_its_time_once(services: Services) -> None:
    """Not before; and then it is done, with a line in the ledger that says so."""
    reminder = await services.remind()
    await services.later(HOUR - timedelta(microseconds=1))
    assert services.texts(ALICE) == []
    await services.later(timedelta(microseconds=1))
    await services.later(HOUR)
    assert services.texts(ALICE) == ["tea"]
    assert (await services.found(reminder)).state is State.DONE
    [attempt] = await services.told(reminder)
    assert (attempt.route, attempt.outcome, attempt.occurrence) == (Route.DM, Outcome.SENT, NOON + HOUR)
    assert attempt.link is not None
    assert await services.timer_count() == 0


async def test_what_repeats_goes_on(services: Services) -> None:
    """Each occurrence once, under a name of its own."""
    await services.remind(when="every day at 13:00")
    await services.through(NOON + timedelta(days=3))
    assert services.texts(ALICE) == ["tea"] * 3
    assert len({asked.nonce for asked in services.messenger.sends}) == 3


async def test_what_passes_is_tried_again_later_and_later(services: Services) -> None:
    """Each pause is at least as long as the one before; it arrives once, and every attempt is in the ledger."""
    services.messenger.answers.extend([OVERLOADED, NO_ANSWER, OVERLOADED, NO_ANSWER])
    reminder = await services.remind()
    await services.through(NOON + 3 * HOUR)
    told = await services.told(reminder)
    assert [each.outcome for each in told] == [Outcome.REFUSED] * 4 + [Outcome.SENT]
    assert [each.code for each in told] == [503, 0, 503, 0, None]
    assert [each.number for each in told] == [1, 2, 3, 4, 5]
    assert [each.step for each in told] == [Step.RETRY] * 4 + [None]
    began = [each.began_at for each in told]
    assert [each.retry_at for each in told] == [*began[1:], None]
    assert [later - earlier for earlier, later in itertools.pairwise(began)] == [
        pause_after(number) for number in range(1, 5)
    ]
    assert len({asked.nonce for asked in services.messenger.sends}) == 1
    assert services.texts(ALICE) == ["tea"]


async def test_the_first_pauses_lie_within_the_time_in_which_discord_knows_a_nonce() -> None:
    """So a message whose answer was lost is not doubled; and no pause is shorter than the one before."""
    pauses = [pause_after(number) for number in range(1, 12)]
    assert sum(pauses[:4], timedelta(0)) < timedelta(minutes=5)
    assert pauses == sorted(pauses)
    assert pauses[-1] == HOUR


async def test_what_does_not_pass_is_parked_and_resumed(services: Services) -> None:
    """After as many attempts as the operator allows; resumed, it has as many again."""
    attempts = services.config.attempts
    services.messenger.answers.extend([OVERLOADED] * (attempts + 2))
    reminder = await services.remind()
    await services.through(NOON + timedelta(days=1))
    told = await services.told(reminder)
    assert [each.step for each in told] == [Step.RETRY] * (attempts - 1) + [Step.PARKED]
    [parked] = await services.reminders.waiting(ALICE)
    assert (parked.id, parked.state, parked.trouble) == (reminder.id, State.PARKED, 503)
    assert services.texts(ALICE) == []

    await services.reminders.resume(reminder.id, ALICE)
    await services.through(NOON + timedelta(days=2))
    told = await services.told(reminder)
    assert [each.step for each in told[attempts:]] == [Step.RETRY, Step.RETRY, None]
    assert services.texts(ALICE) == ["tea"]
    assert (await services.found(reminder)).state is State.DONE


async def test_a_closed_direct_message_becomes_a_notice_without_its_text(services: Services) -> None:
    """In the channel in which it was made, to its recipient alone, and in the ledger as another way."""
    services.messenger.answers.append(DM_CLOSED)
    reminder = await services.remind("my secret")
    await services.later(HOUR)
    assert services.texts(ALICE) == []
    [notice] = services.texts(CHANNEL)
    assert f"<@{ALICE}>" in notice
    assert "secret" not in str(services.messenger.messages)
    assert services.messenger.sends[-1].payload["allowed_mentions"] == {"parse": [], "users": [str(ALICE)]}
    assert await services.story(reminder) == [
        (Route.DM, Outcome.REFUSED, 50007, Step.FALLBACK),
        (Route.NOTICE, Outcome.SENT, None, None),
    ]


async def test_here_falls_back_to_a_direct_message(services: Services) -> None:
    """With its text, since only its recipient reads it."""
    services.messenger.answers.append(NO_SUCH_CHANNEL)
    reminder = await services.remind("my secret", where=Where.HERE)
    await services.later(HOUR)
    assert services.texts(ALICE) == [f"<@{ALICE}> my secret"]
    assert await services.story(reminder) == [
        (Route.CHANNEL, Outcome.REFUSED, 10003, Step.FALLBACK),
        (Route.DM, Outcome.SENT, None, None),
    ]


@pytest.mark.parametrize("where", list(Where))
async def test_when_no_way_is_left_it_is_parked_and_never_deleted(services: Services, where: Where) -> None:
    """Its owner finds it first in their list, with the code; resumed, it is delivered with its delay."""
    services.messenger.answers.extend([DM_CLOSED] * 2)
    paused = await services.remind("milk", "in 30 minutes")
    await services.reminders.pause(paused.id, ALICE)
    reminder = await services.remind(where=where)
    await services.later(HOUR)
    waiting = await services.reminders.waiting(ALICE)
    assert [(each.id, each.state) for each in waiting] == [(reminder.id, State.PARKED), (paused.id, State.PAUSED)]
    assert waiting[0].trouble == 50007
    story = await services.story(reminder)
    assert story[-1][1:] == (Outcome.REFUSED, 50007, Step.PARKED)
    assert [step for *_, step in story[:-1]] == [Step.FALLBACK] * (len(story) - 1)

    services.messenger.answers.clear()
    await services.later(2 * HOUR)
    await services.reminders.resume(reminder.id, ALICE)
    await services.timers.until_idle()
    place = ALICE if where is Where.DM else CHANNEL
    assert any("tea" in text and "2 hours late" in text for text in services.shown(place))
    assert (await services.found(reminder)).state is State.DONE


async def test_a_parked_reminder_that_repeats_goes_on_after_it_is_resumed(services: Services) -> None:
    """With the occurrence that was parked, and then at its own times."""
    services.messenger.answers.extend([DM_CLOSED] * 2)
    reminder = await services.remind(when="every day at 13:00")
    await services.through(NOON + timedelta(days=3))
    assert services.texts(ALICE) == []
    await services.reminders.resume(reminder.id, ALICE)
    await services.through(NOON + timedelta(days=4, hours=2))
    first, *others = services.shown(ALICE)
    assert "2 further times were missed" in first
    assert len(others) == 2
    assert all("late" not in text for text in others)


async def test_whoever_made_it_for_others_is_told_that_it_was_parked(services: Services) -> None:
    """Directly, with the reason and the way out; who is reminded by themselves finds it in their list."""
    services.messenger.answers.append(NO_SUCH_CHANNEL)
    await services.remind(where=Where.CHANNEL)
    await services.later(HOUR)
    [told] = services.shown(ALICE)
    assert "could not be delivered" in told
    assert "/remind resume" in told


async def test_a_message_that_was_deleted_before_it_was_confirmed_has_arrived(services: Services) -> None:
    """Its answer was lost, and somebody was quicker than the retry: nobody wants it again by another way."""
    services.messenger.answers.extend([NO_ANSWER, DELETED])
    reminder = await services.remind(where=Where.HERE)
    await services.through(NOON + 2 * HOUR)
    assert len(services.messenger.sends) == 2
    assert await services.story(reminder) == [
        (Route.CHANNEL, Outcome.REFUSED, 0, Step.RETRY),
        (Route.CHANNEL, Outcome.REFUSED, 10008, None),
    ]
    assert (await services.found(reminder)).state is State.DONE


async def test_a_retry_begins_with_the_way_that_was_tried_last(services: Services) -> None:
    """A direct message that is closed is not tried again because the channel was busy."""
    services.messenger.answers.extend([DM_CLOSED, OVERLOADED])
    reminder = await services.remind()
    await services.through(NOON + 2 * HOUR)
    assert [route for route, *_ in await services.story(reminder)] == [Route.DM, Route.NOTICE, Route.NOTICE]
    assert len(services.texts(CHANNEL)) == 1


# -- on its way --------------------------------------------------------------------------------------------------------


async def on_its_way(services: Services) -> None:
    """Let what is due in an hour be sent, and hold the answer back."""
    services.messenger.gate.clear()
    await services.move(HOUR)
    await services.messenger.until_sends(1)


async def arrive(services: Services) -> None:
    """Let the answer come."""
    services.messenger.gate.set()
    await services.timers.until_idle()


async def test_cancelled_on_its_way(services: Services) -> None:
    """It ends quietly, by no other way, and nothing of it is left."""
    reminder = await services.remind()
    services.messenger.answers.append(DM_CLOSED)
    await on_its_way(services)
    await services.reminders.cancel(reminder.id, ALICE)
    await arrive(services)
    await services.later(HOUR)
    assert len(services.messenger.sends) == 1
    assert await services.reminders.found(reminder.id) is None
    assert await services.timer_count() == 0


async def test_paused_on_its_way(services: Services) -> None:
    """What was sent is in the ledger as sent; nothing follows."""
    reminder = await services.remind(when="every day at 13:00")
    await on_its_way(services)
    await services.reminders.pause(reminder.id, ALICE)
    assert await services.story(reminder) == [(Route.DM, Outcome.SENDING, None, Step.CHANGED)]
    await arrive(services)
    assert await services.story(reminder) == [(Route.DM, Outcome.SENT, None, None)]
    await services.through(NOON + timedelta(days=3))
    assert services.texts(ALICE) == ["tea"]
    assert (await services.found(reminder)).state is State.PAUSED


async def test_moved_on_its_way(services: Services) -> None:
    """It comes again at its new time, and the message that was on its way is not taken back."""
    reminder = await services.remind()
    await on_its_way(services)
    schedule = (await services.new(when="in 3 hours")).schedule
    await services.reminders.edit(reminder.id, ALICE, "coffee", schedule)
    await arrive(services)
    await services.through(NOON + 5 * HOUR)
    assert services.texts(ALICE) == ["tea", "coffee"]
    assert [outcome for _, outcome, *_ in await services.story(reminder)] == [Outcome.SENT, Outcome.SENT]


async def test_changed_after_the_process_ended_while_it_sent(services: Services) -> None:
    """The attempt does not stand in the ledger as being sent for ever."""
    reminder = await services.remind()
    await on_its_way(services)
    follower = await services.restarted()
    await follower.reminders.pause(reminder.id, ALICE)
    await arrive(follower)
    assert await follower.story(reminder) == [(Route.DM, Outcome.SENDING, None, Step.CHANGED)]


async def test_the_next_process_sends_it_again_under_the_same_name(services: Services) -> None:
    """Discord takes it once, and the ledger says what happened."""
    reminder = await services.remind()
    await on_its_way(services)
    follower = await services.restarted()
    await arrive(follower)
    await follower.later(HOUR)
    assert follower.texts(ALICE) == ["tea"]
    assert len({asked.nonce for asked in follower.messenger.sends}) == 1
    assert await follower.story(reminder) == [
        (Route.DM, Outcome.SENDING, None, Step.REPEATED),
        (Route.DM, Outcome.SENT, None, None),
    ]


async def test_a_row_that_is_gone_ends_its_firing_quietly(services: Services) -> None:
    """Whatever removed it forgot its timer."""
    reminder = await services.remind()
    await services.forget_row(reminder)
    await services.later(HOUR)
    assert services.messenger.sends == []
    assert await services.timer_count() == 0


async def test_changed_by_many_while_many_fire(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for one another for ever: every change is made, and nothing fires that was paused or cancelled."""
    owners = range(100, 140)
    made = [await services.remind(owner=owner, when="every day at 13:00") for owner in owners]
    schedule = (await services.new(when="every day at 15:00")).schedule
    await services.move(HOUR)
    await services.messenger.until_sends(1)
    changes = (
        lambda each: services.reminders.pause(each.id, each.owner_id),
        lambda each: services.reminders.cancel(each.id, each.owner_id),
        lambda each: services.reminders.edit(each.id, each.owner_id, "coffee", schedule),
        lambda each: services.reminders.edit(each.id, each.owner_id, "coffee", None),
    )
    await asyncio.gather(*(changes[number % 4](each) for number, each in enumerate(made)))
    await services.timers.until_idle()
    assert "a timer's handler failed" not in caplog.text
    before = {owner: len(services.texts(owner)) for owner in owners}
    assert set(before.values()) <= {0, 1}
    await services.through(NOON + timedelta(days=1, hours=4))
    for number, owner in enumerate(owners):
        new = services.texts(owner)[before[owner] :]
        if number % 4 == 2:
            assert new == ["coffee"] * 2  # today and tomorrow at three
        elif number % 4 == 3:
            assert len(services.texts(owner)) == 2  # today and tomorrow at one, whatever it said today
        else:
            assert new == []


# -- order -------------------------------------------------------------------------------------------------------------


async def test_what_is_due_in_one_place_arrives_in_its_order(services: Services) -> None:
    """Although many are handled at once, and two places do not wait for one another."""
    texts = [f"{number:03}" for number in range(120)]
    await services.remind_many(texts, await services.new())
    await services.remind_many(texts, await services.new(owner=BOB))
    services.messenger.gate.clear()
    await services.move(HOUR + timedelta(seconds=1))
    await services.messenger.until_sends(2)
    for _ in range(20):
        await services.ledger()  # time enough for another one to begin
    assert {asked.user_id for asked in services.messenger.sends} == {ALICE, BOB}
    assert len(services.messenger.sends) == 2
    await arrive(services)
    assert services.texts(ALICE) == texts
    assert services.texts(BOB) == texts
    assert len(services.outbox.turns) == 0


async def test_only_its_owner_finds_it(services: Services) -> None:
    """For everybody else it does not exist, whatever they try to do with it."""
    reminder = await services.remind()
    schedule = (await services.new()).schedule
    for attempt in (
        services.reminders.find(reminder.id, BOB),
        services.reminders.cancel(reminder.id, BOB),
        services.reminders.pause(reminder.id, BOB),
        services.reminders.resume(reminder.id, BOB),
        services.reminders.confirm(reminder.id, BOB),
        services.reminders.discard(reminder.id, BOB),
        services.reminders.edit(reminder.id, BOB, "coffee", schedule),
    ):
        with pytest.raises(UnknownReminder):
            await attempt
    assert await services.reminders.waiting(BOB) == []
    assert await services.found(reminder) == reminder
