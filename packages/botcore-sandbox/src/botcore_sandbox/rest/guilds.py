"""Guilds, their channels, members and roles (reading)."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.payloads.guilds import guild_payload, member_payload, role_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import Answer, Call, Route
from botcore_sandbox.state.users import ApplicationFlags

_MEMBERS_A_PAGE = 1_000


async def get_guild(call: Call) -> Answer:
    """One guild."""
    guild = access.guild(call)
    payload = guild_payload(guild)
    if call.query_flag("with_counts"):
        payload["approximate_member_count"] = len(guild.members)
        payload["approximate_presence_count"] = len(guild.members)
    return Answer(200, payload)


async def list_own_guilds(call: Call) -> Answer:
    """The guilds that the bot is in."""
    return Answer(
        200,
        [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "banner": None,
                "owner": False,
                "permissions": str(int(guild.permissions_of(guild.members[call.world.bot.id]))),
                "features": [],
            }
            for guild in call.world.guilds.values()
            if call.world.bot.id in guild.members
        ],
    )


async def list_channels(call: Call) -> Answer:
    """The channels of a guild."""
    return Answer(200, [channel_payload(channel) for channel in access.guild(call).channels.values()])


async def list_roles(call: Call) -> Answer:
    """The roles of a guild."""
    return Answer(200, [role_payload(role) for role in access.guild(call).roles.values()])


async def get_role(call: Call) -> Answer:
    """One role."""
    role = access.guild(call).roles.get(call.id("role_id"))
    if role is None:
        raise ApiError.known(10011)
    return Answer(200, role_payload(role))


async def list_members(call: Call) -> Answer:
    """Members by id; only for applications with the members intent."""
    guild = access.guild(call)
    if ApplicationFlags.GATEWAY_GUILD_MEMBERS_LIMITED not in call.world.application.flags:
        raise ApiError.known(50001)
    limit = call.query_number("limit", default=1, lowest=1, highest=_MEMBERS_A_PAGE)
    after = call.query_id("after") or 0
    following = sorted(user_id for user_id in guild.members if user_id > after)
    return Answer(200, [member_payload(guild.members[user_id]) for user_id in following[:limit]])


async def get_member(call: Call) -> Answer:
    """One member."""
    return Answer(200, member_payload(access.member(call)))


ROUTES = (
    Route("GET", "/users/@me/guilds", list_own_guilds),
    Route("GET", "/guilds/{guild_id}", get_guild),
    Route("GET", "/guilds/{guild_id}/channels", list_channels),
    Route("GET", "/guilds/{guild_id}/roles", list_roles),
    Route("GET", "/guilds/{guild_id}/roles/{role_id}", get_role),
    Route("GET", "/guilds/{guild_id}/members", list_members),
    Route("GET", "/guilds/{guild_id}/members/{member_id}", get_member),
)
