"""Guilds with their roles and members, and what a member may do there."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botcore_sandbox.state.audit import AuditEntry
from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.permissions import (
    NO_PERMISSIONS,
    Permissions,
    base_permissions,
    channel_permissions,
)
from botcore_sandbox.state.scheduled_events import ScheduledEvent
from botcore_sandbox.state.users import User

AUDIT_ENTRIES_KEPT = 1_000


@dataclass(slots=True)
class Role:
    """A role of a guild; the one whose id is the guild's own is @everyone."""

    id: int
    guild_id: int
    name: str
    permissions: Permissions = NO_PERMISSIONS
    position: int = 0
    color: int = 0
    hoist: bool = False
    mentionable: bool = False
    managed: bool = False
    bot_id: int | None = None
    secondary_color: int | None = None
    tertiary_color: int | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """What hierarchy is decided by: the position, and among equals the older role."""
        return (self.position, -self.id)


@dataclass(slots=True)
class Member:
    """A user inside one guild; `role_ids` does not list @everyone."""

    user: User
    guild_id: int
    joined_at: datetime
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: datetime | None = None
    deaf: bool = False
    mute: bool = False

    @property
    def display_name(self) -> str:
        """What people of this guild read."""
        return self.nick or self.user.display_name


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody who may not come back."""

    user: User
    reason: str | None


@dataclass(slots=True)
class Guild:
    """A server, as people call it; `settings` holds what was set of the plain fields that only travel through."""

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    """Threads are apart, as everywhere on Discord."""
    threads: dict[int, Channel] = field(default_factory=dict)
    bans: dict[int, Ban] = field(default_factory=dict)
    scheduled_events: dict[int, ScheduledEvent] = field(default_factory=dict)
    audit_log: deque[AuditEntry] = field(default_factory=lambda: deque(maxlen=AUDIT_ENTRIES_KEPT))
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def everyone(self) -> Role:
        """The role that every member has."""
        return self.roles[self.id]

    def role_named(self, name: str) -> Role | None:
        """The first role of that name."""
        return next((role for role in self.roles.values() if role.name == name), None)

    def top_role(self, member: Member) -> Role:
        """The highest role of a member, @everyone for those who have none."""
        held = (self.roles[role_id] for role_id in member.role_ids if role_id in self.roles)
        return max(held, key=lambda role: role.rank, default=self.everyone)

    def outranks(self, member: Member, other: Member) -> bool:
        """Whether a member stands above another in the hierarchy; nobody stands above the owner."""
        if other.user.id == self.owner_id or member is other:
            return False
        return member.user.id == self.owner_id or self.top_role(member).rank > self.top_role(other).rank

    def is_above(self, member: Member, role: Role) -> bool:
        """Whether a member stands above a role and so may change or give it."""
        return member.user.id == self.owner_id or self.top_role(member).rank > role.rank

    def permissions_of(self, member: Member) -> Permissions:
        """What a member may do in the guild as a whole."""
        held = [self.everyone, *(self.roles[role_id] for role_id in member.role_ids if role_id in self.roles)]
        return base_permissions(
            (role.permissions for role in held),
            owner=member.user.id == self.owner_id,
        )

    def permissions_in(self, channel: Channel, member: Member, now: datetime) -> Permissions:
        """What a member may do in one channel at an instant (a timeout takes most of it away).

        A thread has the overwrites of its channel, and a private one is closed to those who are not in it.
        """
        thread = channel.thread
        place = channel if thread is None else self.channels[channel.parent_id or 0]
        held = channel_permissions(
            self.permissions_of(member),
            place.overwrites,
            sending=Permissions.SEND_MESSAGES if thread is None else Permissions.SEND_MESSAGES_IN_THREADS,
            everyone_id=self.id,
            role_ids=member.role_ids,
            member_id=member.user.id,
            timed_out=member.timed_out_until is not None and member.timed_out_until > now,
        )
        is_private = channel.type is ChannelType.PRIVATE_THREAD
        if thread is not None and is_private and member.user.id not in thread.members:
            return held if Permissions.MANAGE_THREADS in held else NO_PERMISSIONS
        return held
