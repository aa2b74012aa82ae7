"""What a tab is told: guilds, people, messages and commands as one member sees them."""

from typing import Any

from botcore_sandbox.driver import listing
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.payloads.commands import command_payload
from botcore_sandbox.payloads.guilds import role_payload
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.state.channels import WRITABLE_TYPES, Channel
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.interactions import Interaction
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World

_SHOWN_AT_ONCE = 100


def world_view(world: World, user: User) -> dict[str, Any]:
    """Everything but messages and commands, as a member sees it."""
    guilds = [guild for guild in world.guilds.values() if user.id in guild.members]
    return {
        "event": "world",
        "me": user_view(user),
        "bot": user_view(world.bot),
        "application_owner": str(world.application.owner.id),
        "people": [user_view(person) for person in world.users.values()],
        "guilds": [_guild_view(world, guild, user) for guild in guilds],
        "dm": None if (dm := world.dms.get(user.id)) is None else str(dm.id),
        "cdn": world.cdn_url,
    }


def user_view(user: User) -> dict[str, Any]:
    """An account."""
    return {
        "id": str(user.id),
        "username": user.username,
        "display": user.display_name,
        "bot": user.bot,
        "locale": user.locale,
    }


def history(world: World, user: User, channel: Channel, *, before: int | None = None) -> list[dict[str, Any]]:
    """The newest messages that somebody sees in a channel, or those before one of them; oldest first."""
    seen = [
        message
        for message in channel.messages.values()
        if (before is None or message.id < before) and world.sees(user, message)
    ]
    return [message_view(world, message, user) for message in seen[-_SHOWN_AT_ONCE:]]


def message_view(world: World, message: Message, user: User) -> dict[str, Any]:
    """A message as somebody sees it, with what a client shows around it: who used which command to get it."""
    payload = message_payload(world, message) | {"private": message.ephemeral, "loading": message.loading}
    payload["reactions"] = [
        {"name": emoji.name, "custom": emoji.id is not None, "count": len(users), "mine": user.id in users}
        for emoji, users in message.reactions.items()
    ]
    if message.poll is not None:
        payload["poll"]["mine"] = [number for number, users in message.poll.votes.items() if user.id in users]
    if message.interaction_metadata is not None and "name" in message.interaction_metadata:
        payload["used"] = {
            "name": message.interaction_metadata["name"],
            "user": str(message.interaction_metadata["user"].id),
        }
    return payload


def commands_view(world: World, user: User, channel: Channel) -> list[dict[str, Any]]:
    """The commands of a place; `hidden` says why the client does not list one for this person, else it is null."""
    return [
        command_payload(command, with_localizations=True)
        | {"hidden": listing.why_hidden(world, user, channel, command)}
        for command in world.commands.offered_in(channel.guild_id)
    ]


def modal_view(interaction: Interaction) -> dict[str, Any]:
    """A form that a bot opened."""
    return {
        "event": "modal",
        "interaction": str(interaction.id),
        "channel": str(interaction.channel.id),
        "modal": interaction.modal,
    }


def _guild_view(world: World, guild: Guild, user: User) -> dict[str, Any]:
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner": str(guild.owner_id),
        "roles": [role_payload(role) for role in sorted(guild.roles.values(), key=lambda role: -role.position)],
        "members": [_member_view(guild, member) for member in guild.members.values()],
        "channels": [
            view
            for channel in _in_order(guild)
            if channel.type in WRITABLE_TYPES and (view := _channel_view(world, channel, user)) is not None
        ],
    }


def _in_order(guild: Guild) -> list[Channel]:
    """The channels as a client lists them, each with its open threads after it."""
    listed = []
    for channel in sorted(guild.channels.values(), key=lambda channel: (channel.position, channel.id)):
        listed.append(channel)
        listed += [
            thread
            for thread in guild.threads.values()
            if thread.parent_id == channel.id and thread.thread is not None and not thread.thread.archived
        ]
    return listed


def _member_view(guild: Guild, member: Member) -> dict[str, Any]:
    held = sorted(
        (guild.roles[held] for held in member.role_ids if held in guild.roles), key=lambda role: -role.position
    )
    return {
        "id": str(member.user.id),
        "display": member.display_name,
        "roles": [str(role.id) for role in held],
        "color": next((role.color for role in held if role.color), 0),
        "hoisted": next((str(role.id) for role in held if role.hoist), None),
    }


def _channel_view(world: World, channel: Channel, user: User) -> dict[str, Any] | None:
    """A channel, or None for somebody who may not see it."""
    held = world.permissions_in(channel, user)
    if Permissions.VIEW_CHANNEL not in held:
        return None
    for_all = channel.overwrite_of(channel.guild_id or 0)
    writing = Permissions.SEND_MESSAGES if channel.thread is None else Permissions.SEND_MESSAGES_IN_THREADS
    return channel_payload(channel) | {
        "thread": channel.thread is not None,
        "may_write": writing in held,
        "may_react": Permissions.ADD_REACTIONS in held,
        "may_attach": Permissions.ATTACH_FILES in held,
        "may_manage": Permissions.MANAGE_MESSAGES in held,
        "locked": for_all is not None and Permissions.VIEW_CHANNEL in for_all.deny,
    }
