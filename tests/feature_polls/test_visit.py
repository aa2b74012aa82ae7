"""Polls as members use them: a real bot on a local Discord."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

import botcore as bc
from botcore_polls.services.live import EDIT_INTERVAL
from botcore_sandbox import BotOnSandbox, MessageView, Permissions, Reply, Sandbox
from botcore_sandbox.state import posting
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, OverwriteType

NO_SUCH_POLL = "There is no such poll here."


@pytest.fixture
def clock() -> bc.ManualClock:
    """The bot's clock, which only the test moves."""
    return bc.ManualClock()


@pytest.fixture
async def bot(sandbox: Sandbox, tmp_path: Path, clock: bc.ManualClock) -> AsyncIterator[BotOnSandbox]:
    """A bot with polls."""
    async with BotOnSandbox(sandbox, tmp_path, features=["polls"], clock=clock) as running:
        yield running


async def ask(
    bot: BotOnSandbox, author: str = "alice", question: str = "Lunch?", options: str = "pizza; soup"
) -> Reply:
    return await bot.member(author).slash("poll create", question=question, options=options)


async def poll_id(bot: BotOnSandbox, author: str = "alice") -> str:
    """The reference of the poll that was made last."""
    choices = await bot.member(author).autocomplete("poll results", poll="", focused="poll")
    return str(choices[0][1])


def public(reply: Reply) -> MessageView:
    assert reply.message is not None
    return reply.message


async def test_a_poll_is_posted_at_once_for_everybody(bot: BotOnSandbox) -> None:
    """With a button for each option and no votes yet."""
    reply = await ask(bot, question="Where do we *eat*?", options='"fish, fried"; soup')
    assert not reply.private
    assert r"Where do we \*eat\*?" in reply.text
    assert "0 members voted" in reply.text
    assert [button["label"] for button in reply.components[0]["components"]] == ["fish, fried", "soup"]


async def test_a_mistake_is_told_privately_with_what_was_typed(bot: BotOnSandbox) -> None:
    """Nothing is posted, and nothing has to be typed again."""
    reply = await ask(bot, options="pizza")
    assert reply.private
    assert "**options**: Give at least two options" in reply.text
    assert "/poll create question: Lunch? options: pizza" in reply.text
    assert bot.channel("general").messages == []


async def test_a_vote_is_confirmed_privately_and_shown_publicly(bot: BotOnSandbox) -> None:
    """The receipt names the vote and how to change or withdraw it."""
    poll = await ask(bot)
    receipt = await bot.member("bob").click(poll, "pizza")
    assert receipt.private
    assert "Your vote: **pizza**. Choose another option to change it." in receipt.text
    await poll.until(lambda reply: "100 % · 1" in reply.text and "1 member voted" in reply.text)


async def test_a_vote_is_changed_and_withdrawn(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """By another button, by the same one, and by the button on the receipt."""
    poll, bob = await ask(bot), bot.member("bob")
    await bob.click(poll, "pizza")
    changed = await bob.click(poll, "soup")
    assert "Your vote: **soup**, no longer **pizza**." in changed.text
    withdrawn = await bob.click(poll, "soup")
    assert "You withdrew your vote for **soup**." in withdrawn.text
    again = await bob.click(poll, "soup")
    gone = await bob.click(again, "Withdraw my vote")
    assert gone.updated
    assert "You withdrew your vote for **soup**." in again.text
    assert again.components == []
    await clock.until_asleep(2)  # the tally, and the loop of the timers
    clock.advance(timedelta(seconds=EDIT_INTERVAL))
    await poll.until(lambda reply: "0 members voted" in reply.text)


async def test_more_than_ten_options_are_a_list(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """Choosing changes the vote, choosing nothing withdraws it."""
    poll = await ask(bot, options=";".join(f"option {number}" for number in range(25)))
    bob = bot.member("bob")
    assert "Your vote: **option 7**" in (await bob.choose(poll, "option 7")).text
    assert "Your vote: **option 24**, no longer **option 7**" in (await bob.choose(poll, "option 24")).text
    assert "You withdrew your vote for **option 24**" in (await bob.choose(poll)).text
    assert "You have no vote in this poll." in (await bob.choose(poll)).text
    hostile = {"custom_id": f"polls.choose:1:{await poll_id(bot)}", "component_type": 3, "values": ["99"]}
    assert "This poll has no such option." in (await bob.raw_interaction(type=3, data=hostile, message=poll)).text


async def test_a_burst_of_votes_is_few_edits(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """The message shows them all in the end."""
    poll = await ask(bot)
    voters = [bot.member(f"member{number}") for number in range(40)]
    await asyncio.gather(*(voter.click(poll, "soup") for voter in voters))
    await clock.until_asleep(2)  # the tally, and the loop of the timers
    clock.advance(timedelta(seconds=EDIT_INTERVAL))
    await poll.until(lambda reply: "40 members voted" in reply.text)
    assert len(bot.sandbox.traffic.calls_to("PATCH", f"/messages/{public(poll).id}")) <= 3


async def test_a_form_makes_a_poll_with_an_option_on_each_line(bot: BotOnSandbox) -> None:
    """Bad input is given back in the form."""
    alice = bot.member("alice")
    opened = await alice.slash("poll compose")
    refused = await alice.submit(opened.modal, question="Lunch?", options="pizza")
    assert refused.private
    assert "**Options, one on each line**: Give at least two options" in refused.text
    again = await alice.click(refused, "Edit and try again")
    posted = await alice.submit(again.modal, options="pizza, with cheese\nsoup")
    assert not posted.private
    labels = [button["label"] for button in posted.components[0]["components"]]
    assert labels == ["pizza, with cheese", "soup"]
    await alice.click(posted, "soup")
    await posted.until(lambda reply: "1 member voted" in reply.text)


async def test_the_author_closes_a_poll_which_then_shows_who_won(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """Late clicks are refused politely, and so is a second closing."""
    poll, alice, bob = await ask(bot), bot.member("alice"), bot.member("bob")
    await bob.click(poll, "soup")
    [(name, value)] = await alice.autocomplete("poll close", poll="lun", focused="poll")
    assert name == "📊 Lunch?"
    closed = await alice.slash("poll close", poll=value)
    assert closed.private
    assert "🏆 **soup** wins (1 vote)" in closed.text
    await clock.until_asleep(2)  # the tally, and the loop of the timers
    clock.advance(timedelta(seconds=EDIT_INTERVAL))
    await poll.until(lambda reply: "🏆 **soup** wins (1 vote)" in reply.text and not reply.components)
    late = {"custom_id": f"polls.vote:1:{value}:0", "component_type": 2}
    refused = await bob.raw_interaction(type=3, data=late, message=poll)
    assert refused.private
    assert "This poll is closed" in refused.text
    assert "closed already" in (await alice.slash("poll close", poll=value)).text
    assert await alice.autocomplete("poll close", poll="", focused="poll") == []


async def test_only_the_author_and_administrators_close_a_poll(bot: BotOnSandbox) -> None:
    """Others are not offered it, and are refused when they name it."""
    await ask(bot, "alice")
    bob, root = bot.member("bob"), bot.member("root", administrator=True)
    assert await bob.autocomplete("poll close", poll="", focused="poll") == []
    [(_name, value)] = await root.autocomplete("poll close", poll="", focused="poll")
    refused = await bob.slash("poll close", poll=value)
    assert "Only the member who made this poll or an administrator" in refused.text
    assert "Nobody voted." in (await root.slash("poll close", poll=value)).text


async def test_results_are_shown_privately_for_open_and_closed_polls(bot: BotOnSandbox) -> None:
    """With numbers and percentages."""
    poll, alice, bob = await ask(bot), bot.member("alice"), bot.member("bob")
    await bob.click(poll, "soup")
    value = await poll_id(bot)
    standing = await bob.slash("poll results", poll=value)
    assert standing.private
    assert "Open since" in standing.text
    assert "100 % · 1" in standing.text
    assert standing.components == []
    await alice.slash("poll close", poll=value)
    assert "🏆 **soup** wins" in (await bob.slash("poll results", poll=value)).text
    assert await bob.autocomplete("poll results", poll="LUNCH", focused="poll") == [("🔒 closed: Lunch?", value)]


class TestStrangers:
    """A poll that may not be seen reads exactly like one that does not exist."""

    async def claims(self, bot: BotOnSandbox, who: str, value: str, where: dict[str, object]) -> list[str]:
        """The answers to this poll's number in options and in custom ids."""
        person = bot.member(who)
        message = bot.channel("general").messages[0]
        vote = {"custom_id": f"polls.vote:1:{value}:0", "component_type": 2}
        choose = {"custom_id": f"polls.choose:1:{value}", "component_type": 3, "values": ["0"]}
        withdraw = {"custom_id": f"polls.withdraw:1:{value}", "component_type": 2}
        replies = [
            await person.slash("poll results", poll=value, **where),  # type: ignore[arg-type]  # a place
            await person.slash("poll close", poll=value, **where),  # type: ignore[arg-type]  # a place
        ]
        if "guild" not in where:
            replies += [
                await person.raw_interaction(type=3, data=data, message=message) for data in (vote, choose, withdraw)
            ]
        else:
            replies += [
                await person.raw_interaction(type=3, data=data, guild=where["guild"])  # type: ignore[arg-type]  # a place
                for data in (vote, choose, withdraw)
            ]
        return [reply.text.partition("\n")[0] for reply in replies]

    async def test_of_another_server(self, bot: BotOnSandbox) -> None:
        """Its number is refused in every option and custom id, for administrators too."""
        await ask(bot)
        value = await poll_id(bot)
        elsewhere = bot.sandbox.add_guild("Elsewhere")
        bot.sandbox.member("mallory", administrator=True, guild=elsewhere)
        answers = await self.claims(bot, "mallory", value, {"guild": elsewhere})
        assert set(answers) == set(await self.claims(bot, "mallory", "999", {"guild": elsewhere}))
        assert all(answer.startswith(NO_SUCH_POLL) for answer in answers)
        mallory = bot.sandbox.member("mallory")
        assert await mallory.autocomplete("poll results", poll="", focused="poll", guild=elsewhere) == []

    async def test_of_a_channel_that_the_member_cannot_see(self, bot: BotOnSandbox) -> None:
        """It is neither offered nor answered; members who see the channel are."""
        await ask(bot, "owner", question="In general?")
        guild = bot.sandbox.guild
        everyone = Overwrite(guild.id, OverwriteType.ROLE, NO_PERMISSIONS, Permissions.VIEW_CHANNEL)
        hidden = guild.add_channel("hidden", overwrites=[everyone])
        root, bob = bot.member("root", administrator=True), bot.member("bob")
        await root.slash("poll create", question="Hidden?", options="a; b", channel=hidden)
        (_name, value), _general = await root.autocomplete("poll results", poll="", focused="poll")
        assert [name for name, _value in await bob.autocomplete("poll results", poll="", focused="poll")] == [
            "📊 In general?"
        ]
        answers = await self.claims(bot, "bob", str(value), {})
        assert answers == await self.claims(bot, "bob", "999", {})
        assert all(answer.startswith(NO_SUCH_POLL) for answer in answers)
        assert "Hidden?" in (await root.slash("poll results", poll=value)).text

    @pytest.mark.parametrize("value", ["0", "-1", "٣", "9" * 30, "2147483648", "1 OR 1=1", "Lunch?"])
    async def test_of_a_number_that_is_none(self, bot: BotOnSandbox, value: str) -> None:
        """Whatever is claimed."""
        await ask(bot)
        assert (await bot.member("bob").slash("poll results", poll=value)).text.startswith(NO_SUCH_POLL)


async def test_polls_are_for_servers(bot: BotOnSandbox) -> None:
    """In a direct message there is nobody to ask."""
    reply = await bot.member("alice").slash("poll create", question="Lunch?", options="a; b", dm=True, force=True)
    assert "only in a server" in reply.text


async def test_a_deleted_message_leaves_the_poll_alive(bot: BotOnSandbox) -> None:
    """Its results can still be read, and it can be closed."""
    poll, alice = await ask(bot), bot.member("alice")
    value = await poll_id(bot)
    posting.delete(bot.sandbox.world, public(poll).state)
    assert "Lunch?" in (await alice.slash("poll results", poll=value)).text
    assert "Nobody voted." in (await alice.slash("poll close", poll=value)).text
