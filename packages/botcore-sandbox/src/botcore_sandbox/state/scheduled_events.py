"""Scheduled events: what a guild has planned, and who is interested."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from botcore_sandbox.state.users import User


class EventStatus(IntEnum):
    """Where an event is in its life."""

    SCHEDULED = 1
    ACTIVE = 2
    COMPLETED = 3
    CANCELED = 4


class EventPlace(IntEnum):
    """What an event takes place in; Discord's `entity_type`."""

    STAGE = 1
    VOICE = 2
    EXTERNAL = 3


NEXT_STATUSES = {
    EventStatus.SCHEDULED: frozenset({EventStatus.ACTIVE, EventStatus.CANCELED}),
    EventStatus.ACTIVE: frozenset({EventStatus.COMPLETED}),
    EventStatus.COMPLETED: frozenset[EventStatus](),
    EventStatus.CANCELED: frozenset[EventStatus](),
}
"""Which way an event can go from each status (developer documentation, "Event Status Update Restrictions")."""


@dataclass(slots=True)
class ScheduledEvent:
    """An event; `location` is only said of external ones, `channel_id` only of the others."""

    id: int
    guild_id: int
    creator: User
    name: str
    place: EventPlace
    starts_at: datetime
    ends_at: datetime | None = None
    description: str | None = None
    channel_id: int | None = None
    location: str | None = None
    status: EventStatus = EventStatus.SCHEDULED
    recurrence: dict[str, Any] | None = None
    interested: dict[int, User] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it is neither over nor cancelled."""
        return self.status in {EventStatus.SCHEDULED, EventStatus.ACTIVE}
