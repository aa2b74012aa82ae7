"""The audit log."""

from typing import Any

from botcore_sandbox.state.audit import AuditEntry


def audit_entry_payload(entry: AuditEntry) -> dict[str, Any]:
    """A line of the log (`AuditLogEntryResponse`)."""
    payload: dict[str, Any] = {
        "id": str(entry.id),
        "action_type": int(entry.action),
        "user_id": str(entry.user_id),
        "target_id": None if entry.target_id is None else str(entry.target_id),
    }
    if entry.changes:
        payload["changes"] = entry.changes
    if entry.options:
        payload["options"] = entry.options
    if entry.reason is not None:
        payload["reason"] = entry.reason
    return payload
