"""Votes: one a member, whatever happens at the same time."""

import asyncio

import pytest

from botcore.db import Database
from botcore_polls.errors import PollClosed, UnknownChoice
from botcore_polls.services.ballots import Click, Wish
from botcore_polls.services.values import Receipt
from botcore_sandbox import FakeMessenger
from polls import ALICE, BOB, CAROL, GUILD, Services


async def test_a_vote_counts_and_the_receipt_says_for_what(services: Services) -> None:
    """Before it there was none."""
    poll = await services.ask()
    assert await services.press(poll, ALICE, 1) == Receipt(poll, before=None, now=1)
    assert await services.press(poll, BOB, 1) == Receipt(poll, before=None, now=1)
    assert await services.counts(poll) == (0, 2, 0)


async def test_another_option_changes_the_vote(services: Services) -> None:
    """It is moved, not added."""
    poll = await services.ask()
    await services.press(poll, ALICE, 1)
    assert await services.press(poll, ALICE, 2) == Receipt(poll, before=1, now=2)
    assert await services.counts(poll) == (0, 0, 1)


async def test_the_same_button_again_withdraws_the_vote(services: Services) -> None:
    """And once more votes again."""
    poll = await services.ask()
    await services.press(poll, ALICE, 1)
    assert await services.press(poll, ALICE, 1) == Receipt(poll, before=1, now=None)
    assert await services.counts(poll) == (0, 0, 0)
    assert await services.press(poll, ALICE, 1) == Receipt(poll, before=None, now=1)
    assert await services.counts(poll) == (0, 1, 0)


async def test_choosing_from_a_list_sets_the_vote(services: Services) -> None:
    """The same choice again leaves it, choosing nothing withdraws it, and withdrawing twice is no mistake."""
    poll = await services.ask()
    choose = [services.click(ALICE, 2, Wish.SET), services.click(ALICE, 2, Wish.SET)]
    assert await services.ballots.cast(poll, choose[0]) == Receipt(poll, before=None, now=2)
    assert await services.ballots.cast(poll, choose[1]) == Receipt(poll, before=2, now=2)
    assert await services.counts(poll) == (0, 0, 1)
    nothing = [services.click(ALICE, None, Wish.WITHDRAW), services.click(ALICE, None, Wish.WITHDRAW)]
    assert await services.ballots.cast(poll, nothing[0]) == Receipt(poll, before=2, now=None)
    assert await services.ballots.cast(poll, nothing[1]) == Receipt(poll, before=None, now=None)
    assert await services.counts(poll) == (0, 0, 0)


async def test_who_never_voted_can_withdraw_and_leaves_nothing_behind(services: Services) -> None:
    """The poll does not change."""
    poll = await services.ask()
    receipt = await services.ballots.cast(poll, services.click(ALICE, None, Wish.WITHDRAW))
    assert receipt == Receipt(poll, before=None, now=None)
    assert (await services.polls.tally(poll.id)).revision == 0


@pytest.mark.parametrize("position", [-1, 3, 2**40])
async def test_an_option_that_the_poll_does_not_have_is_refused(services: Services, position: int) -> None:
    """A custom id is a claim by a stranger."""
    poll = await services.ask(options="a; b; c")
    with pytest.raises(UnknownChoice):
        await services.press(poll, ALICE, position)
    assert await services.counts(poll) == (0, 0, 0)


async def test_votes_of_one_poll_are_not_those_of_another(services: Services) -> None:
    """A member votes once in each."""
    first, second = await services.ask(), await services.ask()
    await services.press(first, ALICE, 0)
    await services.press(second, ALICE, 1)
    assert await services.counts(first) == (1, 0, 0)
    assert await services.counts(second) == (0, 1, 0)


async def test_a_closed_poll_takes_no_vote_back_or_on(services: Services) -> None:
    """The late click is told where the result is."""
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    await services.polls.close(poll.id, ALICE, administrator=False)
    for member in (ALICE, BOB):
        with pytest.raises(PollClosed, match="/poll results"):
            await services.press(poll, member, 0)
    assert await services.counts(poll) == (1, 0, 0)


async def test_a_double_click_votes_once(services: Services) -> None:
    """Clicks on one button that come before the first has its receipt are that first one, however many."""
    poll = await services.ask()
    receipts = await asyncio.gather(*(services.press(poll, ALICE, 1) for _ in range(50)))
    assert receipts == [Receipt(poll, before=None, now=1)] * 50
    assert await services.counts(poll) == (0, 1, 0)
    receipts = await asyncio.gather(*(services.press(poll, ALICE, 1) for _ in range(50)))
    assert receipts == [Receipt(poll, before=1, now=None)] * 50
    assert await services.counts(poll) == (0, 0, 0)


async def test_clicks_on_different_buttons_at_once_leave_the_latest(services: Services) -> None:
    """Whichever is taken first, the click that Discord numbered last decides."""
    poll = await services.ask(options="a; b; c")
    clicks = [services.click(ALICE, position) for position in (0, 1, 2)]
    await asyncio.gather(*(services.ballots.cast(poll, click) for click in reversed(clicks)))
    assert await services.counts(poll) == (0, 0, 1)


async def test_a_hundred_members_at_once_are_a_hundred_votes(services: Services) -> None:
    """None is lost and none refused."""
    poll = await services.ask()
    await asyncio.gather(*(services.press(poll, member, member % 3) for member in range(1, 101)))
    assert await services.counts(poll) == (33, 34, 33)


async def test_closing_in_the_middle_of_a_storm_counts_what_it_says(services: Services) -> None:
    """No vote is taken after the count that the closing gave."""
    poll = await services.ask()

    async def vote(member: int) -> bool:
        try:
            await services.press(poll, member, 0)
        except PollClosed:
            return False
        return True

    before = [asyncio.create_task(vote(member)) for member in range(1, 21)]
    closing = asyncio.create_task(services.polls.close(poll.id, ALICE, administrator=False))
    after = [asyncio.create_task(vote(member)) for member in range(21, 41)]
    taken = await asyncio.gather(*before, *after)
    tally = await closing
    assert tally.counts == (sum(taken), 0, 0)
    assert await services.counts(poll) == tally.counts


async def test_one_click_that_two_processes_handle_counts_once(database_url: str, services: Services) -> None:
    """While a bot is replaced two processes get every interaction; a toggle must not undo itself."""
    poll = await services.ask()
    async with Database(database_url) as second:
        other = Services(second, FakeMessenger())
        for expected in ((0, 1, 0), (0, 0, 0), (0, 1, 0)):
            click = services.click(ALICE, 1)
            await asyncio.gather(*(each.ballots.cast(poll, click) for each in (services, other)))
            assert await services.counts(poll) == expected
        await other.live.stop()


async def test_two_processes_take_the_votes_of_many_members_at_once(database_url: str, services: Services) -> None:
    """Each member has one vote, wherever it was taken."""
    poll = await services.ask()
    async with Database(database_url) as second:
        other = Services(second, FakeMessenger())
        votes = [each.press(poll, member, member % 3) for member in range(1, 31) for each in (services, other)]
        await asyncio.gather(*votes)
        await other.live.stop()
    assert sum(await services.counts(poll)) == 30


async def test_an_older_click_changes_nothing_after_a_newer_one(services: Services) -> None:
    """Its receipt says what the vote is."""
    poll = await services.ask()
    older, newer = services.click(CAROL, 0), services.click(CAROL, 2)
    await services.ballots.cast(poll, newer)
    assert await services.ballots.cast(poll, older) == Receipt(poll, before=2, now=2)
    assert await services.counts(poll) == (0, 0, 1)


async def test_a_click_tells_where_the_poll_stands(services: Services) -> None:
    """A bot that was killed before it could note the message learns it again, from a refused click too."""
    for closed in (False, True):
        poll = await services.ask(posted=False)
        if closed:
            await services.polls.close(poll.id, ALICE, administrator=False)
        click = Click(1, BOB, Wish.TOGGLE, 0, message_id=8)
        if closed:
            with pytest.raises(PollClosed):
                await services.ballots.cast(poll, click)
        else:
            await services.ballots.cast(poll, click)
        found = await services.polls.find(GUILD, poll.id)
        assert found is not None
        assert found.message_id == 8
