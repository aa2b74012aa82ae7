"""Who may do what, asked when a reminder is made and again when it fires; and what people do with it then."""

import pytest

import botcore as bc
from botcore_reminders.errors import RefusesReminders, ReminderGone
from botcore_reminders.services.outbox import TURNED_DOWN
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
