"""Channels: reading, making, changing, ordering and deleting them, typing, and opening a direct message."""

from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.rest import access, threads
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.rest.overwrites import require_overridable
from botcore_sandbox.state import building
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.founding import open_dm
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.message_changes import TypingStarted
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.validation.channels import (
    MAX_CHANNELS,
    MAX_IN_CATEGORY,
    ChannelDraft,
    read_channel,
    read_moves,
)
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import Problems

_REQUIRED_BY_COMMUNITIES = ("rules_channel_id", "public_updates_channel_id")


async def get_channel(call: Call) -> Answer:
    """One channel."""
    return Answer(200, channel_payload(access.channel(call), for_user=call.world.bot.id))


async def list_channels(call: Call) -> Answer:
    """The channels of a guild, without threads."""
    return Answer(200, [channel_payload(channel) for channel in access.guild(call).channels.values()])


async def create_channel(call: Call) -> Answer:
    """A new channel of a guild."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.MANAGE_CHANNELS)
    draft = read_channel(access.json_object(call))
    if len(guild.channels) >= MAX_CHANNELS:
        raise ApiError.known(30013)
    _check_parent(guild, draft, None)
    fields = _fields(call, draft)
    if draft.overwrites is not None:
        require_overridable(call, guild, None, draft.overwrites)
    channel = building.create_channel(call.world, guild, draft.name or "", draft.type, fields)
    record(call, guild, AuditAction.CHANNEL_CREATE, channel.id, after=channel_payload(channel))
    return Answer(201, channel_payload(channel))


async def edit_channel(call: Call) -> Answer:
    """Change the given fields of a channel or thread."""
    guild, channel = access.guild_channel(call)
    if channel.thread is not None:
        return await threads.edit_thread(call)
    access.require_permissions(call, channel, Permissions.MANAGE_CHANNELS)
    draft = read_channel(access.json_object(call), edited=channel.type)
    _check_parent(guild, draft, channel)
    fields = _fields(call, draft)
    if draft.overwrites is not None:
        access.require_permissions(call, channel, Permissions.MANAGE_ROLES)
        require_overridable(call, guild, channel, draft.overwrites)
    if draft.name is not None:
        fields["name"] = draft.name
    before = channel_payload(channel)
    building.change_channel(call.world, channel, fields | {"type": draft.type})
    record(call, guild, AuditAction.CHANNEL_UPDATE, channel.id, before=before, after=channel_payload(channel))
    return Answer(200, channel_payload(channel))


async def delete_channel(call: Call) -> Answer:
    """Delete a channel or thread; a direct message is only closed."""
    channel = access.channel(call)
    if channel.is_dm:
        return Answer(200, channel_payload(channel))
    if channel.thread is not None:
        return await threads.delete_thread(call)
    guild, channel = access.guild_channel(call, Permissions.MANAGE_CHANNELS)
    if any(guild.settings.get(key) == str(channel.id) for key in _REQUIRED_BY_COMMUNITIES):
        raise ApiError.known(50074)
    payload = channel_payload(channel)
    building.delete_channel(call.world, guild, channel)
    record(call, guild, AuditAction.CHANNEL_DELETE, channel.id, before=payload)
    return Answer(200, payload)


async def move_channels(call: Call) -> Answer:
    """Order channels anew, also into and out of categories."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.MANAGE_CHANNELS)
    moves = read_moves(call.body)
    if any(move.channel_id not in guild.channels for move in moves):
        raise ApiError.known(10003)
    for move in moves:
        channel = guild.channels[move.channel_id]
        fields: dict[str, Any] = {} if move.position is None else {"position": move.position}
        if move.moves_parent:
            draft = ChannelDraft(channel.type, fields={"parent_id": move.parent_id})
            _check_parent(guild, draft, channel)
            fields["parent_id"] = move.parent_id
            if move.sync_permissions and move.parent_id is not None:
                fields["overwrites"] = list(guild.channels[move.parent_id].overwrites)
        if fields:
            building.change_channel(call.world, channel, fields)
    return NO_CONTENT


async def start_typing(call: Call) -> Answer:
    """Show "is typing..."."""
    channel = access.channel(call)
    access.require_sending(call, channel)
    call.world.changes.publish(TypingStarted(channel, call.world.bot))
    return NO_CONTENT


async def create_dm(call: Call) -> Answer:
    """The conversation with a user; the same one every time."""
    problems = Problems()
    recipient_id = Form(access.json_object(call), problems).snowflake("recipient_id", needed=True)
    problems.raise_if_found()
    recipient = call.world.users.get(recipient_id or 0)
    if recipient is None:
        raise ApiError.known(10013)
    if recipient.bot:
        raise ApiError.known(50007, status=400)
    return Answer(200, channel_payload(open_dm(call.world, recipient)))


def _fields(call: Call, draft: ChannelDraft) -> dict[str, Any]:
    fields = dict(draft.fields)
    if draft.overwrites is not None:
        fields["overwrites"] = draft.overwrites
    if draft.tags is not None:
        for tag in draft.tags:
            tag.id = tag.id or call.world.snowflakes.next()
        fields["tags"] = draft.tags
    return fields


def _check_parent(guild: Guild, draft: ChannelDraft, moved: Channel | None) -> None:
    parent_id = draft.fields.get("parent_id")
    if parent_id is None or (moved is not None and moved.parent_id == parent_id):
        return
    problems = Problems("parent_id")
    parent = guild.channels.get(parent_id)
    if parent is None:
        problems.add("CHANNEL_PARENT_INVALID", "Category does not exist")
    elif parent.type is not ChannelType.CATEGORY:
        problems.add("CHANNEL_PARENT_INVALID_TYPE", "Not a category")
    elif draft.type is ChannelType.CATEGORY:
        problems.add("CHANNEL_PARENT_INVALID_PARENT", "Categories cannot have subcategories")
    elif sum(1 for channel in guild.channels.values() if channel.parent_id == parent_id) >= MAX_IN_CATEGORY:
        problems.add(
            "CHANNEL_PARENT_MAX_CHANNELS", f"Maximum number of channels in category reached ({MAX_IN_CATEGORY})"
        )
    problems.raise_if_found()


ROUTES = (
    Route("GET", "/channels/{channel_id}", get_channel),
    Route("PATCH", "/channels/{channel_id}", edit_channel),
    Route("DELETE", "/channels/{channel_id}", delete_channel),
    Route("POST", "/channels/{channel_id}/typing", start_typing),
    Route("GET", "/guilds/{guild_id}/channels", list_channels),
    Route("POST", "/guilds/{guild_id}/channels", create_channel),
    Route("PATCH", "/guilds/{guild_id}/channels", move_channels),
    Route("POST", "/users/@me/channels", create_dm),
)
