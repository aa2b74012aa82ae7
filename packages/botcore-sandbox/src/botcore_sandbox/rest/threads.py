"""Threads: opening, changing and deleting them, and the posts of forums."""

from collections.abc import Iterable

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import Answer, Call, Route
from botcore_sandbox.state import posting, thread_life
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.messages import SYSTEM_TYPES, Message, MessageType
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.validation.messages import read_message
from botcore_sandbox.validation.threads import ThreadDraft, read_first_message, read_thread

_PARENTS = frozenset({ChannelType.TEXT, ChannelType.ANNOUNCEMENT})
_OWNER_MAY_SET = frozenset({"archived", "name", "auto_archive_minutes", "tag_ids", "invitable"})


async def start_from_message(call: Call) -> Answer:
    """A public thread below a message, which has its id."""
    guild, parent = access.guild_channel(call, Permissions.CREATE_PUBLIC_THREADS)
    message = access.message(call, parent)
    if parent.type not in _PARENTS:
        raise ApiError.known(50024)
    if message.type in SYSTEM_TYPES:
        raise ApiError.known(50021)
    draft = read_thread(access.json_object(call), parent)
    if message.id in guild.threads:
        raise ApiError.known(160004)
    announced = parent.type is ChannelType.ANNOUNCEMENT
    draft.type = ChannelType.ANNOUNCEMENT_THREAD if announced else ChannelType.PUBLIC_THREAD
    return _open(call, guild, parent, draft, start=message)


async def start(call: Call) -> Answer:
    """A thread of a channel, or a post of a forum with its first message."""
    guild, parent = access.guild_channel(call)
    if parent.type is ChannelType.FORUM:
        return _start_post(call, guild, parent)
    if parent.type not in _PARENTS:
        raise ApiError.known(50024)
    draft = read_thread(access.json_object(call), parent)
    draft.type = draft.type or ChannelType.PRIVATE_THREAD
    private = draft.type is ChannelType.PRIVATE_THREAD
    access.require_permissions(
        call, parent, Permissions.CREATE_PRIVATE_THREADS if private else Permissions.CREATE_PUBLIC_THREADS
    )
    if (draft.type is ChannelType.ANNOUNCEMENT_THREAD) != (parent.type is ChannelType.ANNOUNCEMENT):
        raise ApiError.known(50024)
    answer = _open(call, guild, parent, draft)
    if not private:
        thread_id = int(answer.body["id"])
        posting.post(
            call.world,
            parent,
            call.world.bot,
            Draft(content=draft.name),
            type=MessageType.THREAD_CREATED,
            thread_id=thread_id,
        )
    return answer


async def edit_thread(call: Call) -> Answer:
    """Change a thread: its owner may do some of it, who manages threads all."""
    guild, thread = access.guild_channel(call)
    draft = read_thread(access.json_object(call), _parent(call, thread), edited=True)
    fields = draft.fields | ({"name": draft.name} if draft.name is not None else {})
    _require_may_change(call, thread, fields.keys())
    if thread.thread is not None and thread.thread.archived and fields.get("archived") is not False:
        raise ApiError.known(50083)
    before = channel_payload(thread)
    thread_life.change_thread(call.world, thread, fields)
    after = channel_payload(thread)
    record(
        call,
        guild,
        AuditAction.THREAD_UPDATE,
        thread.id,
        before=before | before["thread_metadata"],
        after=after | after["thread_metadata"],
    )
    return Answer(200, channel_payload(thread, for_user=call.world.bot.id))


async def delete_thread(call: Call) -> Answer:
    """Delete a thread."""
    guild, thread = access.guild_channel(call, Permissions.MANAGE_THREADS)
    payload = channel_payload(thread, for_user=call.world.bot.id)
    thread_life.delete_thread(call.world, guild, thread)
    record(call, guild, AuditAction.THREAD_DELETE, thread.id, before={"name": thread.name, "type": int(thread.type)})
    return Answer(200, payload)


def _start_post(call: Call, guild: Guild, forum: Channel) -> Answer:
    access.require_permissions(call, forum, Permissions.SEND_MESSAGES)
    body = access.json_object(call)
    draft = read_thread(body, forum)
    message = read_message(read_first_message(body), call.uploads, under=("message",))
    if forum.default_thread_slow_mode:
        draft.fields.setdefault("slow_mode", forum.default_thread_slow_mode)
    draft.type = ChannelType.PUBLIC_THREAD
    thread = _new(call, guild, forum, draft)
    first = posting.post(call.world, thread, call.world.bot, message, id=thread.id)
    payload = channel_payload(thread, for_user=call.world.bot.id)
    return Answer(201, payload | {"message": message_payload(call.world, first)})


def _open(call: Call, guild: Guild, parent: Channel, draft: ThreadDraft, *, start: Message | None = None) -> Answer:
    thread = _new(call, guild, parent, draft, start=start)
    return Answer(201, channel_payload(thread, for_user=call.world.bot.id))


def _new(call: Call, guild: Guild, parent: Channel, draft: ThreadDraft, *, start: Message | None = None) -> Channel:
    if parent.default_auto_archive_minutes is not None:
        draft.fields.setdefault("auto_archive_minutes", parent.default_auto_archive_minutes)
    thread = thread_life.open_thread(
        call.world,
        guild,
        parent,
        owner=call.world.bot,
        name=draft.name or "",
        type=draft.type or ChannelType.PUBLIC_THREAD,
        fields=draft.fields,
        start=start,
    )
    record(call, guild, AuditAction.THREAD_CREATE, thread.id, after={"name": thread.name, "type": int(thread.type)})
    return thread


def _require_may_change(call: Call, thread: Channel, changed: Iterable[str]) -> None:
    held = call.world.permissions_in(thread, call.world.bot)
    if Permissions.MANAGE_THREADS in held:
        return
    owns = thread.thread is not None and thread.thread.owner_id == call.world.bot.id
    locked = thread.thread is not None and thread.thread.locked
    if locked or not owns or not _OWNER_MAY_SET.issuperset(changed):
        raise ApiError.known(50013)


def _parent(call: Call, thread: Channel) -> Channel:
    return call.world.channels[thread.parent_id or 0]


ROUTES = (
    Route("POST", "/channels/{channel_id}/threads", start),
    Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", start_from_message),
)
