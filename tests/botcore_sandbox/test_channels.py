"""Channels: making, changing, ordering and deleting them, and the exceptions that they make."""

from typing import Any

import nextcord
import pytest

from botcore_sandbox import Permissions, Sandbox
from botcore_sandbox.state.channels import ChannelType
from guild_rights import events, grant

MISSING = (403, {"message": "Missing Permissions", "code": 50013})


@pytest.fixture
def channels(sandbox: Sandbox) -> str:
    """The path of a guild's channels, for a bot that manages channels and roles."""
    grant(sandbox, Permissions.MANAGE_CHANNELS, Permissions.MANAGE_ROLES)
    return f"/guilds/{sandbox.guild.id}/channels"


async def test_nextcord_builds_and_clears(sandbox: Sandbox, bot: Any, channels: str) -> None:
    """A category with channels of each kind; deleting the category leaves what stood in it."""
    guild = bot.get_guild(sandbox.guild.id)
    category = await guild.create_category("Games")
    text = await guild.create_text_channel("Board Games", category=category, topic="Dice", slowmode_delay=5)
    voice = await guild.create_voice_channel("Table", category=category, user_limit=4, bitrate=32_000)
    stage = await guild.create_stage_channel("Show", topic="x")
    forum = await guild.create_forum_channel("Questions", topic="Ask")
    assert (text.name, text.topic, text.slowmode_delay, text.category_id) == ("board-games", "Dice", 5, category.id)
    assert (voice.user_limit, voice.bitrate, voice.name) == (4, 32_000, "Table")
    assert [stage.type.value, forum.type.value] == [13, 15]
    await text.edit(name="Card Games", nsfw=True, position=0)
    state = sandbox.guild.channel("card-games").state
    assert (state.nsfw, state.position) == (True, 0)
    await category.delete()
    assert (state.parent_id, category.id in sandbox.guild.state.channels) == (None, False)
    assert {len(events(sandbox, f"CHANNEL_{act}")) > 0 for act in ("CREATE", "UPDATE", "DELETE")} == {True}


async def test_nextcord_makes_exceptions(sandbox: Sandbox, bot: Any, channels: str) -> None:
    """For a role and for a member, and takes them back; permissions follow at once."""
    alice = sandbox.member("alice")
    guild = bot.get_guild(sandbox.guild.id)
    channel = guild.text_channels[0]
    await channel.set_permissions(guild.default_role, send_messages=False)
    assert Permissions.SEND_MESSAGES not in sandbox.world.permissions_in(sandbox.channel("general").state, alice.user)
    member = await guild.fetch_member(alice.id)
    await channel.set_permissions(member, send_messages=True)
    assert Permissions.SEND_MESSAGES in sandbox.world.permissions_in(sandbox.channel("general").state, alice.user)
    await channel.set_permissions(member, overwrite=None)
    await channel.set_permissions(guild.default_role, overwrite=None)
    assert sandbox.channel("general").state.overwrites == []


async def test_channels_move_into_a_category(sandbox: Sandbox, rest: Any, channels: str) -> None:
    """And take over its exceptions when asked to."""
    everyone = sandbox.guild.id
    hidden = [{"id": str(everyone), "type": 0, "deny": str(int(Permissions.SEND_MESSAGES))}]
    _, category = await rest("POST", channels, json={"name": "c", "type": 4, "permission_overwrites": hidden})
    general = sandbox.channel("general").state
    move = {"id": str(general.id), "position": 7, "parent_id": category["id"], "lock_permissions": True}
    assert (await rest("PATCH", channels, json=[move]))[0] == 204
    assert (general.position, general.parent_id) == (7, int(category["id"]))
    assert [overwrite.id for overwrite in general.overwrites] == [everyone]
    assert (await rest("PATCH", channels, json=[{"id": "1", "position": 1}]))[1]["code"] == 10003


async def test_managing_channels_needs_the_permission(sandbox: Sandbox, rest: Any) -> None:
    """In the guild for a new one, in the channel for one that is there."""
    general = f"/channels/{sandbox.channel('general').id}"
    guild = f"/guilds/{sandbox.guild.id}/channels"
    assert await rest("POST", guild, json={"name": "x"}) == MISSING
    assert await rest("PATCH", guild, json=[]) == MISSING
    assert await rest("PATCH", general, json={"name": "x"}) == MISSING
    assert await rest("DELETE", general) == MISSING
    assert await rest("PUT", f"{general}/permissions/{sandbox.guild.id}", json={"type": 0}) == MISSING
    assert await rest("DELETE", f"{general}/permissions/{sandbox.guild.id}") == MISSING


async def test_a_hidden_channel_is_missing_access(sandbox: Sandbox, rest: Any, channels: str) -> None:
    """Whatever the bot may do elsewhere."""
    general = sandbox.channel("general").id
    deny = {"type": 0, "deny": str(int(Permissions.VIEW_CHANNEL))}
    assert (await rest("PUT", f"/channels/{general}/permissions/{sandbox.guild.id}", json=deny))[0] == 204
    assert await rest("PATCH", f"/channels/{general}", json={"name": "x"}) == (
        403,
        {"message": "Missing Access", "code": 50001},
    )


async def test_nobody_allows_or_denies_what_they_do_not_have(sandbox: Sandbox, rest: Any, channels: str) -> None:
    """Unless the channel lets the bot manage roles expressly."""
    general = f"/channels/{sandbox.channel('general').id}"
    kick = {"type": 0, "deny": str(int(Permissions.MANAGE_WEBHOOKS))}
    assert await rest("PUT", f"{general}/permissions/{sandbox.guild.id}", json=kick) == MISSING
    assert (
        await rest("PATCH", general, json={"permission_overwrites": [{"id": str(sandbox.guild.id), **kick}]}) == MISSING
    )
    own = {"type": 1, "allow": str(int(Permissions.MANAGE_ROLES))}
    assert (await rest("PUT", f"{general}/permissions/{sandbox.application_id}", json=own))[0] == 204
    assert (await rest("PUT", f"{general}/permissions/{sandbox.guild.id}", json=kick))[0] == 204
    assert (await rest("PUT", f"{general}/permissions/1", json={"type": 0}))[1]["code"] == 10009
    assert (await rest("DELETE", f"{general}/permissions/1"))[1]["code"] == 10009


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({}, "name", "BASE_TYPE_REQUIRED"),
        ({"name": "x" * 101}, "name", "BASE_TYPE_BAD_LENGTH"),
        ({"name": "x", "topic": "x" * 1025}, "topic", "BASE_TYPE_MAX_LENGTH"),
        ({"name": "x", "type": 1}, "type", "BASE_TYPE_CHOICES"),
        ({"name": "x", "rate_limit_per_user": 21601}, "rate_limit_per_user", "NUMBER_TYPE_MAX"),
        ({"name": "x", "type": 2, "bitrate": 7999}, "bitrate", "NUMBER_TYPE_MIN"),
        ({"name": "x", "type": 2, "user_limit": 100}, "user_limit", "NUMBER_TYPE_MAX"),
        ({"name": "x", "parent_id": "1"}, "parent_id", "CHANNEL_PARENT_INVALID"),
        ({"name": "x", "default_auto_archive_duration": 61}, "default_auto_archive_duration", "BASE_TYPE_CHOICES"),
    ],
)
async def test_a_bad_channel_is_refused_where_it_is_bad(
    rest: Any, channels: str, body: Any, path: str, code: str
) -> None:
    """With the error at its field."""
    status, error = await rest("POST", channels, json=body)
    assert (status, error["errors"][path]["_errors"][0]["code"]) == (400, code)


async def test_only_a_category_can_be_a_parent(sandbox: Sandbox, rest: Any, channels: str) -> None:
    """And not of another category, nor of more than 50 channels."""
    general = str(sandbox.channel("general").id)
    _, category = await rest("POST", channels, json={"name": "c", "type": 4})

    async def refusal(**body: Any) -> str:
        error = (await rest("POST", channels, json=body))[1]
        return str(error["errors"]["parent_id"]["_errors"][0]["code"])

    assert await refusal(name="x", parent_id=general) == "CHANNEL_PARENT_INVALID_TYPE"
    assert await refusal(name="x", type=4, parent_id=category["id"]) == "CHANNEL_PARENT_INVALID_PARENT"
    for number in range(50):
        sandbox.guild.add_channel(str(number)).state.parent_id = int(category["id"])
    assert await refusal(name="x", parent_id=category["id"]) == "CHANNEL_PARENT_MAX_CHANNELS"


async def test_a_type_can_only_change_between_text_and_announcements(
    sandbox: Sandbox, rest: Any, channels: str
) -> None:
    """Everything else stays what it is."""
    general = f"/channels/{sandbox.channel('general').id}"
    assert (await rest("PATCH", general, json={"type": 5}))[1]["type"] == 5
    status, error = await rest("PATCH", general, json={"type": 2})
    assert (status, list(error["errors"])) == (400, ["type"])


async def test_a_community_keeps_its_rules(sandbox: Sandbox, rest: Any, channels: str) -> None:
    """The channel that holds them cannot be deleted."""
    general = sandbox.channel("general").id
    grant(sandbox, Permissions.MANAGE_CHANNELS, Permissions.MANAGE_GUILD)
    await rest("PATCH", f"/guilds/{sandbox.guild.id}", json={"rules_channel_id": str(general)})
    assert (await rest("DELETE", f"/channels/{general}"))[1]["code"] == 50074


async def test_a_deleted_channel_takes_everything_with_it(sandbox: Sandbox, bot: Any, rest: Any, channels: str) -> None:
    """Its messages, and answers to what was asked there: those are told that the channel is unknown."""
    games = sandbox.guild.add_channel("games")
    await bot.register({"name": "ping", "description": "x"})
    refused: list[int] = []

    async def late(interaction: nextcord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await rest("DELETE", f"/channels/{games.id}")
        with pytest.raises(nextcord.NotFound, match="Unknown Channel") as error:
            await interaction.followup.send("too late")
        refused.append(error.value.code)
        sandbox.member("alice").say("woken")

    bot.answers["ping"] = late
    alice = sandbox.member("alice")
    message = alice.say("hello", channel=games)
    assert alice.sees(message)
    reply = await alice.slash("ping", channel=games)
    assert reply.message is not None
    assert reply.message.deleted
    assert not alice.sees(message)
    await sandbox.world.changes.until(lambda: bool(refused), timeout=5)
    assert (await rest("GET", f"/channels/{games.id}"))[1]["code"] == 10003


async def test_a_direct_message_is_no_channel_of_a_guild(sandbox: Sandbox, rest: Any) -> None:
    """It cannot be changed, and deleting it only closes it."""
    dm = f"/channels/{sandbox.member('alice').dm.id}"
    assert (await rest("PATCH", dm, json={"name": "x"}))[1]["code"] == 50003
    assert (await rest("DELETE", dm))[1]["type"] == 1
    assert (await rest("GET", dm))[0] == 200


async def test_a_guild_has_500_channels_at_most(sandbox: Sandbox, rest: Any, channels: str) -> None:
    """Categories count."""
    for number in range(500 - len(sandbox.guild.state.channels)):
        sandbox.guild.add_channel(str(number))
    assert (await rest("POST", channels, json={"name": "x"}))[1]["code"] == 30013


async def test_typing_is_seen(sandbox: Sandbox, bot: Any, rest: Any) -> None:
    """The bot's own and other people's, by whoever asked for it; where nobody can write it is refused."""
    general = sandbox.channel("general")
    sandbox.member("alice").start_typing(general)
    assert (await rest("POST", f"/channels/{general.id}/typing"))[0] == 204
    seen = [int(event["user_id"]) for event in events(sandbox, "TYPING_START")]
    assert seen == [sandbox.member("alice").id, sandbox.application_id]
    grant(sandbox, Permissions.MANAGE_CHANNELS)
    _, category = await rest("POST", f"/guilds/{sandbox.guild.id}/channels", json={"name": "c", "type": 4})
    assert (await rest("POST", f"/channels/{category['id']}/typing"))[1]["code"] == 50024
    assert ChannelType(category["type"]) is ChannelType.CATEGORY
