"""Making, finding and closing polls, on every kind of database that this machine has."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

import botcore as bc
from botcore.db import Database
from botcore_polls.config import PollsConfig
from botcore_polls.errors import AlreadyClosed, NotYourPoll, UnknownPoll
from botcore_polls.services.values import Poll, Tally
from polls import ALICE, BOB, CHANNEL, GUILD, MESSAGE, Bot


def everything(_channel_id: int) -> bool:
    return True


async def test_a_new_poll_is_open_and_has_no_votes(bot: Bot) -> None:
    """What was typed is what the poll holds, with the time of the bot's clock."""
    poll = await bot.ask("Where do we eat?", "pizza; soup")
    tally = await bot.polls.tally(poll.id)
    assert tally == Tally(
        Poll(
            id=poll.id,
            guild_id=GUILD,
            channel_id=CHANNEL,
            message_id=MESSAGE,
            author_id=ALICE,
            locale="en-GB",
            question="Where do we eat?",
            options=("pizza", "soup"),
            created_at=bot.clock.now(),
            closed_at=None,
        ),
        counts=(0, 0),
        revision=0,
    )
    assert poll.is_open


async def test_nothing_is_kept_of_a_poll_that_cannot_be_made(bot: Bot) -> None:
    """A mistake is refused before anything is written."""
    with pytest.raises(bc.InvalidInput):
        await bot.ask(options="only one")
    assert await bot.polls.search(GUILD, "", can_see=everything) == []


async def test_a_server_has_as_many_open_polls_as_the_operator_allows(database: Database, bot: Bot) -> None:
    """The refusal names the limit and the way out; other servers and closed polls do not count."""
    small = Bot(database, bot.messenger, PollsConfig(max_open_per_guild=2))
    first = await small.ask("One?")
    await small.ask("Two?")
    with pytest.raises(bc.UserError, match=r"has 2 open polls.*/poll close"):
        await small.ask("Three?")
    await small.ask("Elsewhere?", guild=2)
    await small.polls.close(first.id, ALICE, administrator=False)
    await small.ask("Three?")


async def test_a_poll_is_found_in_its_own_server_only(bot: Bot) -> None:
    """Another server's number finds nothing."""
    poll = await bot.ask()
    found = await bot.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.question == "Lunch?"
    assert await bot.polls.find(GUILD + 1, poll.id) is None
    assert await bot.polls.find(GUILD, poll.id + 1) is None


async def test_the_first_message_that_is_told_stays(bot: Bot) -> None:
    """A second one cannot take the poll away from its channel."""
    poll = await bot.ask(posted=False)
    await bot.polls.posted(poll.id, 5)
    await bot.polls.posted(poll.id, 6)
    found = await bot.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.message_id == 5


async def test_a_discarded_poll_is_gone_and_its_number_is_never_used_again(bot: Bot) -> None:
    """A button may outlive its poll, and must not vote in another one."""
    poll = await bot.ask()
    await bot.press(poll, BOB, 1)
    await bot.polls.discard(poll.id)
    assert await bot.polls.find(GUILD, poll.id) is None
    with pytest.raises(UnknownPoll):
        await bot.polls.tally(poll.id)
    with pytest.raises(UnknownPoll):
        await bot.press(poll, BOB, 1)
    assert (await bot.ask()).id > poll.id


class TestSearch:
    """What autocomplete offers."""

    async def names(
        self, bot: Bot, typed: str = "", *, open_only: bool = False, author_id: int | None = None
    ) -> list[str]:
        found = await bot.polls.search(GUILD, typed, can_see=everything, open_only=open_only, author_id=author_id)
        return [poll.question for poll in found]

    async def test_open_polls_come_first_and_then_the_newest(self, bot: Bot) -> None:
        """Closed ones follow, the newest first as well."""
        asked = {name: await bot.ask(name) for name in ("one", "two", "three", "four")}
        for name in ("one", "three"):
            await bot.polls.close(asked[name].id, ALICE, administrator=False)
        assert await self.names(bot) == ["four", "two", "three", "one"]
        assert await self.names(bot, open_only=True) == ["four", "two"]

    async def test_any_part_of_the_question_finds_it_in_any_case(self, bot: Bot) -> None:
        """Case is folded in every script, and marks of the database mean nothing."""
        for name in ("Où manger à ÉPINAL?", "100% sure_?", "Straße oder Weg?"):
            await bot.ask(name)
        assert await self.names(bot, " épinal ") == ["Où manger à ÉPINAL?"]
        assert await self.names(bot, "STRASSE") == ["Straße oder Weg?"]
        assert await self.names(bot, "0%") == ["100% sure_?"]
        assert await self.names(bot, "e_") == ["100% sure_?"]
        assert await self.names(bot, "%") == ["100% sure_?"]
        assert await self.names(bot, "nothing") == []

    async def test_polls_of_channels_that_the_member_cannot_see_are_not_found(self, bot: Bot) -> None:
        """Nor are those of other servers."""
        await bot.ask("here", channel=5)
        await bot.ask("hidden", channel=6)
        await bot.ask("elsewhere", guild=GUILD + 1, channel=5)
        found = await bot.polls.search(GUILD, "", can_see=lambda channel_id: channel_id == 5)
        assert [poll.question for poll in found] == ["here"]

    async def test_one_authors_polls_can_be_asked_for(self, bot: Bot) -> None:
        """Which is what a member may close."""
        await bot.ask("of alice", author=ALICE)
        await bot.ask("of bob", author=BOB)
        assert await self.names(bot, author_id=BOB) == ["of bob"]

    async def test_at_most_25_are_found(self, bot: Bot) -> None:
        """Discord shows no more; open ones are the last to be left out."""
        for number in range(20):
            poll = await bot.ask(f"closed {number}")
            await bot.polls.close(poll.id, ALICE, administrator=False)
        for number in range(10):
            await bot.ask(f"open {number}")
        found = await bot.polls.search(GUILD, "", can_see=everything)
        assert [poll.is_open for poll in found] == [True] * 10 + [False] * 15


class TestClosing:
    """The end of a poll."""

    async def test_the_author_closes_a_poll_and_gets_the_final_count(self, bot: Bot) -> None:
        """With the time of the bot's clock."""
        poll = await bot.ask()
        await bot.press(poll, BOB, 1)
        bot.clock.advance(timedelta(hours=1))
        tally = await bot.polls.close(poll.id, ALICE, administrator=False)
        assert tally.counts == (0, 1, 0)
        assert tally.poll.closed_at == bot.clock.now()
        assert not tally.poll.is_open

    async def test_an_administrator_closes_anybodys_poll(self, bot: Bot) -> None:
        """Whoever made it."""
        poll = await bot.ask(author=ALICE)
        assert not (await bot.polls.close(poll.id, BOB, administrator=True)).poll.is_open

    async def test_nobody_else_does(self, bot: Bot) -> None:
        """The sentence says who may, also where the poll is closed already."""
        poll = await bot.ask(author=ALICE)
        with pytest.raises(NotYourPoll, match="Only the member who made this poll or an administrator"):
            await bot.polls.close(poll.id, BOB, administrator=False)
        assert (await bot.polls.tally(poll.id)).poll.is_open
        await bot.polls.close(poll.id, ALICE, administrator=False)
        with pytest.raises(NotYourPoll):
            await bot.polls.close(poll.id, BOB, administrator=False)

    async def test_a_poll_is_closed_once(self, bot: Bot) -> None:
        """The second time is told so, and changes nothing."""
        poll = await bot.ask()
        first = await bot.polls.close(poll.id, ALICE, administrator=False)
        bot.clock.advance(timedelta(hours=1))
        with pytest.raises(AlreadyClosed, match="closed already"):
            await bot.polls.close(poll.id, ALICE, administrator=False)
        assert await bot.polls.tally(poll.id) == first

    async def test_a_poll_that_is_not_there_cannot_be_closed(self, bot: Bot) -> None:
        """It is the same error as for one that may not be seen."""
        with pytest.raises(UnknownPoll):
            await bot.polls.close(404, ALICE, administrator=True)


@pytest.mark.parametrize(
    "section",
    [{"max_options": 1}, {"max_options": 26}, {"max_open_per_guild": 0}, {"max_optoins": 5}],
)
def test_a_configuration_that_cannot_work_is_refused(section: dict[str, int]) -> None:
    """Values out of range and unknown names."""
    with pytest.raises(ValidationError):
        PollsConfig.model_validate(section)
