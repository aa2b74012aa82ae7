"""Which gateway events a change of state becomes, and who may hear them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from botcore_sandbox.gateway.protocol import NO_INTENTS, Intents
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.payloads.guilds import guild_create_payload, member_payload, role_payload
from botcore_sandbox.payloads.interactions import interaction_payload
from botcore_sandbox.payloads.messages import message_event
from botcore_sandbox.state.changes import (
    Change,
    ChannelAdded,
    GuildJoined,
    InteractionCreated,
    MemberChanged,
    MessageCreated,
    MessageDeleted,
    MessageEdited,
    RoleAdded,
)
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.world import World

_CONTENT_FIELDS: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}


@dataclass(frozen=True, slots=True)
class Event:
    """An event on its way; a session needs one of its `intents` at least (none: it comes always)."""

    name: str
    guild_id: int | None
    intents: Intents
    data_for: Callable[[Session], dict[str, Any]]

    def concerns(self, session: Session) -> bool:
        """Whether a session gets it."""
        return session.serves(self.guild_id) and (not self.intents or bool(self.intents & session.intents))


def guild_create(world: World, guild: Guild) -> Event:
    """The event that brings a whole guild."""

    def data_for(session: Session) -> dict[str, Any]:
        with_members = Intents.GUILD_PRESENCES in session.intents
        return guild_create_payload(guild, world.bot, with_members=with_members)

    return Event("GUILD_CREATE", guild.id, Intents.GUILDS, data_for)


def events_of(world: World, change: Change) -> Iterator[Event]:
    """The events that a change becomes; most become one, some none."""
    match change:
        case InteractionCreated(interaction):
            payload = interaction_payload(world, interaction)
            guild_id = interaction.guild.id if interaction.guild is not None else None
            yield Event("INTERACTION_CREATE", guild_id, NO_INTENTS, lambda _: payload)
        case MessageCreated(message):
            yield from _message_event(world, "MESSAGE_CREATE", message)
        case MessageEdited(message):
            yield from _message_event(world, "MESSAGE_UPDATE", message)
        case MessageDeleted(message):
            yield from _message_deleted(world, message)
        case GuildJoined(guild):
            yield guild_create(world, guild)
        case MemberChanged(member, joined):
            yield _member_event(world, member, joined=joined)
        case RoleAdded(role):
            added = {"guild_id": str(role.guild_id), "role": role_payload(role)}
            yield Event("GUILD_ROLE_CREATE", role.guild_id, Intents.GUILDS, lambda _: added)
        case ChannelAdded(channel):
            opened = channel_payload(channel)
            yield Event("CHANNEL_CREATE", channel.guild_id, Intents.GUILDS, lambda _: opened)
        case _:
            return


def _message_intent(message: Message) -> Intents:
    return Intents.DIRECT_MESSAGES if message.guild_id is None else Intents.GUILD_MESSAGES


def _hidden_from_bot(world: World, message: Message) -> bool:
    """Ephemeral messages and channels that the bot may not view make no events."""
    channel = world.channels[message.channel_id]
    visible = Permissions.VIEW_CHANNEL in world.permissions_in(channel, world.bot)
    return message.ephemeral or not visible


def _message_event(world: World, name: str, message: Message) -> Iterator[Event]:
    if _hidden_from_bot(world, message):
        return
    payload = message_event(world, message)
    readable = (
        message.guild_id is None or message.author is world.bot or world.bot in message.mentions.users
    )  # the documented exceptions to the message content intent

    def data_for(session: Session) -> dict[str, Any]:
        if readable or Intents.MESSAGE_CONTENT in session.intents:
            return payload
        return payload | _CONTENT_FIELDS

    yield Event(name, message.guild_id, _message_intent(message), data_for)


def _message_deleted(world: World, message: Message) -> Iterator[Event]:
    if _hidden_from_bot(world, message):
        return
    payload = {"id": str(message.id), "channel_id": str(message.channel_id)}
    if message.guild_id is not None:
        payload["guild_id"] = str(message.guild_id)
    yield Event("MESSAGE_DELETE", message.guild_id, _message_intent(message), lambda _: payload)


def _member_event(world: World, member: Member, *, joined: bool) -> Event:
    payload = member_payload(member) | {"guild_id": str(member.guild_id)}
    itself = member.user is world.bot and not joined
    name = "GUILD_MEMBER_ADD" if joined else "GUILD_MEMBER_UPDATE"
    return Event(name, member.guild_id, NO_INTENTS if itself else Intents.GUILD_MEMBERS, lambda _: payload)
