"""Guilds, roles and members."""

from typing import Any

from botcore_sandbox.payloads import timestamp
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.payloads.scheduled_events import event_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.guilds import Ban, Guild, Member, Role
from botcore_sandbox.state.users import User


def role_payload(role: Role) -> dict[str, Any]:
    """A role (`GuildRoleResponse`)."""
    payload: dict[str, Any] = {
        "id": str(role.id),
        "name": role.name,
        "description": None,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": role.color,
        "colors": {
            "primary_color": role.color,
            "secondary_color": role.secondary_color,
            "tertiary_color": role.tertiary_color,
        },
        "hoist": role.hoist,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if role.bot_id is not None:
        payload["tags"] = {"bot_id": str(role.bot_id)}
    return payload


def member_fields(member: Member) -> dict[str, Any]:
    """A member without the user, as messages and `resolved` carry it."""
    until = member.timed_out_until
    return {
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "collectibles": None,
        "communication_disabled_until": timestamp(until) if until is not None else None,
        "deaf": member.deaf,
        "flags": 0,
        "joined_at": timestamp(member.joined_at),
        "mute": member.mute,
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role_id) for role_id in member.role_ids],
    }


def member_payload(member: Member) -> dict[str, Any]:
    """A member with their user (`GuildMemberResponse`)."""
    return member_fields(member) | {"user": user_payload(member.user)}


def ban_payload(ban: Ban) -> dict[str, Any]:
    """A ban (`GuildBanResponse`)."""
    return {"user": user_payload(ban.user), "reason": ban.reason}


def guild_payload(guild: Guild) -> dict[str, Any]:
    """A guild as REST gives it (`GuildResponse`)."""
    system_channel = next(iter(guild.channels), None)
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(guild.owner_id),
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": str(system_channel) if system_channel is not None else None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_payload(role) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    } | guild.settings


def guild_create_payload(guild: Guild, bot: User, *, with_members: bool) -> dict[str, Any]:
    """A guild as GUILD_CREATE brings it; without the presences intent it lists only the bot as a member."""
    members = guild.members.values() if with_members else [guild.members[bot.id]]
    return guild_payload(guild) | {
        "joined_at": timestamp(guild.members[bot.id].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_payload(member) for member in members],
        "channels": [channel_payload(channel) for channel in guild.channels.values()],
        "threads": [
            channel_payload(thread, for_user=bot.id)
            for thread in guild.threads.values()
            if thread.thread is not None and not thread.thread.archived
        ],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [event_payload(event) for event in guild.scheduled_events.values() if event.is_open],
        "soundboard_sounds": [],
    }
