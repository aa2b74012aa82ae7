"""Making, finding and closing polls, on every kind of database that this machine has."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

import botcore as bc
from botcore.db import Database
from botcore_polls.config import PollsConfig
from botcore_polls.errors import AlreadyClosed, NotYourPoll, UnknownPoll
from botcore_polls.services.values import Poll, Tally
from polls import ALICE, BOB, CHANNEL, GUILD, MESSAGE, Services


def everything(_channel_id: int) -> bool:
    return True


async def test_a_new_poll_is_open_and_has_no_votes(services: Services) -> None:
    """What was typed is what the poll holds, with the time of the bot's clock."""
    poll = await services.ask("Where do we eat?", "pizza; soup")
    tally = await services.polls.tally(poll.id)
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
            created_at=services.clock.now(),
            closed_at=None,
        ),
        counts=(0, 0),
        revision=0,
    )
    assert poll.is_open


async def test_nothing_is_kept_of_a_poll_that_cannot_be_made(services: Services) -> None:
    """A mistake is refused before anything is written."""
    with pytest.raises(bc.InvalidInput):
        await services.ask(options="only one")
    assert await services.polls.search(GUILD, "", can_see=everything) == []


async def test_a_server_has_as_many_open_polls_as_the_operator_allows(database: Database, services: Services) -> None:
    """The refusal names the limit and the way out; other servers and closed polls do not count."""
    small = Services(database, services.messenger, PollsConfig(max_open_per_guild=2))
    first = await small.ask("One?")
    await small.ask("Two?")
    with pytest.raises(bc.UserError, match=r"has 2 open polls.*/poll close"):
        await small.ask("Three?")
    await small.ask("Elsewhere?", guild=2)
    await small.polls.close(first.id, ALICE, administrator=False)
    await small.ask("Three?")
    await small.live.stop()


async def test_a_poll_is_found_in_its_own_server_only(services: Services) -> None:
    """Another server's number finds nothing."""
    poll = await services.ask()
    found = await services.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.question == "Lunch?"
    assert await services.polls.find(GUILD + 1, poll.id) is None
    assert await services.polls.find(GUILD, poll.id + 1) is None


async def test_the_first_message_that_is_told_stays(services: Services) -> None:
    """A second one cannot take the poll away from its channel."""
    poll = await services.ask(posted=False)
    await services.polls.posted(poll.id, 5)
    await services.polls.posted(poll.id, 6)
    found = await services.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.message_id == 5


async def test_a_discarded_poll_is_gone_and_its_number_is_never_used_again(services: Services) -> None:
    """A button may outlive its poll, and must not vote in another one."""
    poll = await services.ask()
    await services.press(poll, BOB, 1)
    await services.polls.discard(poll.id)
    assert await services.polls.find(GUILD, poll.id) is None
    with pytest.raises(UnknownPoll):
        await services.polls.tally(poll.id)
    with pytest.raises(UnknownPoll):
        await services.press(poll, BOB, 1)
    assert (await services.ask()).id > poll.id


class TestSearch:
    """What autocomplete offers."""

    async def names(
        self, services: Services, typed: str = "", *, open_only: bool = False, author_id: int | None = None
    ) -> list[str]:
        found = await services.polls.search(GUILD, typed, can_see=everything, open_only=open_only, author_id=author_id)
        return [poll.question for poll in found]

    async def test_open_polls_come_first_and_then_the_newest(self, services: Services) -> None:
        """Closed ones follow, the newest first as well."""
        asked = {name: await services.ask(name) for name in ("one", "two", "three", "four")}
        for name in ("one", "three"):
            await services.polls.close(asked[name].id, ALICE, administrator=False)
        assert await self.names(services) == ["four", "two", "three", "one"]
        assert await self.names(services, open_only=True) == ["four", "two"]

    async def test_any_part_of_the_question_finds_it_in_any_case(self, services: Services) -> None:
        """Case is folded in every script, and marks of the database mean nothing."""
        for name in ("Où manger à ÉPINAL?", "100% sure_?", "Straße oder Weg?"):
            await services.ask(name)
        assert await self.names(services, " épinal ") == ["Où manger à ÉPINAL?"]
        assert await self.names(services, "STRASSE") == ["Straße oder Weg?"]
        assert await self.names(services, "0%") == ["100% sure_?"]
        assert await self.names(services, "e_") == ["100% sure_?"]
        assert await self.names(services, "%") == ["100% sure_?"]
        assert await self.names(services, "  or   %  ") == []
        assert await self.names(services, "oder   weg") == ["Straße oder Weg?"]
        assert await self.names(services, "o\x00der\ud800") == ["Straße oder Weg?"]
        assert await self.names(services, "nothing") == []

    async def test_polls_of_channels_that_the_member_cannot_see_are_not_found(self, services: Services) -> None:
        """Nor are those of other servers."""
        await services.ask("here", channel=5)
        await services.ask("hidden", channel=6)
        await services.ask("elsewhere", guild=GUILD + 1, channel=5)
        found = await services.polls.search(GUILD, "", can_see=lambda channel_id: channel_id == 5)
        assert [poll.question for poll in found] == ["here"]

    async def test_one_authors_polls_can_be_asked_for(self, services: Services) -> None:
        """Which is what a member may close."""
        await services.ask("of alice", author=ALICE)
        await services.ask("of bob", author=BOB)
        assert await self.names(services, author_id=BOB) == ["of bob"]

    async def test_at_most_25_are_found(self, services: Services) -> None:
        """Discord shows no more; open ones are the last to be left out."""
        for number in range(20):
            poll = await services.ask(f"closed {number}")
            await services.polls.close(poll.id, ALICE, administrator=False)
        for number in range(10):
            await services.ask(f"open {number}")
        found = await services.polls.search(GUILD, "", can_see=everything)
        assert [poll.is_open for poll in found] == [True] * 10 + [False] * 15


class TestClosing:
    """The end of a poll."""

    async def test_the_author_closes_a_poll_and_gets_the_final_count(self, services: Services) -> None:
        """With the time of the bot's clock."""
        poll = await services.ask()
        await services.press(poll, BOB, 1)
        services.clock.advance(timedelta(hours=1))
        tally = await services.polls.close(poll.id, ALICE, administrator=False)
        assert tally.counts == (0, 1, 0)
        assert tally.poll.closed_at == services.clock.now()
        assert not tally.poll.is_open

    async def test_an_administrator_closes_anybodys_poll(self, services: Services) -> None:
        """Whoever made it."""
        poll = await services.ask(author=ALICE)
        assert not (await services.polls.close(poll.id, BOB, administrator=True)).poll.is_open

    async def test_nobody_else_does(self, services: Services) -> None:
        """The sentence says who may, also where the poll is closed already."""
        poll = await services.ask(author=ALICE)
        with pytest.raises(NotYourPoll, match="Only the member who made this poll or an administrator"):
            await services.polls.close(poll.id, BOB, administrator=False)
        assert (await services.polls.tally(poll.id)).poll.is_open
        await services.polls.close(poll.id, ALICE, administrator=False)
        with pytest.raises(NotYourPoll):
            await services.polls.close(poll.id, BOB, administrator=False)

    async def test_a_poll_is_closed_once(self, services: Services) -> None:
        """The second time is told so, and changes nothing."""
        poll = await services.ask()
        first = await services.polls.close(poll.id, ALICE, administrator=False)
        services.clock.advance(timedelta(hours=1))
        with pytest.raises(AlreadyClosed, match="closed already"):
            await services.polls.close(poll.id, ALICE, administrator=False)
        assert await services.polls.tally(poll.id) == first

    async def test_a_poll_that_is_not_there_cannot_be_closed(self, services: Services) -> None:
        """It is the same error as for one that may not be seen."""
        with pytest.raises(UnknownPoll):
            await services.polls.close(404, ALICE, administrator=True)


@pytest.mark.parametrize(
    "section",
    [{"max_options": 1}, {"max_options": 26}, {"max_open_per_guild": 0}, {"max_optoins": 5}],
)
def test_a_configuration_that_cannot_work_is_refused(section: dict[str, int]) -> None:
    """Values out of range and unknown names."""
    with pytest.raises(ValidationError):
        PollsConfig.model_validate(section)
