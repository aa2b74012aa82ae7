"""Writing down in a guild's audit log what the bot did."""

from collections.abc import Mapping
from typing import Any

from botcore_sandbox.rest.call import Call
from botcore_sandbox.state.audit import AuditAction, AuditEntry
from botcore_sandbox.state.guild_changes import AuditEntryAdded
from botcore_sandbox.state.guilds import Guild

_NOT_CHANGES = frozenset({"id", "guild_id", "token", "url", "user", "creator", "version"})
_NOTHING: Mapping[str, Any] = {}


def record(
    call: Call,
    guild: Guild,
    action: AuditAction,
    target_id: int | None,
    *,
    before: Mapping[str, Any] = _NOTHING,
    after: Mapping[str, Any] = _NOTHING,
    options: dict[str, str] | None = None,
) -> None:
    """Log an act; `before` and `after` are the payloads of what it changed, of which the differences are kept."""
    entry = AuditEntry(
        call.world.snowflakes.next(),
        guild.id,
        action,
        call.world.bot.id,
        target_id,
        list(_differences(before, after)),
        options or {},
        call.reason,
    )
    guild.audit_log.append(entry)
    call.world.changes.publish(AuditEntryAdded(entry))


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    changes = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if key in _NOT_CHANGES or old == new:
            continue
        change = {"key": key}
        if old is not None:
            change["old_value"] = old
        if new is not None:
            change["new_value"] = new
        changes.append(change)
    return changes
