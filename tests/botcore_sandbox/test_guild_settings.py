"""A guild's own settings, and the log of what the bot did."""

from typing import Any

import pytest

from botcore_sandbox import Permissions, Sandbox
from guild_rights import events, grant


async def test_nextcord_renames_a_guild(sandbox: Sandbox, bot: Any) -> None:
    """And sets what only travels through; the bot is told."""
    grant(sandbox, Permissions.MANAGE_GUILD)
    guild = bot.get_guild(sandbox.guild.id)
    edited = await guild.edit(name="Harbour", description="Boats", afk_timeout=300)
    assert (edited.name, edited.description) == ("Harbour", "Boats")
    assert sandbox.guild.name == "Harbour"
    assert events(sandbox, "GUILD_UPDATE")[-1]["description"] == "Boats"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"name": "x"}, "name"),
        ({"verification_level": 5}, "verification_level"),
        ({"afk_timeout": 61}, "afk_timeout"),
        ({"system_channel_id": "1"}, "system_channel_id"),
        ({"preferred_locale": "xx"}, "preferred_locale"),
        ({"features": [1]}, "features"),
    ],
)
async def test_a_bad_setting_is_refused_where_it_is_bad(sandbox: Sandbox, rest: Any, body: Any, path: str) -> None:
    """With the error at its field."""
    grant(sandbox, Permissions.MANAGE_GUILD)
    status, error = await rest("PATCH", f"/guilds/{sandbox.guild.id}", json=body)
    assert (status, list(error["errors"])) == (400, [path])


async def test_changing_a_guild_needs_the_permission(sandbox: Sandbox, rest: Any) -> None:
    """The log of what was done needs its own."""
    missing = (403, {"message": "Missing Permissions", "code": 50013})
    assert await rest("PATCH", f"/guilds/{sandbox.guild.id}", json={"name": "xx"}) == missing
    assert await rest("GET", f"/guilds/{sandbox.guild.id}/audit-logs") == missing


async def test_what_the_bot_did_is_logged(sandbox: Sandbox, bot: Any, rest: Any) -> None:
    """With the reason, what changed, and the things that still exist; the bot is told of each entry."""
    grant(sandbox, Permissions.ADMINISTRATOR)
    alice = sandbox.member("alice")
    guild = bot.get_guild(sandbox.guild.id)
    role = await guild.create_role(name="Crew", reason="Für alle")
    member = await guild.fetch_member(alice.id)
    await member.add_roles(role)
    await role.edit(name="Staff")
    await alice_message_gone(sandbox, rest)
    webhook = await guild.text_channels[0].create_webhook(name="News")
    await guild.kick(alice.user, reason="Enough")
    entries = [entry async for entry in guild.audit_logs(limit=10)]
    assert [entry.action.name for entry in entries] == [
        "kick",
        "webhook_create",
        "message_delete",
        "role_update",
        "member_role_update",
        "role_create",
    ]
    assert (entries[0].reason, entries[0].target.id, entries[0].user.id) == ("Enough", alice.id, sandbox.application_id)
    assert (entries[3].before.name, entries[3].after.name) == ("Crew", "Staff")
    assert entries[5].reason == "Für alle"
    assert len(events(sandbox, "GUILD_AUDIT_LOG_ENTRY_CREATE")) == 6
    path = f"/guilds/{sandbox.guild.id}/audit-logs"
    _, log = await rest("GET", f"{path}?action_type=50")
    assert [entry["target_id"] for entry in log["audit_log_entries"]] == [str(webhook.id)]
    assert [hook["id"] for hook in log["webhooks"]] == [str(webhook.id)]
    oldest = await rest("GET", f"{path}?after=0&limit=1")
    assert oldest[1]["audit_log_entries"][0]["action_type"] == 30
    assert (await rest("GET", f"{path}?limit=101"))[1]["code"] == 50035


async def alice_message_gone(sandbox: Sandbox, rest: Any) -> None:
    """The bot deletes what alice wrote."""
    message = sandbox.member("alice").say("oops")
    assert (await rest("DELETE", f"{rest.messages}/{message.id}"))[0] == 204


async def test_a_reason_has_512_characters_at_most(sandbox: Sandbox, rest: Any) -> None:
    """A longer one is refused with the whole request."""
    grant(sandbox, Permissions.MANAGE_ROLES)
    path = f"/guilds/{sandbox.guild.id}/roles"
    status, error = await rest("POST", path, json={}, headers={"X-Audit-Log-Reason": "x" * 513})
    assert (status, list(error["errors"])) == (400, ["reason"])
