"""The life of an interaction: begun by a person, acknowledged in time or not, answered."""

import asyncio
import base64
import secrets
from typing import Any

from botcore_sandbox.state.changes import InteractionCreated, InteractionMoved
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.interactions import (
    ACKNOWLEDGE_WITHIN,
    CallbackType,
    Interaction,
    InteractionType,
)
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


def begin(
    world: World,
    type: InteractionType,
    user: User,
    channel: Channel,
    data: dict[str, Any],
    *,
    message: Message | None = None,
    opened_by: Interaction | None = None,
) -> Interaction:
    """Start an interaction, tell the bot, and give it three seconds of real time to acknowledge."""
    loop = asyncio.get_running_loop()
    interaction_id = world.snowflakes.next()
    interaction = Interaction(
        id=interaction_id,
        type=type,
        token=_new_token(interaction_id),
        user=user,
        channel=channel,
        guild=world.guild_of(channel),
        data=data,
        issued_at=world.now(),
        started=loop.time(),
        locale=user.locale,
        message=message,
        opened_by=opened_by,
    )
    interaction.deadline = loop.call_later(ACKNOWLEDGE_WITHIN, _fail, world, interaction)
    for forgotten in world.interactions.add(interaction, world.now()):
        _forget(world, forgotten)
    world.changes.publish(InteractionCreated(interaction))
    return interaction


def acknowledge(world: World, interaction: Interaction, ack_type: CallbackType) -> None:
    """Note the bot's first answer; publish it with `moved` once its message is there."""
    if interaction.deadline is not None:
        interaction.deadline.cancel()
        interaction.deadline = None
    interaction.ack_type = ack_type
    interaction.acknowledged = asyncio.get_running_loop().time()
    interaction.updated = ack_type is CallbackType.UPDATE_MESSAGE


def moved(world: World, interaction: Interaction) -> None:
    """Tell whoever waits that an interaction got further."""
    world.changes.publish(InteractionMoved(interaction))


def _fail(world: World, interaction: Interaction) -> None:
    interaction.failed = True
    interaction.deadline = None
    world.changes.publish(InteractionMoved(interaction))


def _forget(world: World, interaction: Interaction) -> None:
    """Ephemeral messages live no longer than the token that can reach them."""
    if interaction.deadline is not None:
        interaction.deadline.cancel()
    for message in (interaction.original, *interaction.followups):
        if message is not None and message.ephemeral:
            world.channels[message.channel_id].messages.pop(message.id, None)
            for attachment in message.attachments:
                world.files.remove(attachment.id)


def _new_token(interaction_id: int) -> str:
    secret = f"interaction:{interaction_id}:{secrets.token_urlsafe(48)}"
    return base64.urlsafe_b64encode(secret.encode()).decode().rstrip("=")
