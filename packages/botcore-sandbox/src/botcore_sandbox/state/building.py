"""Changing the channels of a guild and their webhooks."""

import secrets
from collections.abc import Mapping
from typing import Any

from botcore_sandbox.state import posting
from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.guild_changes import ChannelAdded, ChannelChanged, ChannelGone, WebhooksChanged
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.permissions import Overwrite
from botcore_sandbox.state.webhooks import Webhook
from botcore_sandbox.state.world import World


def create_channel(world: World, guild: Guild, name: str, type: ChannelType, fields: Mapping[str, Any]) -> Channel:
    """A new channel, at the end of the list unless `fields` say otherwise."""
    channel = Channel(world.snowflakes.next(), type, name, guild_id=guild.id, position=len(guild.channels))
    for key, value in fields.items():
        setattr(channel, key, value)
    guild.channels[channel.id] = world.channels[channel.id] = channel
    world.changes.publish(ChannelAdded(channel))
    return channel


def change_channel(world: World, channel: Channel, fields: Mapping[str, Any]) -> None:
    """Set fields of a channel."""
    for key, value in fields.items():
        setattr(channel, key, value)
    world.changes.publish(ChannelChanged(channel))


def delete_channel(world: World, guild: Guild, channel: Channel) -> None:
    """Take a channel away with its threads, messages and webhooks; what stood in a category stays without one."""
    for thread in [thread for thread in guild.threads.values() if thread.parent_id == channel.id]:
        del guild.threads[thread.id]
        _forget(world, thread)
    for webhook in [webhook for webhook in world.webhooks.values() if webhook.channel_id == channel.id]:
        del world.webhooks[webhook.id]
    del guild.channels[channel.id]
    _forget(world, channel)
    world.changes.publish(ChannelGone(channel))
    for child in guild.channels.values():
        if child.parent_id == channel.id:
            change_channel(world, child, {"parent_id": None})


def forget_thread(world: World, guild: Guild, thread: Channel) -> None:
    """Take a thread away with its messages; who does so tells of it."""
    guild.threads.pop(thread.id, None)
    _forget(world, thread)


def set_overwrite(world: World, channel: Channel, overwrite: Overwrite) -> None:
    """Make an exception for a role or member, in the place of an earlier one."""
    others = [other for other in channel.overwrites if other.id != overwrite.id]
    change_channel(world, channel, {"overwrites": [*others, overwrite]})


def drop_overwrite(world: World, channel: Channel, target_id: int) -> None:
    """Take an exception back."""
    change_channel(world, channel, {"overwrites": [other for other in channel.overwrites if other.id != target_id]})


def create_webhook(world: World, channel: Channel, name: str) -> Webhook:
    """A new webhook of the bot's."""
    webhook = Webhook(
        world.snowflakes.next(),
        channel.guild_id or 0,
        channel.id,
        name,
        secrets.token_urlsafe(51),
        world.bot,
        world.application.id,
    )
    world.webhooks[webhook.id] = webhook
    world.changes.publish(WebhooksChanged(webhook.guild_id, channel.id))
    return webhook


def change_webhook(world: World, webhook: Webhook, *, name: str | None, channel_id: int | None) -> None:
    """Rename a webhook or move it."""
    before = webhook.channel_id
    webhook.name = name or webhook.name
    webhook.channel_id = channel_id or webhook.channel_id
    for changed in dict.fromkeys((before, webhook.channel_id)):
        world.changes.publish(WebhooksChanged(webhook.guild_id, changed))


def delete_webhook(world: World, webhook: Webhook) -> None:
    """Make a webhook's secret worthless."""
    del world.webhooks[webhook.id]
    world.changes.publish(WebhooksChanged(webhook.guild_id, webhook.channel_id))


def _forget(world: World, channel: Channel) -> None:
    world.channels.pop(channel.id, None)
    posting.forget_all(world, channel)
