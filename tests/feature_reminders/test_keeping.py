"""Making, changing and keeping reminders: within the operator's limits, and for as long as somebody needs them."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

import botcore as bc
from botcore_reminders.config import RemindersConfig
from botcore_reminders.errors import AlreadyPast, TooMany, UnknownReminder, WrongState
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.sweeping import AFTER_START, DRAFTS_KEPT
from botcore_reminders.services.values import Made, State
from reminders import ALICE, BOB, CAROL, CHANNEL, DAY, GUILD, HOUR, NOON, Services

MADE = Made(ALICE, GUILD, CHANNEL, "en-GB")
BY_BOB = Made(BOB, GUILD, CHANNEL, "en-GB")

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
    """As what they make themselves does; what an owner may have later is in `test_copies`."""
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


async def test_what_has_lost_its_timer_is_taken_up_again(services: Services) -> None:
    """Whatever took it, or gave it up after it had failed for hours: no reminder waits for ever."""
    reminder = await services.remind()
    async with services.database.transaction() as tx:
        await services.alarms.silence(tx, await tx.get_one(ReminderRow, reminder.id))
    await services.sweeper.plan()
    await services.through(NOON + 3 * DAY)
    [text] = services.shown(ALICE)
    assert "late" in text
    assert (await services.found(reminder)).state is State.DONE


async def test_what_is_tried_again_for_long_is_left_alone(services: Services) -> None:
    """Its attempts are counted on, until it is parked as the operator says."""
    await services.stop()
    patient = Services(services.database, config=RemindersConfig(attempts=50))
    services.followers.append(patient)
    await patient.start()
    patient.messenger.answers.extend([bc.Refused(503, transient=True)] * 60)
    await patient.sweeper.plan()
    reminder = await patient.remind(when="in 5 minutes")
    await patient.through(NOON + 4 * DAY)
    assert len(await patient.ledger()) == 50
    assert (await patient.found(reminder)).state is State.PARKED


async def test_what_is_parked_or_paused_is_never_removed(services: Services) -> None:
    """However long nobody looks after it."""
    services.messenger.answers.extend([bc.Refused(50007, transient=False)] * 2)
    parked, paused = await services.remind(), await services.remind(when="in 5 hours")
    await services.reminders.pause(paused.id, ALICE)
    await services.later(HOUR)
    await services.sweeper.plan()
    await services.later(timedelta(days=10 * services.config.keep_days))
    assert [each.id for each in await services.reminders.waiting(ALICE)] == [parked.id, paused.id]
