"""Webhooks of channels: making, changing and deleting them, by the bot or by whoever has their secret."""

import hmac

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.webhooks import webhook_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import building
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.webhooks import Webhook
from botcore_sandbox.validation.webhooks import read_webhook

MAX_IN_CHANNEL = 15
_NOWHERE = frozenset({ChannelType.CATEGORY})


async def list_of_channel(call: Call) -> Answer:
    """The webhooks of a channel."""
    _, channel = access.guild_channel(call, Permissions.MANAGE_WEBHOOKS)
    return Answer(200, [_payload(call, webhook) for webhook in _of(call, channel)])


async def list_of_guild(call: Call) -> Answer:
    """The webhooks of a guild."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.MANAGE_WEBHOOKS)
    webhooks = [webhook for webhook in call.world.webhooks.values() if webhook.guild_id == guild.id]
    return Answer(200, [_payload(call, webhook) for webhook in webhooks])


async def create_webhook(call: Call) -> Answer:
    """A new webhook of a channel."""
    guild, channel = access.guild_channel(call, Permissions.MANAGE_WEBHOOKS)
    if channel.thread is not None or channel.type in _NOWHERE:
        raise ApiError.known(50024)
    name, _ = read_webhook(access.json_object(call), new=True)
    if len(_of(call, channel)) >= MAX_IN_CHANNEL:
        raise ApiError.known(30007)
    webhook = building.create_webhook(call.world, channel, name or "")
    record(call, guild, AuditAction.WEBHOOK_CREATE, webhook.id, after=_payload(call, webhook))
    return Answer(200, _payload(call, webhook))


async def get_webhook(call: Call) -> Answer:
    """One webhook."""
    return Answer(200, _payload(call, _managed(call)))


async def get_by_token(call: Call) -> Answer:
    """One webhook, without its creator."""
    return Answer(200, webhook_payload(by_token(call), call.world.api_url, with_creator=False))


async def edit_webhook(call: Call) -> Answer:
    """Rename a webhook or move it to another channel."""
    webhook = _managed(call)
    name, channel_id = read_webhook(access.json_object(call), new=False)
    if channel_id is not None:
        target = call.world.channels.get(channel_id)
        if target is None or target.guild_id != webhook.guild_id or target.thread is not None:
            raise ApiError.known(10003)
        access.require_permissions(call, target, Permissions.MANAGE_WEBHOOKS)
    before = _payload(call, webhook)
    building.change_webhook(call.world, webhook, name=name, channel_id=channel_id)
    guild = call.world.guilds[webhook.guild_id]
    record(call, guild, AuditAction.WEBHOOK_UPDATE, webhook.id, before=before, after=_payload(call, webhook))
    return Answer(200, _payload(call, webhook))


async def edit_by_token(call: Call) -> Answer:
    """Rename a webhook; it cannot be moved so."""
    webhook = by_token(call)
    name, _ = read_webhook(access.json_object(call), new=False)
    building.change_webhook(call.world, webhook, name=name, channel_id=None)
    return Answer(200, webhook_payload(webhook, call.world.api_url, with_creator=False))


async def delete_webhook(call: Call) -> Answer:
    """Delete a webhook."""
    webhook = _managed(call)
    building.delete_webhook(call.world, webhook)
    guild = call.world.guilds[webhook.guild_id]
    record(call, guild, AuditAction.WEBHOOK_DELETE, webhook.id, before=_payload(call, webhook))
    return NO_CONTENT


async def delete_by_token(call: Call) -> Answer:
    """Delete a webhook."""
    building.delete_webhook(call.world, by_token(call))
    return NO_CONTENT


def by_token(call: Call) -> Webhook:
    """The webhook of the path, with the secret of the path.

    Raises:
        ApiError: 10015 for an unknown one, 50027 for a wrong secret.
    """
    webhook = call.world.webhooks.get(call.id("webhook_id"))
    if webhook is None:
        raise ApiError.known(10015)
    if not hmac.compare_digest(webhook.token.encode(), call.params["webhook_token"].encode(errors="replace")):
        raise ApiError.known(50027)
    return webhook


def _managed(call: Call) -> Webhook:
    webhook = call.world.webhooks.get(call.id("webhook_id"))
    if webhook is None:
        raise ApiError.known(10015)
    access.require_permissions(call, call.world.channels[webhook.channel_id], Permissions.MANAGE_WEBHOOKS)
    return webhook


def _of(call: Call, channel: Channel) -> list[Webhook]:
    return [webhook for webhook in call.world.webhooks.values() if webhook.channel_id == channel.id]


def _payload(call: Call, webhook: Webhook) -> dict[str, object]:
    return webhook_payload(webhook, call.world.api_url)


_WITH_TOKEN = "/webhooks/{webhook_id}/{webhook_token}"  # noqa: S105 - the name of a parameter

ROUTES = (
    Route("GET", "/channels/{channel_id}/webhooks", list_of_channel),
    Route("POST", "/channels/{channel_id}/webhooks", create_webhook),
    Route("GET", "/guilds/{guild_id}/webhooks", list_of_guild),
    Route("GET", "/webhooks/{webhook_id}", get_webhook),
    Route("PATCH", "/webhooks/{webhook_id}", edit_webhook),
    Route("DELETE", "/webhooks/{webhook_id}", delete_webhook),
    Route("GET", _WITH_TOKEN, get_by_token, public=True),
    Route("PATCH", _WITH_TOKEN, edit_by_token, public=True),
    Route("DELETE", _WITH_TOKEN, delete_by_token, public=True),
)
