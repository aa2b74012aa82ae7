"""Bans: whom a guild has put out for good."""

from datetime import timedelta

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.guilds import ban_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import governing, posting
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.validation.members import read_ban, read_bulk_ban

_BANS_A_PAGE = 1_000


async def list_bans(call: Call) -> Answer:
    """Who is banned, by the user's id."""
    guild = _guild(call)
    limit = call.query_number("limit", default=_BANS_A_PAGE, lowest=1, highest=_BANS_A_PAGE)
    before, after = call.query_id("before"), call.query_id("after")
    bans = [guild.bans[user_id] for user_id in sorted(guild.bans)]
    if before is not None:
        page = [ban for ban in bans if ban.user.id < before][-limit:]
    else:
        page = [ban for ban in bans if ban.user.id > (after or 0)][:limit]
    return Answer(200, [ban_payload(ban) for ban in page])


async def get_ban(call: Call) -> Answer:
    """One ban."""
    guild = _guild(call)
    found = guild.bans.get(call.id("user_id"))
    if found is None:
        raise ApiError.known(10026)
    return Answer(200, ban_payload(found))


async def create_ban(call: Call) -> Answer:
    """Ban a user, who need not be a member; who is banned already stays so."""
    guild = _guild(call)
    user = access.user(call)
    seconds = read_ban(access.json_object(call) or dict(call.query))  # clients that send no body say it in the query
    if not _bannable(call, guild, user):
        raise ApiError.known(50013)
    _ban(call, guild, user, seconds)
    return NO_CONTENT


async def bulk_ban(call: Call) -> Answer:
    """Ban up to 200 users at once; who cannot be banned is listed."""
    guild = _guild(call, Permissions.MANAGE_GUILD)
    user_ids, seconds = read_bulk_ban(access.json_object(call))
    done: list[int] = []
    for user_id in user_ids:
        user = call.world.users.get(user_id)
        if user is not None and user_id not in guild.bans and _bannable(call, guild, user):
            _ban(call, guild, user, seconds)
            done.append(user_id)
    if not done:
        raise ApiError.known(500000)
    failed = [str(user_id) for user_id in user_ids if user_id not in done]
    return Answer(200, {"banned_users": [str(user_id) for user_id in done], "failed_users": failed})


async def remove_ban(call: Call) -> Answer:
    """Let a user come back."""
    guild = _guild(call)
    found = guild.bans.get(call.id("user_id"))
    if found is None:
        raise ApiError.known(10026)
    governing.unban(call.world, guild, found.user)
    record(call, guild, AuditAction.MEMBER_BAN_REMOVE, found.user.id)
    return NO_CONTENT


def _guild(call: Call, *further: Permissions) -> Guild:
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.BAN_MEMBERS, *further)
    return guild


def _bannable(call: Call, guild: Guild, user: User) -> bool:
    member = guild.members.get(user.id)
    return member is None or guild.outranks(access.bot_in(call, guild), member)


def _ban(call: Call, guild: Guild, user: User, delete_seconds: int) -> None:
    if user.id in guild.bans:
        return
    governing.ban(call.world, guild, user, call.reason)
    since = call.world.now() - timedelta(seconds=delete_seconds)
    for channel in (*guild.channels.values(), *guild.threads.values()):
        recent = [kept for kept in channel.messages.values() if kept.author is user and kept.timestamp > since]
        posting.delete_many(call.world, channel, recent)
    record(call, guild, AuditAction.MEMBER_BAN_ADD, user.id)


_BASE = "/guilds/{guild_id}/bans"

ROUTES = (
    Route("GET", _BASE, list_bans),
    Route("GET", f"{_BASE}/{{user_id}}", get_ban),
    Route("PUT", f"{_BASE}/{{user_id}}", create_ban),
    Route("DELETE", f"{_BASE}/{{user_id}}", remove_ban),
    Route("POST", "/guilds/{guild_id}/bulk-ban", bulk_ban),
)
