"""Guilds themselves: reading them and changing their settings."""

from typing import Any

from botcore_sandbox.payloads.guilds import guild_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import Answer, Call, Route
from botcore_sandbox.state import governing
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.validation.guilds import read_guild

_GUILDS_A_PAGE = 200


async def get_guild(call: Call) -> Answer:
    """One guild."""
    guild = access.guild(call)
    payload = guild_payload(guild)
    return Answer(200, payload | _counts(guild) if call.query_flag("with_counts") else payload)


async def edit_guild(call: Call) -> Answer:
    """Rename a guild or change its settings."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.MANAGE_GUILD)
    name, settings = read_guild(access.json_object(call), guild)
    before = guild_payload(guild)
    governing.change_guild(call.world, guild, name=name, settings=settings)
    record(call, guild, AuditAction.GUILD_UPDATE, guild.id, before=before, after=guild_payload(guild))
    return Answer(200, guild_payload(guild))


async def list_own_guilds(call: Call) -> Answer:
    """The guilds that the bot is in, by id."""
    limit = call.query_number("limit", default=_GUILDS_A_PAGE, lowest=1, highest=_GUILDS_A_PAGE)
    before, after = call.query_id("before"), call.query_id("after")
    own = [guild for _, guild in sorted(call.world.guilds.items()) if call.world.bot.id in guild.members]
    if before is not None:
        page = [guild for guild in own if guild.id < before][-limit:]
    else:
        page = [guild for guild in own if guild.id > (after or 0)][:limit]
    counted = call.query_flag("with_counts")
    return Answer(200, [_own_guild(call, guild, counted=counted) for guild in page])


def _own_guild(call: Call, guild: Guild, *, counted: bool) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "permissions": str(int(guild.permissions_of(guild.members[call.world.bot.id]))),
        "features": [],
    }
    return payload | _counts(guild) if counted else payload


def _counts(guild: Guild) -> dict[str, int]:
    return {
        "approximate_member_count": len(guild.members),
        "approximate_presence_count": len(guild.members),
    }


ROUTES = (
    Route("GET", "/users/@me/guilds", list_own_guilds),
    Route("GET", "/guilds/{guild_id}", get_guild),
    Route("PATCH", "/guilds/{guild_id}", edit_guild),
)
