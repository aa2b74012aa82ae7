"""Guilds with their roles and members, and what a member may do there."""

from dataclasses import dataclass, field
from datetime import datetime

from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.permissions import (
    NO_PERMISSIONS,
    Permissions,
    base_permissions,
    channel_permissions,
)
from botcore_sandbox.state.users import User


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


@dataclass(slots=True)
class Member:
    """A user inside one guild; `role_ids` does not list @everyone."""

    user: User
    guild_id: int
    joined_at: datetime
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: datetime | None = None

    @property
    def display_name(self) -> str:
        """What people of this guild read."""
        return self.nick or self.user.display_name


@dataclass(slots=True)
class Guild:
    """A server, as people call it."""

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    @property
    def everyone(self) -> Role:
        """The role that every member has."""
        return self.roles[self.id]

    def role_named(self, name: str) -> Role | None:
        """The first role of that name."""
        return next((role for role in self.roles.values() if role.name == name), None)

    def permissions_of(self, member: Member) -> Permissions:
        """What a member may do in the guild as a whole."""
        held = [self.everyone, *(self.roles[role_id] for role_id in member.role_ids if role_id in self.roles)]
        return base_permissions(
            (role.permissions for role in held),
            owner=member.user.id == self.owner_id,
        )

    def permissions_in(self, channel: Channel, member: Member, now: datetime) -> Permissions:
        """What a member may do in one channel at an instant (a timeout takes most of it away)."""
        return channel_permissions(
            self.permissions_of(member),
            channel.overwrites,
            everyone_id=self.id,
            role_ids=member.role_ids,
            member_id=member.user.id,
            timed_out=member.timed_out_until is not None and member.timed_out_until > now,
        )
