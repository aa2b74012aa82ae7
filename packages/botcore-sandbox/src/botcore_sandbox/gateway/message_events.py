"""Events of messages: what is written, reacted to, voted on, pinned and typed."""

from collections.abc import Iterator
from typing import Any

from botcore_sandbox.gateway.event import Event, same_for_all
from botcore_sandbox.gateway.protocol import Intents
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.payloads import timestamp
from botcore_sandbox.payloads.guilds import member_payload
from botcore_sandbox.payloads.messages import message_event
from botcore_sandbox.payloads.reactions import emoji_payload
from botcore_sandbox.state.changes import Change
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.message_changes import (
    MessageCreated,
    MessageDeleted,
    MessageEdited,
    MessagesDeleted,
    PinsChanged,
    ReactionAdded,
    ReactionsCleared,
    ReactionTaken,
    TypingStarted,
    VoteChanged,
)
from botcore_sandbox.state.messages import Emoji, Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World

_CONTENT_FIELDS: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}


def events_of(world: World, change: Change) -> Iterator[Event]:
    """The events that a change of a message becomes; none in a channel that the bot may not view."""
    match change:
        case MessageCreated(message):
            yield from _message_event(world, "MESSAGE_CREATE", message)
        case MessageEdited(message):
            yield from _message_event(world, "MESSAGE_UPDATE", message)
        case MessageDeleted(message):
            yield from _told(world, message, "MESSAGE_DELETE", {"id": str(message.id)}, _WRITING)
        case MessagesDeleted(channel, messages) if _visible(world, channel):
            ids = {"ids": [str(message.id) for message in messages], "channel_id": str(channel.id)}
            yield same_for_all("MESSAGE_DELETE_BULK", channel.guild_id, ids | _guild(channel.guild_id), _WRITING[0])
        case ReactionAdded(message, emoji, user):
            yield from _told(
                world, message, "MESSAGE_REACTION_ADD", _reaction(world, message, emoji, user, added=True), _REACTING
            )
        case ReactionTaken(message, emoji, user):
            yield from _told(
                world,
                message,
                "MESSAGE_REACTION_REMOVE",
                _reaction(world, message, emoji, user, added=False),
                _REACTING,
            )
        case ReactionsCleared(message, None):
            yield from _told(world, message, "MESSAGE_REACTION_REMOVE_ALL", _at(message), _REACTING)
        case ReactionsCleared(message, Emoji() as emoji):
            one_kind = _at(message) | {"emoji": emoji_payload(emoji)}
            yield from _told(world, message, "MESSAGE_REACTION_REMOVE_EMOJI", one_kind, _REACTING)
        case VoteChanged(message, answer_id, user, voted):
            name = "MESSAGE_POLL_VOTE_ADD" if voted else "MESSAGE_POLL_VOTE_REMOVE"
            vote = _at(message) | {"user_id": str(user.id), "answer_id": answer_id}
            yield from _told(world, message, name, vote, _VOTING)
        case PinsChanged(channel) if _visible(world, channel):
            pins = {
                "channel_id": str(channel.id),
                "last_pin_timestamp": None if channel.last_pin_at is None else timestamp(channel.last_pin_at),
            }
            intents = Intents.DIRECT_MESSAGES if channel.guild_id is None else Intents.GUILDS
            yield same_for_all("CHANNEL_PINS_UPDATE", channel.guild_id, pins | _guild(channel.guild_id), intents)
        case TypingStarted(channel, user) if _visible(world, channel):
            yield _typing(world, channel, user)
        case _:
            return


type _Kinds = tuple[Intents, Intents]
"""The intent for guilds, and the one for direct messages."""

_WRITING: _Kinds = (Intents.GUILD_MESSAGES, Intents.DIRECT_MESSAGES)
_REACTING: _Kinds = (Intents.GUILD_MESSAGE_REACTIONS, Intents.DIRECT_MESSAGE_REACTIONS)
_VOTING: _Kinds = (Intents.GUILD_MESSAGE_POLLS, Intents.DIRECT_MESSAGE_POLLS)
_TYPING: _Kinds = (Intents.GUILD_MESSAGE_TYPING, Intents.DIRECT_MESSAGE_TYPING)


def _visible(world: World, channel: Channel | None) -> bool:
    return channel is not None and Permissions.VIEW_CHANNEL in world.permissions_in(channel, world.bot)


def _hidden(world: World, message: Message) -> bool:
    """Ephemeral messages, and channels that are gone or that the bot may not view, make no events."""
    return message.ephemeral or not _visible(world, world.channels.get(message.channel_id))


def _message_event(world: World, name: str, message: Message) -> Iterator[Event]:
    if _hidden(world, message):
        return
    payload = message_event(world, message)
    readable = (
        message.guild_id is None or message.author is world.bot or world.bot in message.mentions.users
    )  # the documented exceptions to the message content intent
    blank = {key: value for key, value in payload.items() if key != "poll"} | _CONTENT_FIELDS

    def data_for(session: Session) -> dict[str, Any]:
        return payload if readable or Intents.MESSAGE_CONTENT in session.intents else blank

    yield Event(name, message.guild_id, _WRITING[message.guild_id is None], data_for)


def _told(world: World, message: Message, name: str, payload: dict[str, Any], kinds: _Kinds) -> Iterator[Event]:
    if _hidden(world, message):
        return
    payload = {"channel_id": str(message.channel_id)} | payload | _guild(message.guild_id)
    yield same_for_all(name, message.guild_id, payload, kinds[message.guild_id is None])


def _guild(guild_id: int | None) -> dict[str, Any]:
    return {} if guild_id is None else {"guild_id": str(guild_id)}


def _at(message: Message) -> dict[str, Any]:
    return {"channel_id": str(message.channel_id), "message_id": str(message.id)}


def _reaction(world: World, message: Message, emoji: Emoji, user: User, *, added: bool) -> dict[str, Any]:
    payload = _at(message) | {
        "user_id": str(user.id),
        "emoji": emoji_payload(emoji),
        "burst": False,
        "type": 0,
    }
    if not added:
        return payload
    payload["message_author_id"] = str(message.author.id)
    member = world.member(message.guild_id, user.id)
    return payload if member is None else payload | {"member": member_payload(member)}


def _typing(world: World, channel: Channel, user: User) -> Event:
    payload: dict[str, Any] = {
        "channel_id": str(channel.id),
        "user_id": str(user.id),
        "timestamp": int(world.now().timestamp()),
    } | _guild(channel.guild_id)
    member = world.member(channel.guild_id, user.id)
    if member is not None:
        payload["member"] = member_payload(member)
    return same_for_all("TYPING_START", channel.guild_id, payload, _TYPING[channel.guild_id is None])
