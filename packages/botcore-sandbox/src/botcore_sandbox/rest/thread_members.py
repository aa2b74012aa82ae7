"""Who is in a thread, and the lists of threads."""

from collections.abc import Callable
from datetime import datetime

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.channels import channel_payload, thread_member_payload
from botcore_sandbox.payloads.guilds import member_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import thread_life
from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import ApplicationFlags, User

_PAGE = 100


async def join(call: Call) -> Answer:
    """Come into a thread."""
    thread = _thread(call)
    access.require_active(thread)
    thread_life.join(call.world, thread, call.world.bot)
    return NO_CONTENT


async def leave(call: Call) -> Answer:
    """Go out of a thread."""
    thread = _thread(call)
    access.require_active(thread)
    thread_life.leave(call.world, thread, call.world.bot)
    return NO_CONTENT


async def add_member(call: Call) -> Answer:
    """Bring a member of the guild into a thread; who manages no threads has to be in an invitable one."""
    thread = _thread(call)
    access.require_active(thread)
    access.require_sending(call, thread)
    user = _guild_member(call, thread)
    if thread.type is ChannelType.PRIVATE_THREAD and thread.thread is not None and not thread.thread.invitable:
        access.require_permissions(call, thread, Permissions.MANAGE_THREADS)
    thread_life.join(call.world, thread, user)
    return NO_CONTENT


async def remove_member(call: Call) -> Answer:
    """Put somebody out of a thread: who manages threads, or owns a private one, may."""
    thread = _thread(call)
    access.require_active(thread)
    owns = thread.thread is not None and thread.thread.owner_id == call.world.bot.id
    if not (owns and thread.type is ChannelType.PRIVATE_THREAD):
        access.require_permissions(call, thread, Permissions.MANAGE_THREADS)
    thread_life.leave(call.world, thread, access.user(call))
    return NO_CONTENT


async def get_member(call: Call) -> Answer:
    """When somebody joined a thread."""
    thread = _thread(call)
    user_id = call.id("user_id")
    if thread.thread is None or user_id not in thread.thread.members:
        raise ApiError.known(10007)
    return Answer(200, _described(call, thread, user_id))


async def list_thread_members(call: Call) -> Answer:
    """Who is in a thread; only for applications with the members intent."""
    thread = _thread(call)
    if ApplicationFlags.GATEWAY_GUILD_MEMBERS_LIMITED not in call.world.application.flags:
        raise ApiError.known(50001)
    limit = call.query_number("limit", default=_PAGE, lowest=1, highest=_PAGE)
    after = call.query_id("after") or 0
    members = thread.thread.members if thread.thread is not None else {}
    page = sorted(user_id for user_id in members if user_id > after)
    if call.query_flag("with_member"):
        page = page[:limit]
    return Answer(200, [_described(call, thread, user_id) for user_id in page])


async def list_active(call: Call) -> Answer:
    """Every open thread of a guild that the bot may view."""
    guild = access.guild(call)
    visible = [
        thread
        for thread in guild.threads.values()
        if thread.thread is not None
        and not thread.thread.archived
        and Permissions.VIEW_CHANNEL in call.world.permissions_in(thread, call.world.bot)
    ]
    return Answer(200, _listed(call, sorted(visible, key=lambda thread: -thread.id)))


async def list_archived_public(call: Call) -> Answer:
    """Archived public threads of a channel, the latest first."""
    archived = _archived(call, lambda thread: thread.type is not ChannelType.PRIVATE_THREAD)
    return _page(call, _before_moment(call, archived))


async def list_archived_private(call: Call) -> Answer:
    """Archived private threads of a channel, for who manages threads."""
    access.channel(call, Permissions.MANAGE_THREADS)
    archived = _archived(call, lambda thread: thread.type is ChannelType.PRIVATE_THREAD)
    return _page(call, _before_moment(call, archived))


async def list_own_archived_private(call: Call) -> Answer:
    """Archived private threads of a channel that the bot is in, the newest first."""
    bot_id = call.world.bot.id
    before = call.query_id("before")
    archived = _archived(call, lambda thread: thread.type is ChannelType.PRIVATE_THREAD)
    own = [(at, thread) for at, thread in archived if thread.thread is not None and bot_id in thread.thread.members]
    earlier = [thread for _, thread in own if before is None or thread.id < before]
    return _page(call, sorted(earlier, key=lambda thread: -thread.id))


def _archived(call: Call, wanted: Callable[[Channel], bool]) -> list[tuple[datetime, Channel]]:
    """The archived threads of the path's channel, the latest first, each with the time of its archiving."""
    guild, parent = access.guild_channel(call, Permissions.READ_MESSAGE_HISTORY)
    found = [
        (thread.thread.archive_changed_at, thread)
        for thread in guild.threads.values()
        if thread.thread is not None and thread.thread.archived and thread.parent_id == parent.id and wanted(thread)
    ]
    return sorted(found, key=lambda entry: (entry[0], entry[1].id), reverse=True)


def _before_moment(call: Call, archived: list[tuple[datetime, Channel]]) -> list[Channel]:
    before = call.query_moment("before")
    return [thread for at, thread in archived if before is None or at < before]


def _page(call: Call, threads: list[Channel]) -> Answer:
    limit = call.query_number("limit", default=50, lowest=2, highest=_PAGE)
    return Answer(200, _listed(call, threads[:limit]) | {"has_more": len(threads) > limit})


def _listed(call: Call, threads: list[Channel]) -> dict[str, object]:
    bot_id = call.world.bot.id
    return {
        "threads": [channel_payload(thread, for_user=bot_id) for thread in threads],
        "members": [
            thread_member_payload(thread, bot_id)
            for thread in threads
            if thread.thread is not None and bot_id in thread.thread.members
        ],
        "has_more": False,
    }


def _described(call: Call, thread: Channel, user_id: int) -> dict[str, object]:
    payload = thread_member_payload(thread, user_id)
    member = call.world.member(thread.guild_id, user_id)
    if call.query_flag("with_member") and member is not None:
        payload["member"] = member_payload(member)
    return payload


def _thread(call: Call) -> Channel:
    found = access.channel(call)
    if found.thread is None:
        raise ApiError.known(50024)
    return found


def _guild_member(call: Call, thread: Channel) -> User:
    user = access.user(call)
    if call.world.member(thread.guild_id, user.id) is None:
        raise ApiError.known(10007)
    return user


_MEMBERS = "/channels/{channel_id}/thread-members"
_ARCHIVED = "/channels/{channel_id}/threads/archived"

ROUTES = (
    Route("GET", _MEMBERS, list_thread_members),
    Route("PUT", f"{_MEMBERS}/@me", join),
    Route("POST", f"{_MEMBERS}/@me", join),
    Route("DELETE", f"{_MEMBERS}/@me", leave),
    Route("GET", f"{_MEMBERS}/{{user_id}}", get_member),
    Route("PUT", f"{_MEMBERS}/{{user_id}}", add_member),
    Route("POST", f"{_MEMBERS}/{{user_id}}", add_member),
    Route("DELETE", f"{_MEMBERS}/{{user_id}}", remove_member),
    Route("GET", "/guilds/{guild_id}/threads/active", list_active),
    Route("GET", f"{_ARCHIVED}/public", list_archived_public),
    Route("GET", f"{_ARCHIVED}/private", list_archived_private),
    Route("GET", "/channels/{channel_id}/users/@me/threads/archived/private", list_own_archived_private),
)
