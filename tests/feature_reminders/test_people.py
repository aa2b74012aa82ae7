"""Who may do what, asked when a reminder is made and again when it fires; and what people do with it then."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

import botcore as bc
from botcore_reminders.config import RemindersConfig
from botcore_reminders.errors import AlreadyPast, RefusesReminders, ReminderGone, TooMany, UnknownReminder, WrongState
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.outbox import TURNED_DOWN
from botcore_reminders.services.sweeping import AFTER_START, DRAFTS_KEPT
from botcore_reminders.services.values import Made, Outcome, Route, State, Step, Where
from reminders import ALICE, BOB, CAROL, CHANNEL, DAY, ELSEWHERE, GUILD, HOUR, NOON, Services

MADE = Made(ALICE, GUILD, CHANNEL, "en-GB")
BY_BOB = Made(BOB, GUILD, CHANNEL, "en-GB")
SILENT = bc.Access(sees=True, writes=False, manages_messages=False)
ORDINARY = bc.Access(sees=True, writes=True, manages_messages=False, pings=frozenset({77}))


def may(services: Services, user: int, access: bc.Access | bc.Refused) -> None:
    """Say what somebody may do in the channel."""
    services.members.answers[GUILD, CHANNEL, user] = access


# -- others ------------------------------------------------------------------------------------------------------------


async def test_who_takes_none_from_others_gets_none(services: Services) -> None:
    """Not when one is made, and not when one is confirmed that was made before; their own ones come."""
    draft = await services.reminders.draft(await services.new(recipient=BOB))
    await services.preferences.change(BOB, from_others=False)
    with pytest.raises(RefusesReminders):
        await services.reminders.confirm(draft.id, ALICE)
    with pytest.raises(RefusesReminders):
        await services.remind(recipient=BOB)
    await services.remind(owner=BOB)
    await services.later(HOUR)
    assert services.texts(BOB) == ["tea"]


async def test_who_takes_none_any_more_when_it_fires(services: Services) -> None:
    """It is parked with its author, who is told, and nothing of it reaches its recipient, nor the channel."""
    reminder = await services.remind("secret", recipient=BOB)
    await services.preferences.change(BOB, from_others=False)
    await services.later(HOUR)
    assert services.texts(BOB) == []
    assert services.texts(CHANNEL) == []
    assert await services.story(reminder) == [
        (Route.DM, Outcome.REFUSED, TURNED_DOWN.code, Step.FALLBACK),
        (Route.NOTICE, Outcome.REFUSED, TURNED_DOWN.code, Step.PARKED),
    ]
    assert [each.id for each in await services.reminders.waiting(ALICE)] == [reminder.id]
    [told] = services.shown(ALICE)
    assert "no longer takes reminders from others" in told


@pytest.mark.parametrize(
    ("access", "code"),
    [
        pytest.param(ORDINARY, 50013, id="lost the permission"),
        pytest.param(bc.Refused(10007, transient=False), 10007, id="left the server"),
        pytest.param(bc.Refused(10003, transient=False), 10003, id="the channel is gone"),
    ],
)
async def test_who_may_no_longer_remind_others(services: Services, access: bc.Access | bc.Refused, code: int) -> None:
    """Nothing reaches their recipient; it is parked, and comes once its author may again."""
    reminder = await services.remind(recipient=BOB)
    may(services, ALICE, access)
    await services.later(HOUR)
    assert services.texts(BOB) == []
    assert services.texts(CHANNEL) == []
    assert (await services.found(reminder)).trouble == code
    services.members.answers.clear()
    await services.reminders.resume(reminder.id, ALICE)
    await services.timers.until_idle()
    [text] = services.texts(BOB)
    assert f"<@{ALICE}> wants you to be reminded" in text


async def test_one_of_somebody_else_falls_back_to_a_notice_for_its_recipient(services: Services) -> None:
    """Where they can read it, and not its author."""
    reminder = await services.remind("secret", recipient=BOB)
    services.messenger.answers.append(bc.Refused(50007, transient=False))
    await services.later(HOUR)
    [notice] = services.texts(CHANNEL)
    assert f"<@{BOB}>" in notice
    assert "secret" not in notice
    assert (await services.found(reminder)).state is State.DONE


# -- channels ----------------------------------------------------------------------------------------------------------


async def test_who_may_not_write_there_any_more_when_it_fires(services: Services) -> None:
    """It is parked, also one that repeats."""
    reminder = await services.remind(when="every day at 13:00", where=Where.CHANNEL)
    await services.later(HOUR)
    may(services, ALICE, SILENT)
    await services.later(DAY)
    assert len(services.texts(CHANNEL)) == 1
    assert (await services.found(reminder)).trouble == 50013


async def test_whom_it_may_ping(services: Services) -> None:
    """Its recipient, members whom it names, and of the roles those that its author could ping at that moment."""
    may(services, ALICE, ORDINARY)
    await services.remind("@everyone <@13> <@&77> <@&78>", where=Where.HERE)
    await services.remind("<@&77>", where=Where.CHANNEL)
    await services.later(HOUR)
    here, everybody = (asked.payload["allowed_mentions"] for asked in services.messenger.sends)
    assert here == {"parse": [], "users": [str(ALICE), str(CAROL)], "roles": ["77"]}
    assert everybody == {"parse": [], "roles": ["77"]}
    await services.remind("<@&77> <@13>", where=Where.HERE)
    may(services, ALICE, bc.Access(sees=True, writes=True, manages_messages=False))
    await services.later(HOUR)
    assert services.messenger.sends[-1].payload["allowed_mentions"] == {
        "parse": [],
        "users": [str(ALICE), str(CAROL)],
    }


async def test_who_looks_after_a_channel_cancels_what_goes_there(services: Services) -> None:
    """They find what everybody in it gets, and nothing that goes to one member."""
    there = await services.remind("there", where=Where.CHANNEL)
    await services.remind("here", where=Where.HERE)
    await services.remind("direct")
    await services.remind("elsewhere", where=Where.CHANNEL, channel=ELSEWHERE)
    assert [each.id for each in await services.reminders.search_channel(CHANNEL, "")] == [there.id]
    await services.reminders.cancel(there.id, None)
    await services.later(HOUR)
    assert services.texts(CHANNEL) == [f"<@{ALICE}> here"]


# -- what people do with one that has arrived --------------------------------------------------------------------------


async def test_a_second_click_moves_it(services: Services) -> None:
    """One copy for one person of one occurrence; of another occurrence it is another."""
    reminder = await services.remind(when="every day at 13:00")
    await services.later(HOUR)
    first = await services.heard.again(reminder.id, NOON + HOUR, MADE, NOON + 2 * HOUR)
    second = await services.heard.again(reminder.id, NOON + HOUR, MADE, NOON + 3 * HOUR)
    assert first.id == second.id
    other = await services.heard.again(reminder.id, NOON + HOUR + DAY, MADE, NOON + 3 * HOUR)
    assert other.id != first.id
    await services.through(NOON + 5 * HOUR)
    assert services.texts(ALICE) == ["tea"] * 3


async def test_a_click_after_the_copy_has_come_brings_it_again(services: Services) -> None:
    """Also one that was done, or parked."""
    reminder = await services.remind()
    await services.later(HOUR)
    for number in range(3):
        await services.heard.again(reminder.id, NOON + HOUR, MADE, services.clock.now() + HOUR)
        await services.later(HOUR)
        assert len(services.texts(ALICE)) == number + 2


async def test_a_copy_comes_back_where_it_was_for_its_owner_and_directly_for_others(services: Services) -> None:
    """Nobody can be made to read it in a channel by somebody else's click."""
    reminder = await services.remind(where=Where.HERE)
    await services.later(HOUR)
    await services.heard.again(reminder.id, NOON + HOUR, MADE, NOON + 2 * HOUR)
    await services.heard.again(reminder.id, NOON + HOUR, BY_BOB, NOON + 2 * HOUR)
    await services.later(HOUR)
    assert len(services.texts(CHANNEL)) == 2
    assert services.texts(BOB) == ["tea"]


async def test_me_too_follows_what_repeats(services: Services) -> None:
    """From the next occurrence on, as a reminder of their own; there is none of what does not repeat."""
    series = await services.remind(when="every day at 13:00", where=Where.CHANNEL)
    once = await services.remind(where=Where.CHANNEL)
    await services.later(HOUR)
    own = await services.heard.follow(series.id, BY_BOB)
    assert own is not None
    assert await services.heard.follow(once.id, BY_BOB) is None
    await services.reminders.cancel(series.id, ALICE)
    await services.through(NOON + 2 * DAY + 2 * HOUR)
    assert services.texts(BOB) == ["tea"] * 2
    assert (await services.found(own)).owner_id == BOB


async def test_a_copy_of_what_is_gone(services: Services) -> None:
    """Is refused with a sentence; nothing is made."""
    reminder = await services.remind()
    await services.reminders.cancel(reminder.id, ALICE)
    for attempt in (
        services.heard.done(reminder.id),
        services.heard.again(reminder.id, NOON, MADE, NOON + HOUR),
        services.heard.follow(reminder.id, MADE),
    ):
        with pytest.raises(ReminderGone):
            await attempt


# -- limits ------------------------------------------------------------------------------------------------------------


@pytest.fixture
async def bounded(services: Services) -> Services:
    """The services of an operator who allows two reminders."""
    await services.stop()
    return Services(services.database, config=RemindersConfig(per_user=2))


async def test_how_many_somebody_may_have(bounded: Services) -> None:
    """The refusal names the limit; what is over makes room, and what others make for one takes none."""
    drafts = [await bounded.reminders.draft(await bounded.new()) for _ in range(3)]
    for draft in drafts[:2]:
        await bounded.reminders.confirm(draft.id, ALICE)
    for refused in (bounded.reminders.confirm(drafts[2].id, ALICE), bounded.remind()):
        with pytest.raises(TooMany, match="You have 2 reminders waiting, and this bot allows no more"):
            await refused
    await bounded.remind(owner=BOB, recipient=ALICE)
    await bounded.reminders.cancel(drafts[0].id, ALICE)
    await bounded.reminders.confirm(drafts[2].id, ALICE)


async def test_copies_count_for_who_had_not_made_it(bounded: Services) -> None:
    """As what they make themselves does."""
    origin = await bounded.remind()
    for _ in range(2):
        await bounded.remind(owner=BOB)
    with pytest.raises(TooMany):
        await bounded.heard.again(origin.id, NOON, BY_BOB, NOON + HOUR)


# -- changing ----------------------------------------------------------------------------------------------------------


async def test_a_draft_does_not_fire(services: Services) -> None:
    """And one whose time went by cannot be confirmed."""
    draft = await services.reminders.draft(await services.new())
    await services.later(2 * HOUR)
    assert services.messenger.sends == []
    with pytest.raises(AlreadyPast):
        await services.reminders.confirm(draft.id, ALICE)


async def test_confirming_again_changes_nothing(services: Services) -> None:
    """Two clicks are one; a draft that is discarded is gone, and one that was confirmed stays."""
    draft = await services.reminders.draft(await services.new())
    first = await services.reminders.confirm(draft.id, ALICE)
    assert await services.reminders.confirm(draft.id, ALICE) == first
    await services.reminders.discard(draft.id, ALICE)
    assert await services.reminders.find(draft.id, ALICE) == first
    other = await services.reminders.draft(await services.new())
    await services.reminders.discard(other.id, ALICE)
    with pytest.raises(UnknownReminder):
        await services.reminders.find(other.id, ALICE)


async def test_what_is_paused_goes_on_at_its_next_time(services: Services) -> None:
    """What would have come meanwhile does not; what can come no more says so."""
    series, once = await services.remind(when="every day at 13:00"), await services.remind()
    for each in (series, once):
        await services.reminders.pause(each.id, ALICE)
    with pytest.raises(WrongState):
        await services.reminders.pause(series.id, ALICE)
    await services.later(2 * DAY + 2 * HOUR)
    assert (await services.reminders.resume(series.id, ALICE)).due_at == NOON + 3 * DAY + HOUR
    with pytest.raises(AlreadyPast):
        await services.reminders.resume(once.id, ALICE)
    with pytest.raises(WrongState):
        await services.reminders.resume(series.id, ALICE)
    assert (await services.found(once)).state is State.PAUSED
    await services.later(DAY)
    assert services.texts(ALICE) == ["tea"]


async def test_editing_what_was_parked_lets_it_fire_again(services: Services) -> None:
    """At its new time; another text alone leaves it parked."""
    services.messenger.answers.extend([bc.Refused(50007, transient=False)] * 2)
    reminder = await services.remind()
    await services.later(HOUR)
    assert (await services.reminders.edit(reminder.id, ALICE, "coffee", None)).state is State.PARKED
    schedule = (await services.new(when="in 1 hour")).schedule
    edited = await services.reminders.edit(reminder.id, ALICE, "coffee", schedule)
    assert (edited.state, edited.trouble, edited.due_at) == (State.ACTIVE, None, NOON + 2 * HOUR)
    await services.later(HOUR)
    assert services.texts(ALICE) == ["coffee"]


async def test_what_somebody_has_is_listed_in_the_order_in_which_it_comes(services: Services) -> None:
    """And is found by what it says, whatever its case."""
    for text, when in (("Soup", "in 3 hours"), ("Tea", "in 1 hour"), ("soup again", "in 2 hours")):
        await services.remind(text, when)
    assert [each.text for each in await services.reminders.waiting(ALICE)] == ["Tea", "soup again", "Soup"]
    found = await services.reminders.search(ALICE, " SOUP ", (State.ACTIVE,))
    assert [each.text for each in found] == ["soup again", "Soup"]


# -- sweeping ----------------------------------------------------------------------------------------------------------


async def count(services: Services, row: type[ReminderRow | AttemptRow]) -> int:
    """How many rows there are."""
    async with services.database.session() as session:
        return await session.scalar(select(func.count()).select_from(row)) or 0


async def test_what_is_over_is_removed_in_time(services: Services) -> None:
    """Drafts after a day, what was delivered and its history after as long as the operator says."""
    await services.reminders.draft(await services.new())
    await services.remind(nag=timedelta(minutes=30))  # still asks
    await services.preferences.change(ALICE, quiet_hours=(time(0), time(0)))
    await services.remind(owner=BOB)
    daily = await services.remind(when="every day at 13:00", owner=CAROL)
    await services.sweeper.plan()
    await services.later(AFTER_START)
    assert await count(services, ReminderRow) == 4
    await services.later(HOUR)
    await services.later(DRAFTS_KEPT)
    assert await count(services, ReminderRow) == 3
    await services.through(NOON + timedelta(days=2))
    services.clock.advance(timedelta(days=services.config.keep_days))
    await services.later(DAY)
    await services.later(DAY)
    async with services.database.session() as session:
        owners = set(await session.scalars(select(ReminderRow.owner_id)))
        oldest = await session.scalar(select(func.min(AttemptRow.began_at)))
    assert owners == {ALICE, CAROL}
    assert oldest is not None
    assert oldest >= services.clock.now() - timedelta(days=services.config.keep_days + 1)
    assert (await services.found(daily)).state is State.ACTIVE


async def test_what_is_parked_or_paused_is_never_removed(services: Services) -> None:
    """However long nobody looks after it."""
    services.messenger.answers.extend([bc.Refused(50007, transient=False)] * 2)
    parked, paused = await services.remind(), await services.remind(when="in 5 hours")
    await services.reminders.pause(paused.id, ALICE)
    await services.later(HOUR)
    await services.sweeper.plan()
    await services.later(timedelta(days=10 * services.config.keep_days))
    assert [each.id for each in await services.reminders.waiting(ALICE)] == [parked.id, paused.id]
