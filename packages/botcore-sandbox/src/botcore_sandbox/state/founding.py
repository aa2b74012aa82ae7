"""Making guilds, channels, roles, members and direct messages."""

from collections.abc import Iterable

from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.guild_changes import ChannelAdded, GuildJoined, MemberChanged, RoleAdded
from botcore_sandbox.state.guilds import Guild, Member, Role
from botcore_sandbox.state.permissions import (
    EVERYONE_DEFAULT,
    NO_PERMISSIONS,
    Overwrite,
    Permissions,
)
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


def add_user(world: World, username: str, *, global_name: str | None = None, locale: str = "en-US") -> User:
    """A new account that is in no guild yet."""
    user = User(world.snowflakes.next(), username, global_name, locale=locale)
    world.users[user.id] = user
    return user


def add_guild(world: World, name: str, owner: User, *, bot_permissions: Permissions) -> Guild:
    """A new guild with #general, its owner, and the bot with a managed role, as after an invite."""
    guild = Guild(world.snowflakes.next(), name, owner.id)
    guild.roles[guild.id] = Role(guild.id, guild.id, "@everyone", EVERYONE_DEFAULT)
    world.guilds[guild.id] = guild
    _join(world, guild, owner)
    bot = _join(world, guild, world.bot)
    role = Role(
        world.snowflakes.next(),
        guild.id,
        world.bot.display_name,
        bot_permissions,
        position=1,
        managed=True,
        bot_id=world.bot.id,
    )
    guild.roles[role.id] = role
    bot.role_ids.append(role.id)
    _open_channel(world, guild, "general", topic=None, overwrites=())
    world.changes.publish(GuildJoined(guild))
    return guild


def add_member(world: World, guild: Guild, user: User) -> Member:
    """Let a user into a guild; who is in already stays as they are."""
    existing = guild.members.get(user.id)
    if existing is not None:
        return existing
    member = _join(world, guild, user)
    world.changes.publish(MemberChanged(member, joined=True))
    return member


def add_role(
    world: World,
    guild: Guild,
    name: str,
    permissions: Permissions = NO_PERMISSIONS,
    *,
    mentionable: bool = False,
) -> Role:
    """A new role above the existing ones."""
    role = Role(
        world.snowflakes.next(),
        guild.id,
        name,
        permissions,
        position=len(guild.roles),
        mentionable=mentionable,
    )
    guild.roles[role.id] = role
    world.changes.publish(RoleAdded(role))
    return role


def give_role(world: World, guild: Guild, member: Member, role: Role) -> None:
    """Give a member a role that they may already have."""
    if role.id not in guild.roles:
        raise ValueError(f"The role {role.name!r} belongs to another guild than {guild.name!r}.")
    if role.id not in member.role_ids:
        member.role_ids.append(role.id)
        world.changes.publish(MemberChanged(member, joined=False))


def add_channel(
    world: World, guild: Guild, name: str, *, topic: str | None = None, overwrites: Iterable[Overwrite] = ()
) -> Channel:
    """A new text channel at the end of the list."""
    channel = _open_channel(world, guild, name, topic=topic, overwrites=overwrites)
    world.changes.publish(ChannelAdded(channel))
    return channel


def open_dm(world: World, user: User) -> Channel:
    """The conversation between the bot and a user; always the same one."""
    existing = world.dms.get(user.id)
    if existing is not None:
        return existing
    channel = Channel(world.snowflakes.next(), ChannelType.DM, f"dm-{user.username}", recipients=[user, world.bot])
    world.dms[user.id] = world.channels[channel.id] = channel
    return channel


def _join(world: World, guild: Guild, user: User) -> Member:
    member = Member(user, guild.id, joined_at=world.now())
    guild.members[user.id] = member
    return member


def _open_channel(
    world: World, guild: Guild, name: str, *, topic: str | None, overwrites: Iterable[Overwrite]
) -> Channel:
    channel = Channel(
        world.snowflakes.next(),
        ChannelType.TEXT,
        name,
        guild_id=guild.id,
        position=len(guild.channels),
        topic=topic,
        overwrites=list(overwrites),
    )
    guild.channels[channel.id] = world.channels[channel.id] = channel
    return channel
