"""What can happen to a guild: to its roles, channels, threads, members, events and webhooks."""

from dataclasses import dataclass

from botcore_sandbox.state.audit import AuditEntry
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Guild, Member, Role
from botcore_sandbox.state.scheduled_events import ScheduledEvent
from botcore_sandbox.state.users import User


@dataclass(frozen=True, slots=True)
class GuildJoined:
    """The bot came into a guild."""

    guild: Guild


@dataclass(frozen=True, slots=True)
class GuildChanged:
    """A guild has another name or setting."""

    guild: Guild


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
class RoleAdded:
    """A guild has a new role."""

    role: Role


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """A role is different now, or stands elsewhere."""

    role: Role


@dataclass(frozen=True, slots=True)
class RoleGone:
    """A role was deleted."""

    role: Role


@dataclass(frozen=True, slots=True)
class ChannelAdded:
    """A guild has a new channel."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """A channel is different now, or stands elsewhere."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class ChannelGone:
    """A channel was deleted."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class ThreadAdded:
    """A thread was opened, or the bot came into one; `opened` tells which."""

    thread: Channel
    opened: bool


@dataclass(frozen=True, slots=True)
class ThreadChanged:
    """A thread is different now, archived for example."""

    thread: Channel


@dataclass(frozen=True, slots=True)
class ThreadGone:
    """A thread was deleted."""

    thread: Channel


@dataclass(frozen=True, slots=True)
class ThreadMembersChanged:
    """Somebody joined or left a thread."""

    thread: Channel
    joined: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EventAdded:
    """Something was scheduled."""

    event: ScheduledEvent


@dataclass(frozen=True, slots=True)
class EventChanged:
    """A scheduled event was changed, started, ended or cancelled."""

    event: ScheduledEvent


@dataclass(frozen=True, slots=True)
class EventGone:
    """A scheduled event was deleted."""

    event: ScheduledEvent


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
