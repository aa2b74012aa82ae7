"""Changing roles, members, bans and the guild itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from botcore_sandbox.state.guild_changes import (
    BanChanged,
    GuildChanged,
    MemberChanged,
    MemberGone,
    RoleAdded,
    RoleChanged,
    RoleGone,
)
from botcore_sandbox.state.guilds import Ban, Guild, Member, Role
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


def change_guild(world: World, guild: Guild, *, name: str | None, settings: Mapping[str, Any]) -> None:
    """Rename a guild or set what only travels through."""
    if name is not None:
        guild.name = name
    guild.settings.update(settings)
    guild.locale = guild.settings.get("preferred_locale", guild.locale)
    world.changes.publish(GuildChanged(guild))


def create_role(world: World, guild: Guild, name: str, permissions: Permissions, looks: Mapping[str, Any]) -> Role:
    """A new role at the bottom, right above @everyone; `looks` are further fields of it."""
    role = Role(world.snowflakes.next(), guild.id, name, permissions, position=1, **looks)
    guild.roles[role.id] = role
    world.changes.publish(RoleAdded(role))
    return role


def change_role(world: World, role: Role, fields: Mapping[str, Any]) -> None:
    """Set fields of a role."""
    for name, value in fields.items():
        setattr(role, name, value)
    world.changes.publish(RoleChanged(role))


def delete_role(world: World, guild: Guild, role: Role) -> None:
    """Take a role away from everybody and everywhere."""
    del guild.roles[role.id]
    for member in guild.members.values():
        if role.id in member.role_ids:
            member.role_ids.remove(role.id)
            world.changes.publish(MemberChanged(member, joined=False))
    for channel in guild.channels.values():
        channel.overwrites = [overwrite for overwrite in channel.overwrites if overwrite.id != role.id]
    world.changes.publish(RoleGone(role))


def move_roles(world: World, guild: Guild, positions: Mapping[int, int]) -> None:
    """Put roles at positions, by their ids; those that really move are told of."""
    for role_id, position in positions.items():
        role = guild.roles[role_id]
        if role.position != position:
            role.position = position
            world.changes.publish(RoleChanged(role))


def set_member(
    world: World,
    member: Member,
    *,
    fields: Mapping[str, Any],
    role_ids: Iterable[int] | None = None,
) -> None:
    """Set fields of a member (`nick`, `deaf`, `mute`, `timed_out_until`), and all roles at once."""
    for name, value in fields.items():
        setattr(member, name, value)
    if role_ids is not None:
        member.role_ids = list(dict.fromkeys(role_ids))
    world.changes.publish(MemberChanged(member, joined=False))


def take_role(world: World, member: Member, role: Role) -> None:
    """Take a role from a member who may not have it."""
    if role.id in member.role_ids:
        member.role_ids.remove(role.id)
        world.changes.publish(MemberChanged(member, joined=False))


def remove_member(world: World, guild: Guild, user: User) -> None:
    """Put somebody out of a guild and its threads."""
    if guild.members.pop(user.id, None) is None:
        return
    for thread in guild.threads.values():
        if thread.thread is not None:
            thread.thread.members.pop(user.id, None)
    world.changes.publish(MemberGone(guild.id, user))


def ban(world: World, guild: Guild, user: User, reason: str | None) -> None:
    """Put somebody out for good."""
    remove_member(world, guild, user)
    guild.bans[user.id] = Ban(user, reason)
    world.changes.publish(BanChanged(guild.id, user, banned=True))


def unban(world: World, guild: Guild, user: User) -> None:
    """Let somebody come back."""
    del guild.bans[user.id]
    world.changes.publish(BanChanged(guild.id, user, banned=False))


def timed_out(member: Member, now: datetime) -> bool:
    """Whether a member is in a timeout."""
    return member.timed_out_until is not None and member.timed_out_until > now
