"""Events of a guild: its roles, channels, threads, members, scheduled events and webhooks."""

from collections.abc import Iterator
from typing import Any

from botcore_sandbox.gateway.event import Event, same_for_all
from botcore_sandbox.gateway.protocol import NO_INTENTS, Intents
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.payloads.audit import audit_entry_payload
from botcore_sandbox.payloads.channels import channel_payload, thread_member_payload
from botcore_sandbox.payloads.guilds import guild_create_payload, guild_payload, member_payload, role_payload
from botcore_sandbox.payloads.scheduled_events import event_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.changes import Change
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guild_changes import (
    AuditEntryAdded,
    BanChanged,
    ChannelAdded,
    ChannelChanged,
    ChannelGone,
    EventAdded,
    EventChanged,
    EventGone,
    GuildChanged,
    GuildJoined,
    InterestChanged,
    MemberChanged,
    MemberGone,
    RoleAdded,
    RoleChanged,
    RoleGone,
    ThreadAdded,
    ThreadChanged,
    ThreadGone,
    ThreadMembersChanged,
    WebhooksChanged,
)
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.world import World


def guild_create(world: World, guild: Guild) -> Event:
    """The event that brings a whole guild."""

    def data_for(session: Session) -> dict[str, Any]:
        with_members = Intents.GUILD_PRESENCES in session.intents
        return guild_create_payload(guild, world.bot, with_members=with_members)

    return Event("GUILD_CREATE", guild.id, Intents.GUILDS, data_for)


def events_of(world: World, change: Change) -> Iterator[Event]:
    """The events that a change of a guild becomes."""
    yield from _of_guild(world, change)
    yield from _of_members(world, change)
    yield from _of_channels(world, change)
    yield from _of_scheduled_events(change)


def _of_guild(world: World, change: Change) -> Iterator[Event]:
    match change:
        case GuildJoined(guild):
            yield guild_create(world, guild)
        case GuildChanged(guild):
            yield same_for_all("GUILD_UPDATE", guild.id, guild_payload(guild), Intents.GUILDS)
        case RoleAdded(role) | RoleChanged(role):
            name = "GUILD_ROLE_CREATE" if isinstance(change, RoleAdded) else "GUILD_ROLE_UPDATE"
            payload = {"guild_id": str(role.guild_id), "role": role_payload(role)}
            yield same_for_all(name, role.guild_id, payload, Intents.GUILDS)
        case RoleGone(role):
            gone = {"guild_id": str(role.guild_id), "role_id": str(role.id)}
            yield same_for_all("GUILD_ROLE_DELETE", role.guild_id, gone, Intents.GUILDS)
        case WebhooksChanged(guild_id, channel_id):
            where = {"guild_id": str(guild_id), "channel_id": str(channel_id)}
            yield same_for_all("WEBHOOKS_UPDATE", guild_id, where, Intents.GUILD_WEBHOOKS)
        case AuditEntryAdded(entry):
            if Permissions.VIEW_AUDIT_LOG in _bots_permissions(world, entry.guild_id):
                line = audit_entry_payload(entry) | {"guild_id": str(entry.guild_id)}
                yield same_for_all("GUILD_AUDIT_LOG_ENTRY_CREATE", entry.guild_id, line, Intents.GUILD_MODERATION)
        case _:
            return


def _of_members(world: World, change: Change) -> Iterator[Event]:
    match change:
        case MemberChanged(member, joined):
            yield _member_event(world, member, joined=joined)
        case MemberGone(guild_id, user):
            payload = {"guild_id": str(guild_id), "user": user_payload(user)}
            yield same_for_all("GUILD_MEMBER_REMOVE", guild_id, payload, Intents.GUILD_MEMBERS)
        case BanChanged(guild_id, user, banned):
            if Permissions.BAN_MEMBERS in _bots_permissions(world, guild_id):
                name = "GUILD_BAN_ADD" if banned else "GUILD_BAN_REMOVE"
                payload = {"guild_id": str(guild_id), "user": user_payload(user)}
                yield same_for_all(name, guild_id, payload, Intents.GUILD_MODERATION)
        case _:
            return


def _of_channels(world: World, change: Change) -> Iterator[Event]:
    match change:
        case ChannelAdded(channel):
            yield same_for_all("CHANNEL_CREATE", channel.guild_id, channel_payload(channel), Intents.GUILDS)
        case ChannelChanged(channel):
            yield same_for_all("CHANNEL_UPDATE", channel.guild_id, channel_payload(channel), Intents.GUILDS)
        case ChannelGone(channel):
            yield same_for_all("CHANNEL_DELETE", channel.guild_id, channel_payload(channel), Intents.GUILDS)
        case ThreadAdded(thread, opened) if _sees_thread(world, thread):
            payload = channel_payload(thread, for_user=world.bot.id)
            if opened:
                payload["newly_created"] = True
            yield same_for_all("THREAD_CREATE", thread.guild_id, payload, Intents.GUILDS)
        case ThreadChanged(thread) if _sees_thread(world, thread):
            payload = channel_payload(thread, for_user=world.bot.id)
            yield same_for_all("THREAD_UPDATE", thread.guild_id, payload, Intents.GUILDS)
        case ThreadGone(thread):
            gone = {key: channel_payload(thread)[key] for key in ("id", "guild_id", "parent_id", "type")}
            yield same_for_all("THREAD_DELETE", thread.guild_id, gone, Intents.GUILDS)
        case ThreadMembersChanged(thread, joined, left):
            yield _thread_members(world, thread, joined, left)
        case _:
            return


def _of_scheduled_events(change: Change) -> Iterator[Event]:
    names = {
        EventAdded: "GUILD_SCHEDULED_EVENT_CREATE",
        EventChanged: "GUILD_SCHEDULED_EVENT_UPDATE",
        EventGone: "GUILD_SCHEDULED_EVENT_DELETE",
    }
    match change:
        case EventAdded(event) | EventChanged(event) | EventGone(event):
            name = names[type(change)]
            yield same_for_all(name, event.guild_id, event_payload(event), Intents.GUILD_SCHEDULED_EVENTS)
        case InterestChanged(event, user, interested):
            name = f"GUILD_SCHEDULED_EVENT_USER_{'ADD' if interested else 'REMOVE'}"
            payload = {
                "guild_scheduled_event_id": str(event.id),
                "user_id": str(user.id),
                "guild_id": str(event.guild_id),
            }
            yield same_for_all(name, event.guild_id, payload, Intents.GUILD_SCHEDULED_EVENTS)
        case _:
            return


def _member_event(world: World, member: Member, *, joined: bool) -> Event:
    payload = member_payload(member) | {"guild_id": str(member.guild_id)}
    itself = member.user is world.bot and not joined
    name = "GUILD_MEMBER_ADD" if joined else "GUILD_MEMBER_UPDATE"
    return same_for_all(name, member.guild_id, payload, NO_INTENTS if itself else Intents.GUILD_MEMBERS)


def _thread_members(world: World, thread: Channel, joined: tuple[int, ...], left: tuple[int, ...]) -> Event:
    added = []
    for user_id in joined:
        member = world.member(thread.guild_id, user_id)
        described = thread_member_payload(thread, user_id)
        added.append(described if member is None else described | {"member": member_payload(member)})
    payload = {
        "id": str(thread.id),
        "guild_id": str(thread.guild_id),
        "member_count": channel_payload(thread)["member_count"],
        "added_members": added,
        "removed_member_ids": [str(user_id) for user_id in left],
    }
    concerns_bot = world.bot.id in (*joined, *left)  # without the members intent a bot hears of itself only
    intents = Intents.GUILDS | Intents.GUILD_MEMBERS if concerns_bot else Intents.GUILD_MEMBERS
    return same_for_all("THREAD_MEMBERS_UPDATE", thread.guild_id, payload, intents)


def _bots_permissions(world: World, guild_id: int) -> Permissions:
    guild, member = world.guilds.get(guild_id), world.member(guild_id, world.bot.id)
    return Permissions(0) if guild is None or member is None else guild.permissions_of(member)


def _sees_thread(world: World, thread: Channel) -> bool:
    return Permissions.VIEW_CHANNEL in world.permissions_in(thread, world.bot)
