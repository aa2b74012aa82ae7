"""Channels."""

from typing import Any

from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.permissions import Permissions


def channel_payload(channel: Channel) -> dict[str, Any]:
    """A channel (`GuildChannelResponse`, `PrivateChannelResponse`); a DM lists only the other person."""
    last = channel.last_message_id
    payload: dict[str, Any] = {
        "id": str(channel.id),
        "type": int(channel.type),
        "flags": 0,
        "last_message_id": str(last) if last is not None else None,
        "last_pin_timestamp": None,
    }
    if channel.is_dm:
        return payload | {"recipients": [user_payload(user) for user in channel.recipients if not user.bot]}
    return payload | {
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "position": channel.position,
        "parent_id": None,
        "topic": channel.topic,
        "nsfw": channel.nsfw,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {
                "id": str(overwrite.id),
                "type": int(overwrite.type),
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for overwrite in channel.overwrites
        ],
    }


def resolved_channel_payload(channel: Channel, permissions: Permissions) -> dict[str, Any]:
    """A channel as `resolved` and interactions carry it: with what the person may do there."""
    return channel_payload(channel) | {"permissions": str(int(permissions))}
