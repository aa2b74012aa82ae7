"""Members of a guild: reading, changing, roles, and putting them out."""

from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.guilds import member_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import founding, governing
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.guilds import Guild, Member, Role
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import ApplicationFlags
from botcore_sandbox.validation.members import MemberDraft, read_member
from botcore_sandbox.validation.problems import Problems, required

_MEMBERS_A_PAGE = 1_000
_VOICE = {
    "mute": Permissions.MUTE_MEMBERS,
    "deaf": Permissions.DEAFEN_MEMBERS,
    "channel_id": Permissions.MOVE_MEMBERS,
}


async def list_members(call: Call) -> Answer:
    """Members by id; only for applications with the members intent."""
    guild = access.guild(call)
    if ApplicationFlags.GATEWAY_GUILD_MEMBERS_LIMITED not in call.world.application.flags:
        raise ApiError.known(50001)
    limit = call.query_number("limit", default=1, lowest=1, highest=_MEMBERS_A_PAGE)
    after = call.query_id("after") or 0
    following = sorted(user_id for user_id in guild.members if user_id > after)
    return Answer(200, [member_payload(guild.members[user_id]) for user_id in following[:limit]])


async def search_members(call: Call) -> Answer:
    """Members whose name or nickname starts so."""
    guild = access.guild(call)
    query = call.query.get("query", "").casefold()
    if not query:
        problems = Problems()
        required(problems.at("query"))
        problems.raise_if_found()
    limit = call.query_number("limit", default=1, lowest=1, highest=_MEMBERS_A_PAGE)
    found = [
        member
        for member in guild.members.values()
        if any(name.casefold().startswith(query) for name in (member.user.username, member.nick or ""))
    ]
    return Answer(200, [member_payload(member) for member in found[:limit]])


async def get_member(call: Call) -> Answer:
    """One member."""
    return Answer(200, member_payload(access.member(call, "user_id")))


async def edit_own_member(call: Call) -> Answer:
    """Change how the bot itself looks in a guild."""
    guild = access.guild(call)
    member = access.bot_in(call, guild)
    draft = read_member(access.json_object(call), call.world.now())
    if "nick" in draft.given:
        access.require_in_guild(call, guild, Permissions.CHANGE_NICKNAME)
        _change(call, guild, member, {"nick": draft.nick})
    return Answer(200, member_payload(member))


async def rename_self(call: Call) -> Answer:
    """The older way for the bot to change its nickname."""
    await edit_own_member(call)
    return Answer(200, {"nick": access.bot_in(call, access.guild(call)).nick})


async def edit_member(call: Call) -> Answer:
    """Change a member who stands below the bot; each field needs its own permission."""
    guild = access.guild(call)
    member = access.member_of(call, guild)
    draft = read_member(access.json_object(call), call.world.now())
    if member.user is call.world.bot and draft.given <= {"nick"}:
        return await edit_own_member(call)
    fields = _permitted_fields(call, guild, member, draft)
    if draft.role_ids is not None:
        _change_roles(call, guild, member, draft.role_ids)
    if fields:
        _change(call, guild, member, fields)
    return Answer(200, member_payload(member))


async def add_role(call: Call) -> Answer:
    """Give a member a role that stands below the bot."""
    guild, member, role = _member_and_role(call)
    if role.id not in member.role_ids:
        founding.give_role(call.world, guild, member, role)
        _record_roles(call, guild, member, added=[role], removed=[])
    return NO_CONTENT


async def remove_role(call: Call) -> Answer:
    """Take a role that stands below the bot from a member."""
    guild, member, role = _member_and_role(call)
    if role.id in member.role_ids:
        governing.take_role(call.world, member, role)
        _record_roles(call, guild, member, added=[], removed=[role])
    return NO_CONTENT


async def kick(call: Call) -> Answer:
    """Put a member out, who may come back."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.KICK_MEMBERS)
    member = access.member_of(call, guild)
    access.require_outranks(call, guild, member)
    governing.remove_member(call.world, guild, member.user)
    record(call, guild, AuditAction.MEMBER_KICK, member.user.id)
    return NO_CONTENT


def _permitted_fields(call: Call, guild: Guild, member: Member, draft: MemberDraft) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "nick" in draft.given:
        own = member.user is call.world.bot
        access.require_in_guild(call, guild, Permissions.CHANGE_NICKNAME if own else Permissions.MANAGE_NICKNAMES)
        fields["nick"] = draft.nick
    if "communication_disabled_until" in draft.given:
        access.require_in_guild(call, guild, Permissions.MODERATE_MEMBERS)
        if Permissions.ADMINISTRATOR in guild.permissions_of(member):
            raise ApiError.known(50013)
        fields["timed_out_until"] = draft.timed_out_until
    for name, needed in _VOICE.items():
        if name in draft.given:
            access.require_in_guild(call, guild, needed)
            raise ApiError.known(40032)  # nobody is ever connected to voice here
    if member.user is not call.world.bot and fields:
        access.require_outranks(call, guild, member)
    return fields


def _change(call: Call, guild: Guild, member: Member, fields: dict[str, Any]) -> None:
    before = member_payload(member)
    governing.set_member(call.world, member, fields=fields)
    after = member_payload(member)
    record(call, guild, AuditAction.MEMBER_UPDATE, member.user.id, before=before, after=after)


def _change_roles(call: Call, guild: Guild, member: Member, role_ids: list[int]) -> None:
    access.require_in_guild(call, guild, Permissions.MANAGE_ROLES)
    if any(role_id not in guild.roles for role_id in role_ids):
        raise ApiError.known(10011)
    added = [guild.roles[role_id] for role_id in role_ids if role_id not in member.role_ids]
    removed = [guild.roles[role_id] for role_id in member.role_ids if role_id not in role_ids]
    for role in (*added, *removed):
        _require_assignable(call, guild, role)
    if added or removed:
        governing.set_member(call.world, member, fields={}, role_ids=role_ids)
        _record_roles(call, guild, member, added=added, removed=removed)


def _member_and_role(call: Call) -> tuple[Guild, Member, Role]:
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.MANAGE_ROLES)
    member = access.member_of(call, guild)
    role = access.role(call, guild)
    _require_assignable(call, guild, role)
    return guild, member, role


def _require_assignable(call: Call, guild: Guild, role: Role) -> None:
    if role.managed or role is guild.everyone:
        raise ApiError.known(50028)
    access.require_above(call, guild, role)


def _record_roles(call: Call, guild: Guild, member: Member, *, added: list[Role], removed: list[Role]) -> None:
    changes = {
        key: [{"id": str(role.id), "name": role.name} for role in roles]
        for key, roles in (("$add", added), ("$remove", removed))
        if roles
    }
    record(call, guild, AuditAction.MEMBER_ROLE_UPDATE, member.user.id, after=changes)


_BASE = "/guilds/{guild_id}/members"

ROUTES = (
    Route("GET", _BASE, list_members),
    Route("GET", f"{_BASE}/search", search_members),
    Route("PATCH", f"{_BASE}/@me", edit_own_member),
    Route("PATCH", f"{_BASE}/@me/nick", rename_self),
    Route("GET", f"{_BASE}/{{user_id}}", get_member),
    Route("PATCH", f"{_BASE}/{{user_id}}", edit_member),
    Route("DELETE", f"{_BASE}/{{user_id}}", kick),
    Route("PUT", f"{_BASE}/{{user_id}}/roles/{{role_id}}", add_role),
    Route("DELETE", f"{_BASE}/{{user_id}}/roles/{{role_id}}", remove_role),
)
