"""Channels and threads."""

from typing import Any

from botcore_sandbox.payloads import timestamp
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.channels import VOICE_TYPES, Channel, ChannelType, ForumTag, Thread
from botcore_sandbox.state.permissions import Overwrite, Permissions

_COUNTED_UP_TO = 50
"""A thread's members are only counted so far (developer documentation, "Channel Structure")."""


def channel_payload(channel: Channel, *, for_user: int | None = None) -> dict[str, Any]:
    """A channel (`GuildChannelResponse`, `PrivateChannelResponse`, `ThreadResponse`).

    A DM lists only the other person; a thread tells when the user `for_user` joined it, if they did.
    """
    if channel.thread is not None:
        return _thread_payload(channel, channel.thread, for_user)
    if channel.is_dm:
        return _base(channel) | {"recipients": [user_payload(user) for user in channel.recipients if not user.bot]}
    payload = _base(channel) | {
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "position": channel.position,
        "parent_id": _id(channel.parent_id),
        "permission_overwrites": [overwrite_payload(overwrite) for overwrite in channel.overwrites],
    }
    if channel.type is ChannelType.CATEGORY:
        return payload
    payload |= {"topic": channel.topic, "nsfw": channel.nsfw, "rate_limit_per_user": channel.slow_mode}
    if channel.default_auto_archive_minutes is not None:
        payload["default_auto_archive_duration"] = channel.default_auto_archive_minutes
    if channel.type in VOICE_TYPES:
        payload |= {
            "bitrate": channel.bitrate,
            "user_limit": channel.user_limit,
            "rtc_region": channel.region,
            "video_quality_mode": channel.video_quality,
        }
    if channel.type is ChannelType.FORUM:
        payload |= {
            "available_tags": [_tag_payload(tag) for tag in channel.tags],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
            "default_thread_rate_limit_per_user": channel.default_thread_slow_mode,
        }
    return payload


def overwrite_payload(overwrite: Overwrite) -> dict[str, Any]:
    """An exception for a role or member (`ChannelPermissionOverwriteResponse`)."""
    return {
        "id": str(overwrite.id),
        "type": int(overwrite.type),
        "allow": str(int(overwrite.allow)),
        "deny": str(int(overwrite.deny)),
    }


def resolved_channel_payload(channel: Channel, permissions: Permissions) -> dict[str, Any]:
    """A channel as `resolved` and interactions carry it: with what the person may do there."""
    return channel_payload(channel) | {"permissions": str(int(permissions))}


def thread_member_payload(thread: Channel, user_id: int) -> dict[str, Any]:
    """When somebody joined a thread (`ThreadMemberResponse`)."""
    joined = thread.thread.members[user_id] if thread.thread is not None else None
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": timestamp(joined) if joined is not None else None,
        "flags": 1,
    }


def _thread_payload(channel: Channel, thread: Thread, for_user: int | None) -> dict[str, Any]:
    written = sum(1 for message in channel.messages.values() if not message.ephemeral)
    metadata: dict[str, Any] = {
        "archived": thread.archived,
        "archive_timestamp": timestamp(thread.archive_changed_at),
        "auto_archive_duration": thread.auto_archive_minutes,
        "locked": thread.locked,
        "create_timestamp": timestamp(thread.created_at),
    }
    if channel.type is ChannelType.PRIVATE_THREAD:
        metadata["invitable"] = thread.invitable
    payload = _base(channel) | {
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "parent_id": _id(channel.parent_id),
        "owner_id": str(thread.owner_id),
        "rate_limit_per_user": channel.slow_mode,
        "message_count": written,
        "member_count": min(len(thread.members), _COUNTED_UP_TO),
        "total_message_sent": thread.messages_sent,
        "thread_metadata": metadata,
    }
    if thread.tag_ids:
        payload["applied_tags"] = [str(tag_id) for tag_id in thread.tag_ids]
    if for_user is not None and for_user in thread.members:
        payload["member"] = thread_member_payload(channel, for_user)
    return payload


def _base(channel: Channel) -> dict[str, Any]:
    pinned = channel.last_pin_at
    payload = {"id": str(channel.id), "type": int(channel.type), "flags": channel.flags}
    if channel.type is ChannelType.CATEGORY:
        return payload
    return payload | {
        "last_message_id": _id(channel.last_message_id),
        "last_pin_timestamp": timestamp(pinned) if pinned is not None else None,
    }


def _tag_payload(tag: ForumTag) -> dict[str, Any]:
    return {
        "id": str(tag.id),
        "name": tag.name,
        "moderated": tag.moderated,
        "emoji_id": _id(tag.emoji_id),
        "emoji_name": tag.emoji_name,
    }


def _id(number: int | None) -> str | None:
    return None if number is None else str(number)
