"""The audit log of a guild."""

from typing import Any

from botcore_sandbox.payloads.audit import audit_entry_payload
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.payloads.scheduled_events import event_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.payloads.webhooks import webhook_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import Answer, Call, Route
from botcore_sandbox.state.audit import AuditEntry
from botcore_sandbox.state.permissions import Permissions


async def get_audit_log(call: Call) -> Answer:
    """What the bot did in a guild, the latest first, with the things that it did it to."""
    guild = access.guild(call)
    access.require_in_guild(call, guild, Permissions.VIEW_AUDIT_LOG)
    limit = call.query_number("limit", default=50, lowest=1, highest=100)
    user_id, target_id = call.query_id("user_id"), call.query_id("target_id")
    action = call.query_number("action_type", default=0, lowest=0, highest=1_000)
    before, after = call.query_id("before"), call.query_id("after")
    entries = [
        entry
        for entry in guild.audit_log
        if (user_id is None or entry.user_id == user_id)
        and (target_id is None or entry.target_id == target_id)
        and (not action or entry.action == action)
        and (before is None or entry.id < before)
        and (after is None or entry.id > after)
    ]
    page = entries[:limit] if after is not None else entries[-limit:][::-1]
    return Answer(200, {"audit_log_entries": [audit_entry_payload(entry) for entry in page]} | _things(call, page))


def _things(call: Call, page: list[AuditEntry]) -> dict[str, Any]:
    """Whatever the entries speak of and still exists."""
    world, guild = call.world, access.guild(call)
    named = {entry.target_id for entry in page} | {entry.user_id for entry in page}
    return {
        "users": [user_payload(user) for user in world.users.values() if user.id in named],
        "webhooks": [
            webhook_payload(webhook, world.api_url) for webhook in world.webhooks.values() if webhook.id in named
        ],
        "threads": [channel_payload(thread) for thread in guild.threads.values() if thread.id in named],
        "guild_scheduled_events": [
            event_payload(event) for event in guild.scheduled_events.values() if event.id in named
        ],
        "integrations": [],
        "application_commands": [],
        "auto_moderation_rules": [],
    }


ROUTES = (Route("GET", "/guilds/{guild_id}/audit-logs", get_audit_log),)
