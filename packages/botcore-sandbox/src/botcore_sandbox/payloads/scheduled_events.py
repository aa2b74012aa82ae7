"""Scheduled events."""

from typing import Any

from botcore_sandbox.payloads import timestamp
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.scheduled_events import EventPlace, ScheduledEvent


def event_payload(event: ScheduledEvent, *, with_user_count: bool = False) -> dict[str, Any]:
    """An event (`ExternalScheduledEventResponse`, `VoiceScheduledEventResponse`, `StageScheduledEventResponse`)."""
    external = event.place is EventPlace.EXTERNAL
    payload: dict[str, Any] = {
        "id": str(event.id),
        "guild_id": str(event.guild_id),
        "channel_id": None if event.channel_id is None else str(event.channel_id),
        "creator_id": str(event.creator.id),
        "creator": user_payload(event.creator),
        "name": event.name,
        "description": event.description,
        "image": None,
        "scheduled_start_time": timestamp(event.starts_at),
        "scheduled_end_time": None if event.ends_at is None else timestamp(event.ends_at),
        "privacy_level": 2,
        "status": int(event.status),
        "entity_type": int(event.place),
        "entity_id": None,
        "entity_metadata": {"location": event.location} if external else None,
        "recurrence_rule": event.recurrence,
        "guild_scheduled_event_exceptions": [],
    }
    if with_user_count:
        payload["user_count"] = len(event.interested)
    return payload
