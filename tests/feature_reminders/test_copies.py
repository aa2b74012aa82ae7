"""Copies of a reminder that has arrived: who may have one, how many, and of what a button may speak."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from botcore_reminders.config import RemindersConfig
from botcore_reminders.errors import TooMany
from botcore_reminders.services.values import Made, Where
from reminders import ALICE, BOB, CHANNEL, DAY, GUILD, HOUR, NOON, Services

AT_ONE = NOON + HOUR


def by(user_id: int) -> Made:
    """Somebody in the channel in which the tests' reminders are made."""
    return Made(user_id, GUILD, CHANNEL, "en-GB")


async def test_a_series_is_followed_once_however_many_of_its_messages_are_answered(services: Services) -> None:
    """Me too under Thursday's message and again under Friday's gives one reminder a day and not two."""
    daily = await services.remind("bins", "in 1 hour", "every day", where=Where.HERE)
    for number in range(2):
        await services.at(AT_ONE + number * DAY)
        await services.heard.follow(daily.id, by(BOB))
    assert len(await services.reminders.waiting(BOB)) == 1
    await services.at(AT_ONE + 2 * DAY)
    assert services.texts(BOB) == ["bins", "bins"]


async def test_snoozing_does_not_end_what_somebody_follows(services: Services) -> None:
    """One more time of one occurrence is a reminder of its own, beside the series."""
    daily = await services.remind("bins", "in 1 hour", "every day", where=Where.HERE)
    await services.at(AT_ONE)
    await services.heard.follow(daily.id, by(BOB))
    await services.heard.again(daily.id, AT_ONE, by(BOB), AT_ONE + HOUR)
    assert len(await services.reminders.waiting(BOB)) == 2
    await services.through(AT_ONE + DAY)
    assert services.texts(BOB) == ["bins", "bins"]


async def test_snoozing_what_came_is_never_refused(services: Services) -> None:
    """Who has as many as the operator allows can still be reminded of this one again."""
    services = await _with_room_for(2, services)
    await services.remind("tea", "in 1 hour")
    await services.remind("coffee", "in 9 hours")
    tea = (await services.reminders.waiting(ALICE))[0]
    await services.at(AT_ONE)
    await services.remind("milk", "in 9 hours")
    assert (await services.heard.again(tea.id, AT_ONE, by(ALICE), AT_ONE + HOUR)).text == "tea"


@pytest.mark.parametrize("owner", [ALICE, BOB])
async def test_times_at_which_nothing_came_make_no_copies_beyond_the_limit(services: Services, owner: int) -> None:
    """A button that somebody made up says another time on each click, its owner's or a stranger's."""
    services = await _with_room_for(3, services)
    tea = await services.remind("tea", "in 1 hour", where=Where.HERE)
    await services.at(AT_ONE)

    async def claim(number: int) -> None:
        invented = AT_ONE + timedelta(seconds=number)
        await services.heard.again(tea.id, invented, by(owner), AT_ONE + HOUR)

    await _refused_after(3, claim)
    assert len(await services.reminders.waiting(owner)) == 3


async def test_what_its_author_follows_in_a_channel_counts(services: Services) -> None:
    """It is one more that they have waiting, as anybody's."""
    services = await _with_room_for(1, services)
    noise = await services.remind("noise", "in 1 hour", "every day", where=Where.CHANNEL)
    await services.at(AT_ONE)
    with pytest.raises(TooMany):
        await services.heard.follow(noise.id, by(ALICE))


async def _with_room_for(count: int, services: Services) -> Services:
    await services.stop()
    small = Services(services.database, config=RemindersConfig(per_user=count))
    await small.start()
    services.followers.append(small)
    return small


async def _refused_after(count: int, claim: Callable[[int], Awaitable[None]]) -> None:
    for number in range(1, count + 1):
        await claim(number)
    with pytest.raises(TooMany):
        await claim(count + 1)


async def test_what_is_over_comes_again_only_where_there_is_room(services: Services) -> None:
    """By another time in /remind edit, or by another click under it: it waits again, and counts."""
    services = await _with_room_for(1, services)
    tea = await services.remind("tea", "in 1 hour", where=Where.HERE)
    await services.at(AT_ONE)
    await services.heard.again(tea.id, AT_ONE, by(BOB), AT_ONE + HOUR)
    await services.at(AT_ONE + HOUR)
    for owner in (ALICE, BOB):
        await services.remind("another", "in 9 hours", owner=owner)
    schedule = (await services.new("tea", "in 2 hours")).schedule
    with pytest.raises(TooMany):
        await services.reminders.edit(tea.id, ALICE, "tea", schedule)
    with pytest.raises(TooMany):
        await services.heard.again(tea.id, AT_ONE, by(BOB), AT_ONE + DAY)
