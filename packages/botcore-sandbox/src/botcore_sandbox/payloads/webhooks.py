"""Webhooks of channels."""

from typing import Any

from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.webhooks import Webhook


def webhook_payload(webhook: Webhook, api_url: str, *, with_creator: bool = True) -> dict[str, Any]:
    """A webhook with its secret (`GuildIncomingWebhookResponse`).

    Who asks by the secret alone is not told its creator.
    """
    payload: dict[str, Any] = {
        "id": str(webhook.id),
        "type": 1,
        "application_id": None if webhook.application_id is None else str(webhook.application_id),
        "avatar": None,
        "channel_id": str(webhook.channel_id),
        "guild_id": str(webhook.guild_id),
        "name": webhook.name,
        "token": webhook.token,
        "url": f"{api_url}/webhooks/{webhook.id}/{webhook.token}",
    }
    if with_creator:
        payload["user"] = user_payload(webhook.creator)
    return payload
