"""Turns what happens in the sandbox into what one tab is told of it."""

from collections.abc import Iterator
from typing import Any

from botcore_sandbox.page.views import message_view, modal_view
from botcore_sandbox.state.changes import (
    Change,
    ClockMoved,
    CommandsWritten,
    ConnectionsChanged,
    InteractionCreated,
    InteractionMoved,
)
from botcore_sandbox.state.interactions import CallbackType, Interaction, InteractionType
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
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World

WORLD_CHANGED: dict[str, Any] = {"event": "world"}
"""Stands for a whole new view of the world, which is made once however much changed."""


def events_for(world: World, user: User, change: Change) -> Iterator[dict[str, Any]]:
    """What somebody's tab is told of a change; nothing of what they do not see."""
    match change:
        case InteractionMoved(interaction):
            if interaction.user is user:
                yield from _moved(interaction)
        case InteractionCreated() | PinsChanged():
            return
        case CommandsWritten():
            yield {"event": "commands"}
        case ConnectionsChanged():
            yield {"event": "connections"}
        case ClockMoved():
            yield from _later(world, user)
        case TypingStarted(channel, typing):
            if typing is not user and Permissions.VIEW_CHANNEL in world.permissions_in(channel, user):
                yield {"event": "typing", "channel": str(channel.id), "user": str(typing.id)}
        case MessageDeleted(message):
            yield from _gone(user, message)
        case MessagesDeleted(_, messages):
            for message in messages:
                yield from _gone(user, message)
        case _:
            yield from _message_or_world(world, user, change)


def _message_or_world(world: World, user: User, change: Change) -> Iterator[dict[str, Any]]:
    match change:
        case (
            MessageCreated(message)
            | MessageEdited(message)
            | ReactionAdded(message)
            | ReactionTaken(message)
            | ReactionsCleared(message)
            | VoteChanged(message)
        ):
            if world.sees(user, message):
                yield {"event": "message", "message": message_view(world, message, user)}
        case _:
            yield WORLD_CHANGED


def _later(world: World, user: User) -> Iterator[dict[str, Any]]:
    """What is different when it is later: the time, timeouts of members that are over, and polls that have ended."""
    yield {"event": "clock"}
    yield WORLD_CHANGED
    for channel in world.channels.values():
        for message in channel.messages.values():
            if message.poll is not None and world.sees(user, message):
                yield {"event": "message", "message": message_view(world, message, user)}


def _gone(user: User, message: Message) -> Iterator[dict[str, Any]]:
    if message.visible_to is None or message.visible_to == user.id:
        yield {"event": "gone", "message": str(message.id), "channel": str(message.channel_id)}


def _moved(interaction: Interaction) -> Iterator[dict[str, Any]]:
    if interaction.failed and interaction.type is not InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE:
        yield {
            "event": "failed",
            "interaction": str(interaction.id),
            "channel": str(interaction.channel.id),
            "message": str(interaction.message.id) if interaction.message is not None else None,
            "custom_id": interaction.data.get("custom_id"),
        }
    elif interaction.ack_type is CallbackType.MODAL:
        yield modal_view(interaction)
