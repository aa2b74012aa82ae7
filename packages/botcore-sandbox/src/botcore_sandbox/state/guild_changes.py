"""What can happen to a guild: to its roles, channels, threads, members, events and webhooks."""

from dataclasses import dataclass

from botcore_sandbox.state.audit import AuditEntry
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Guild, Member, Role
from botcore_sandbox.state.scheduled_events import ScheduledEvent
from botcore_sandbox.state.users import User


@dataclass(frozen=True, slots=True)
class _OfGuild:
    """Something happened to a guild."""

    guild: Guild


class GuildJoined(_OfGuild):
    """The bot came into a guild."""


class GuildChanged(_OfGuild):
    """A guild has another name or setting."""


@dataclass(frozen=True, slots=True)
class MemberChanged:
    """A member joined, got other roles, or looks different."""

    member: Member
    joined: bool


@dataclass(frozen=True, slots=True)
class MemberGone:
    """Somebody left a guild, or had to."""

    guild_id: int
    user: User


@dataclass(frozen=True, slots=True)
class BanChanged:
    """Somebody was banned, or may come back."""

    guild_id: int
    user: User
    banned: bool


@dataclass(frozen=True, slots=True)
class _OfRole:
    """Something happened to a role."""

    role: Role


class RoleAdded(_OfRole):
    """A guild has a new role."""


class RoleChanged(_OfRole):
    """A role is different now, or stands elsewhere."""


class RoleGone(_OfRole):
    """A role was deleted."""


@dataclass(frozen=True, slots=True)
class _OfChannel:
    """Something happened to a channel."""

    channel: Channel


class ChannelAdded(_OfChannel):
    """A guild has a new channel."""


class ChannelChanged(_OfChannel):
    """A channel is different now, or stands elsewhere."""


class ChannelGone(_OfChannel):
    """A channel was deleted."""


@dataclass(frozen=True, slots=True)
class ThreadAdded:
    """A thread was opened, or the bot came into one; `opened` tells which."""

    thread: Channel
    opened: bool


@dataclass(frozen=True, slots=True)
class _OfThread:
    """Something happened to a thread."""

    thread: Channel


class ThreadChanged(_OfThread):
    """A thread is different now, archived for example."""


class ThreadGone(_OfThread):
    """A thread was deleted."""


@dataclass(frozen=True, slots=True)
class ThreadMembersChanged:
    """Somebody joined or left a thread."""

    thread: Channel
    joined: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _OfEvent:
    """Something happened to a scheduled event."""

    event: ScheduledEvent


class EventAdded(_OfEvent):
    """Something was scheduled."""


class EventChanged(_OfEvent):
    """A scheduled event was changed, started, ended or cancelled."""


class EventGone(_OfEvent):
    """A scheduled event was deleted."""


@dataclass(frozen=True, slots=True)
class InterestChanged:
    """Somebody is interested in an event, or no longer."""

    event: ScheduledEvent
    user: User
    interested: bool


@dataclass(frozen=True, slots=True)
class WebhooksChanged:
    """A channel has other webhooks."""

    guild_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class AuditEntryAdded:
    """Something was logged."""

    entry: AuditEntry


type GuildChange = (
    GuildJoined
    | GuildChanged
    | MemberChanged
    | MemberGone
    | BanChanged
    | RoleAdded
    | RoleChanged
    | RoleGone
    | ChannelAdded
    | ChannelChanged
    | ChannelGone
    | ThreadAdded
    | ThreadChanged
    | ThreadGone
    | ThreadMembersChanged
    | EventAdded
    | EventChanged
    | EventGone
    | InterestChanged
    | WebhooksChanged
    | AuditEntryAdded
)
