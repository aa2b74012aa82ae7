"""What a member may do, asked when they are not there: through real nextcord, against what Discord computes."""

import asyncio

import pytest

import botcore as bc
from botcore.discord.members import REMEMBERED, DiscordMembers
from botcore_sandbox import BotOnSandbox, Permissions
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, OverwriteType


@pytest.fixture
def members(bot: BotOnSandbox) -> bc.Members:
    return DiscordMembers(bot.core.parts.connection, bc.LocalCache(bc.SystemClock()))


pytestmark = pytest.mark.bot_features(bring=())


async def test_an_ordinary_member_reads_and_writes(bot: BotOnSandbox, members: bc.Members):
    """And may not delete what others wrote."""
    alice, general = bot.member("alice"), bot.channel("general")
    access = await members.access(bot.sandbox.guild.id, general.id, alice.id)
    assert access == bc.Access(sees=True, writes=True, manages_messages=False)


async def test_roles_and_overwrites_count(bot: BotOnSandbox, members: bc.Members):
    """As Discord computes them: a role's permission, a channel that is hidden, one that is read-only."""
    guild = bot.sandbox.guild
    guild.add_role("moderators", Permissions.MANAGE_MESSAGES)
    moderator, alice = bot.member("mia", roles=("moderators",)), bot.member("alice")
    everyone = guild.state.everyone.id
    hidden = guild.add_channel(
        "hidden", overwrites=[Overwrite(everyone, OverwriteType.ROLE, NO_PERMISSIONS, Permissions.VIEW_CHANNEL)]
    )
    news = guild.add_channel(
        "news", overwrites=[Overwrite(everyone, OverwriteType.ROLE, NO_PERMISSIONS, Permissions.SEND_MESSAGES)]
    )
    general = bot.channel("general")
    assert await members.access(guild.id, general.id, moderator.id) == bc.Access(True, True, True)
    assert await members.access(guild.id, hidden.id, alice.id) == bc.Access(False, False, False)
    assert await members.access(guild.id, news.id, alice.id) == bc.Access(True, False, False)


async def test_which_roles_a_member_could_ping(bot: BotOnSandbox, members: bc.Members):
    """Those that anybody may mention; all of them with the permission to mention everyone; never @everyone itself."""
    guild = bot.sandbox.guild
    open_role, closed = guild.add_role("players", mentionable=True), guild.add_role("staff")
    guild.add_role("criers", Permissions.MENTION_EVERYONE)
    alice, crier = bot.member("alice"), bot.member("carl", roles=("criers",))
    general = bot.channel("general")
    ordinary = await members.access(guild.id, general.id, alice.id)
    loud = await members.access(guild.id, general.id, crier.id)
    assert isinstance(ordinary, bc.Access)
    assert isinstance(loud, bc.Access)
    assert open_role.id in ordinary.pings
    assert closed.id not in ordinary.pings
    assert {open_role.id, closed.id} <= loud.pings
    assert guild.state.everyone.id not in loud.pings


async def test_who_or_what_is_gone_is_named_by_discords_code(bot: BotOnSandbox, members: bc.Members):
    """The server, the channel, the member; none of it passes by itself."""
    guild, general, alice = bot.sandbox.guild, bot.channel("general"), bot.member("alice")
    assert await members.access(1, general.id, alice.id) == bc.Refused(10004, transient=False)
    assert await members.access(guild.id, 1, alice.id) == bc.Refused(10003, transient=False)
    other = bot.sandbox.member("stranger", guild=bot.sandbox.add_guild("Elsewhere"))
    assert await members.access(guild.id, general.id, other.id) == bc.Refused(10007, transient=False)


async def test_a_channel_of_another_server_is_none_of_this_one(bot: BotOnSandbox, members: bc.Members):
    """Although the bot sees it."""
    elsewhere = bot.sandbox.add_guild("Elsewhere")
    alice = bot.member("alice")
    answer = await members.access(bot.sandbox.guild.id, elsewhere.channel("general").id, alice.id)
    assert answer == bc.Refused(10003, transient=False)


async def test_discord_that_does_not_answer_is_asked_again_another_time(bot: BotOnSandbox):
    """A refusal that passes, within the time that the caller gave."""
    hasty = DiscordMembers(bot.core.parts.connection, bc.LocalCache(bc.SystemClock()), patience=0.3)
    bot.sandbox.faults.slow(5, "GET", "/guilds/**", times=10)
    answer = await hasty.access(bot.sandbox.guild.id, bot.channel("general").id, bot.member("alice").id)
    assert answer == bc.Refused(0, transient=True)


async def test_many_questions_for_one_member_are_one_request(bot: BotOnSandbox):
    """For a few seconds, in whichever channel; then Discord is asked anew, and a role that was taken is noticed."""
    clock, guild = bc.ManualClock(), bot.sandbox.guild
    members = DiscordMembers(bot.core.parts.connection, bc.LocalCache(clock))
    role = guild.add_role("moderators", Permissions.MANAGE_MESSAGES)
    moderator, channels = bot.member("mia", roles=("moderators",)), [guild.add_channel(f"c{n}") for n in range(10)]
    answers = await asyncio.gather(*(members.access(guild.id, channel.id, moderator.id) for channel in channels))
    assert answers == [bc.Access(True, True, True)] * 10
    asked = f"/guilds/{guild.id}/members/{moderator.id}"
    assert len(bot.sandbox.traffic.calls_to("GET", asked)) == 1
    guild.state.members[moderator.id].role_ids.remove(role.id)
    clock.advance(REMEMBERED)
    assert await members.access(guild.id, channels[0].id, moderator.id) == bc.Access(True, True, False)
    assert len(bot.sandbox.traffic.calls_to("GET", asked)) == 2
