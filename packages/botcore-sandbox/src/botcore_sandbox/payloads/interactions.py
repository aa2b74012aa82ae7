"""Interactions as the gateway brings them, and what a callback answers."""

from typing import Any

from botcore_sandbox.payloads.channels import resolved_channel_payload
from botcore_sandbox.payloads.guilds import member_payload
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.interactions import CallbackType, Interaction, InteractionType
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.options import NESTING

ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024
"""Bytes per file for an app without boosts (developer documentation, "Uploading Files")."""

_MESSAGE_CALLBACKS = {
    CallbackType.CHANNEL_MESSAGE_WITH_SOURCE,
    CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE,
    CallbackType.UPDATE_MESSAGE,
}

_WITH_RESOURCE = {CallbackType.CHANNEL_MESSAGE_WITH_SOURCE, CallbackType.UPDATE_MESSAGE}
"""A deferred answer is told of, but not shown: its message has nothing in it yet."""


def interaction_payload(world: World, interaction: Interaction) -> dict[str, Any]:
    """The data of INTERACTION_CREATE (developer documentation, "Interaction Object")."""
    guild = interaction.guild
    payload: dict[str, Any] = {
        "id": str(interaction.id),
        "application_id": str(world.application.id),
        "type": int(interaction.type),
        "data": interaction.data,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(interaction.channel.id),
        "channel": resolved_channel_payload(
            interaction.channel, world.permissions_in(interaction.channel, interaction.user)
        ),
        "app_permissions": str(int(world.permissions_in(interaction.channel, world.bot))),
        "locale": interaction.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": integration_owners(interaction),
        "context": 0 if guild is not None else 1,
        "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
    }
    if guild is None:
        payload["user"] = user_payload(interaction.user)
    else:
        payload["guild_id"] = str(guild.id)
        payload["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
        payload["guild_locale"] = guild.locale
        payload["member"] = member_payload(guild.members[interaction.user.id]) | {
            "permissions": str(int(world.permissions_in(interaction.channel, interaction.user)))
        }
    message = interaction.component_message
    if message is not None:
        payload["message"] = message_payload(world, message)
    return payload


def integration_owners(interaction: Interaction) -> dict[str, str]:
    """Who installed the app: the guild, or for a direct message with the bot the placeholder "0"."""
    return {"0": str(interaction.guild.id) if interaction.guild is not None else "0"}


def command_name(data: dict[str, Any]) -> str:
    """The words of a command as they were typed, from the data of its interaction."""
    names = [str(data.get("name", ""))]
    options = data.get("options") or []
    while options and options[0].get("type") in NESTING:
        names.append(options[0]["name"])
        options = options[0].get("options") or []
    return " ".join(names)


def message_metadata(interaction: Interaction) -> dict[str, Any]:
    """What a message remembers of the interaction that made it; `payloads.messages` writes it out."""
    known: dict[str, Any] = {
        "id": interaction.id,
        "type": interaction.type,
        "user": interaction.user,
        "authorizing_integration_owners": integration_owners(interaction),
    }
    if interaction.type is InteractionType.APPLICATION_COMMAND:
        known["name"] = command_name(interaction.data)  # not on the wire any more; people still see it
    if interaction.message is not None:
        known["interacted_message_id"] = interaction.message.id
    if interaction.opened_by is not None:
        known["triggering"] = message_metadata(interaction.opened_by)
    return known


def callback_payload(world: World, interaction: Interaction, callback: CallbackType) -> dict[str, Any]:
    """What a callback answers with `with_response=true` (`InteractionCallbackResponse`).

    Suggestions, modals and a silent deferral create nothing, so they have no resource.
    """
    described: dict[str, Any] = {"id": str(interaction.id), "type": int(interaction.type)}
    payload: dict[str, Any] = {"interaction": described}
    message = interaction.original if callback in _MESSAGE_CALLBACKS else None
    if message is not None:
        described["response_message_id"] = str(message.id)
        described["response_message_loading"] = message.loading
        described["response_message_ephemeral"] = message.ephemeral
        if callback in _WITH_RESOURCE:
            payload["resource"] = {"type": int(callback), "message": message_payload(world, message)}
    return payload
