"""Members: nicknames, roles, timeouts, kicks and bans."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from botcore_sandbox import Permissions, Sandbox
from guild_rights import events, grant

MISSING = (403, {"message": "Missing Permissions", "code": 50013})


@pytest.fixture
def members(sandbox: Sandbox) -> str:
    """The path of members, for a bot that may do everything with those below it."""
    grant(
        sandbox,
        Permissions.MANAGE_NICKNAMES,
        Permissions.MANAGE_ROLES,
        Permissions.MODERATE_MEMBERS,
        Permissions.KICK_MEMBERS,
        Permissions.BAN_MEMBERS,
        Permissions.MANAGE_GUILD,
    )
    return f"/guilds/{sandbox.guild.id}/members"


async def test_nextcord_changes_a_member(sandbox: Sandbox, bot: Any, members: str) -> None:
    """Nickname, roles and a timeout; the bot is told of each."""
    alice = sandbox.member("alice")
    role = sandbox.guild.add_role("Crew")
    guild = bot.get_guild(sandbox.guild.id)
    member = await guild.fetch_member(alice.id)
    await member.edit(nick="Al")
    await member.add_roles(guild.get_role(role.id), reason="She helps")
    await member.edit(timeout=timedelta(minutes=5))
    state = sandbox.guild.state.members[alice.id]
    assert (state.nick, state.role_ids, state.timed_out_until is not None) == ("Al", [role.id], True)
    await member.remove_roles(guild.get_role(role.id))
    await member.edit(timeout=None, nick=None)
    assert (state.nick, state.role_ids, state.timed_out_until) == (None, [], None)
    assert len(events(sandbox, "GUILD_MEMBER_UPDATE")) >= 5


async def test_nextcord_kicks_bans_and_lets_come_back(sandbox: Sandbox, bot: Any, members: str) -> None:
    """A kick ends membership; a ban also deletes what was written lately and can be looked up."""
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    bob.say("spam")
    guild = bot.get_guild(sandbox.guild.id)
    await guild.kick(alice.user)
    assert alice.id not in sandbox.guild.state.members
    await guild.ban(bob.user, delete_message_seconds=3600, reason="Spam")
    assert sandbox.channel("general").messages == []
    [entry] = [ban async for ban in guild.bans()]
    assert (entry.user.id, entry.reason) == (bob.id, "Spam")
    assert (await guild.fetch_ban(bob.user)).reason == "Spam"
    await guild.unban(bob.user)
    assert not sandbox.guild.state.bans
    assert [event["user"]["id"] for event in events(sandbox, "GUILD_MEMBER_REMOVE")] == [str(alice.id), str(bob.id)]
    assert (len(events(sandbox, "GUILD_BAN_ADD")), len(events(sandbox, "GUILD_BAN_REMOVE"))) == (1, 1)


@pytest.mark.parametrize(
    "body",
    [{"nick": "x"}, {"roles": []}, {"communication_disabled_until": None}, {"mute": True}, {"channel_id": None}],
)
async def test_each_field_needs_its_permission(sandbox: Sandbox, rest: Any, body: dict[str, Any]) -> None:
    """The bot that is invited with little has none of them."""
    alice = sandbox.member("alice")
    sandbox.guild.move_role("Sandbox Bot", 50)
    assert await rest("PATCH", f"/guilds/{sandbox.guild.id}/members/{alice.id}", json=body) == MISSING


async def test_who_stands_as_high_as_the_bot_is_out_of_reach(sandbox: Sandbox, rest: Any, members: str) -> None:
    """And so is the owner, whatever their roles."""
    alice = sandbox.member("alice", roles=["chief"])
    sandbox.guild.move_role("chief", 51)
    for target in (alice.id, sandbox.guild_owner.id):
        assert await rest("PATCH", f"{members}/{target}", json={"nick": "x"}) == MISSING
        assert await rest("DELETE", f"{members}/{target}") == MISSING
        assert await rest("PUT", f"/guilds/{sandbox.guild.id}/bans/{target}", json={}) == MISSING


async def test_which_roles_can_be_given(sandbox: Sandbox, rest: Any, members: str) -> None:
    """Those below the bot that are no bot's own; @everyone is none that one has."""
    alice = sandbox.member("alice")
    chief = sandbox.guild.add_role("chief")
    sandbox.guild.move_role("chief", 51)
    path = f"{members}/{alice.id}/roles"
    assert await rest("PUT", f"{path}/{chief.id}") == MISSING
    for managed in (sandbox.guild.role("Sandbox Bot").id, sandbox.guild.id):
        assert (await rest("PUT", f"{path}/{managed}"))[1] == {"message": "Invalid Role", "code": 50028}
    assert (await rest("PUT", f"{path}/1"))[1]["code"] == 10011
    assert (await rest("PATCH", f"{members}/{alice.id}", json={"roles": [str(chief.id)]})) == MISSING
    assert (await rest("PATCH", f"{members}/{alice.id}", json={"roles": ["1"]}))[1]["code"] == 10011


async def test_a_timeout_lasts_28_days_at_most(sandbox: Sandbox, rest: Any, members: str) -> None:
    """And silences whom it meets; an administrator it cannot meet."""
    alice, boss = sandbox.member("alice"), sandbox.member("boss", administrator=True)
    until = datetime.now(UTC) + timedelta(days=29)
    status, error = await rest(
        "PATCH", f"{members}/{alice.id}", json={"communication_disabled_until": until.isoformat()}
    )
    assert (status, list(error["errors"])) == (400, ["communication_disabled_until"])
    soon = {"communication_disabled_until": (until - timedelta(days=2)).isoformat()}
    assert (await rest("PATCH", f"{members}/{alice.id}", json=soon))[0] == 200
    held = sandbox.world.permissions_in(sandbox.channel("general").state, alice.user)
    assert Permissions.SEND_MESSAGES not in held
    assert await rest("PATCH", f"{members}/{boss.id}", json=soon) == MISSING


async def test_nobody_is_in_voice(sandbox: Sandbox, rest: Any, members: str) -> None:
    """So nobody can be muted or moved there."""
    grant(sandbox, Permissions.ADMINISTRATOR)
    alice = sandbox.member("alice")
    assert (await rest("PATCH", f"{members}/{alice.id}", json={"mute": True}))[1]["code"] == 40032


async def test_the_bot_renames_itself(sandbox: Sandbox, bot: Any, rest: Any) -> None:
    """By the present route and by the one that nextcord uses."""
    members = f"/guilds/{sandbox.guild.id}/members"
    assert (await rest("PATCH", f"{members}/@me", json={"nick": "Robo"}))[1]["nick"] == "Robo"
    await bot.get_guild(sandbox.guild.id).me.edit(nick="Bot")
    assert sandbox.guild.state.members[sandbox.application_id].nick == "Bot"
    sandbox.guild.state.everyone.permissions &= ~Permissions.CHANGE_NICKNAME
    grant(sandbox)
    sandbox.guild.role("Sandbox Bot").permissions &= ~Permissions.CHANGE_NICKNAME
    assert await rest("PATCH", f"{members}/@me", json={"nick": "x"}) == MISSING


async def test_members_can_be_searched(sandbox: Sandbox, rest: Any) -> None:
    """By how a name or nickname starts; asking for nothing is refused."""
    sandbox.member("alice")
    sandbox.guild.state.members[sandbox.member("bob").id].nick = "Alfred"
    search = f"/guilds/{sandbox.guild.id}/members/search"
    found = await rest("GET", f"{search}?query=AL&limit=10")
    assert [member["user"]["username"] for member in found[1]] == ["alice", "bob"]
    assert (await rest("GET", search))[1]["errors"]["query"]["_errors"][0]["code"] == "BASE_TYPE_REQUIRED"


async def test_strangers_can_be_banned_too(sandbox: Sandbox, rest: Any, members: str) -> None:
    """A user who is in no guild, and several at once; who cannot be banned is listed."""
    bans = f"/guilds/{sandbox.guild.id}/bans"
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    alice.leave_guild(sandbox.guild.id)
    assert (await rest("PUT", f"{bans}/{alice.id}", json={"delete_message_days": 1}))[0] == 204
    assert (await rest("PUT", f"{bans}/1", json={}))[1]["code"] == 10013
    assert (await rest("PUT", f"{bans}/{bob.id}", json={"delete_message_seconds": 604801}))[1]["code"] == 50035
    assert (await rest("GET", f"{bans}/{bob.id}"))[1]["code"] == 10026
    assert (await rest("DELETE", f"{bans}/{bob.id}"))[1]["code"] == 10026
    ids = [str(bob.id), str(sandbox.guild_owner.id)]
    status, result = await rest("POST", f"/guilds/{sandbox.guild.id}/bulk-ban", json={"user_ids": ids})
    assert (status, result) == (200, {"banned_users": ids[:1], "failed_users": ids[1:]})
    assert (await rest("POST", f"/guilds/{sandbox.guild.id}/bulk-ban", json={"user_ids": ids}))[1]["code"] == 500000
    listed = await rest("GET", f"{bans}?limit=1&after={alice.id}")
    assert [ban["user"]["id"] for ban in listed[1]] == [str(bob.id)]
