"""Roles of a guild."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.guilds import role_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import governing
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Permissions
from botcore_sandbox.validation.roles import MAX_ROLES, read_role, read_role_positions

_NEW_ROLE = "new role"


async def list_roles(call: Call) -> Answer:
    """The roles of a guild."""
    return Answer(200, [role_payload(role) for role in access.guild(call).roles.values()])


async def get_role(call: Call) -> Answer:
    """One role."""
    return Answer(200, role_payload(access.role(call, access.guild(call))))


async def create_role(call: Call) -> Answer:
    """A new role at the bottom; it grants what @everyone does unless the request says otherwise."""
    guild = access.guild(call)
    held = access.require_in_guild(call, guild, Permissions.MANAGE_ROLES)
    draft = read_role(access.json_object(call))
    if len(guild.roles) >= MAX_ROLES:
        raise ApiError.known(30005)
    _require_grantable(held, draft.permissions or NO_PERMISSIONS)
    granted = guild.everyone.permissions if draft.permissions is None else draft.permissions
    role = governing.create_role(call.world, guild, draft.name or _NEW_ROLE, granted, draft.looks)
    record(call, guild, AuditAction.ROLE_CREATE, role.id, after=role_payload(role))
    return Answer(200, role_payload(role))


async def edit_role(call: Call) -> Answer:
    """Change the given fields of a role that stands below the bot."""
    guild = access.guild(call)
    held = access.require_in_guild(call, guild, Permissions.MANAGE_ROLES)
    role = access.role(call, guild)
    access.require_above(call, guild, role)
    draft = read_role(access.json_object(call))
    fields = dict(draft.looks)
    if draft.name is not None:
        fields["name"] = draft.name
    if draft.permissions is not None:
        _require_grantable(held, draft.permissions ^ role.permissions)
        fields["permissions"] = draft.permissions
    before = role_payload(role)
    governing.change_role(call.world, role, fields)
    record(call, guild, AuditAction.ROLE_UPDATE, role.id, before=before, after=role_payload(role))
    return Answer(200, role_payload(role))


async def delete_role(call: Call) -> Answer:
    """Delete a role that stands below the bot; @everyone and those of bots stay."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.MANAGE_ROLES)
    role = access.role(call, guild)
    if role is guild.everyone or role.managed:
        raise ApiError.known(50028)
    access.require_above(call, guild, role)
    governing.delete_role(call.world, guild, role)
    record(call, guild, AuditAction.ROLE_DELETE, role.id, before=role_payload(role))
    return NO_CONTENT


async def move_roles(call: Call) -> Answer:
    """Order roles anew; neither a role nor its new place may be at the bot's height or above."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.MANAGE_ROLES)
    positions = read_role_positions(call.body)
    unknown = next((role_id for role_id in positions if role_id not in guild.roles), None)
    if unknown is not None:
        raise ApiError.known(10011)
    moved = {role_id: position for role_id, position in positions.items() if guild.roles[role_id].position != position}
    access.require_above(call, guild, *(guild.roles[role_id] for role_id in moved))
    _require_below_bot(call, guild, moved)
    governing.move_roles(call.world, guild, moved)
    return Answer(200, [role_payload(role) for role in guild.roles.values()])


def _require_below_bot(call: Call, guild: Guild, moved: dict[int, int]) -> None:
    bot = access.bot_in(call, guild)
    ceiling = guild.top_role(bot).position
    if guild.id in moved or (bot.user.id != guild.owner_id and any(place >= ceiling for place in moved.values())):
        raise ApiError.known(50013)


def _require_grantable(held: Permissions, touched: Permissions) -> None:
    if touched & ~held:
        raise ApiError.known(50013)


_BASE = "/guilds/{guild_id}/roles"

ROUTES = (
    Route("GET", _BASE, list_roles),
    Route("POST", _BASE, create_role),
    Route("PATCH", _BASE, move_roles),
    Route("GET", f"{_BASE}/{{role_id}}", get_role),
    Route("PATCH", f"{_BASE}/{{role_id}}", edit_role),
    Route("DELETE", f"{_BASE}/{{role_id}}", delete_role),
)
