"""Changing scheduled events, and being interested in them."""

from collections.abc import Mapping
from typing import Any

from botcore_sandbox.state.guild_changes import EventAdded, EventChanged, EventGone, InterestChanged
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.scheduled_events import ScheduledEvent
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


def schedule(world: World, guild: Guild, creator: User, fields: Mapping[str, Any]) -> ScheduledEvent:
    """Plan an event."""
    event = ScheduledEvent(id=world.snowflakes.next(), guild_id=guild.id, creator=creator, **fields)
    guild.scheduled_events[event.id] = event
    world.changes.publish(EventAdded(event))
    return event


def change_event(world: World, event: ScheduledEvent, fields: Mapping[str, Any]) -> None:
    """Set fields of an event."""
    for key, value in fields.items():
        setattr(event, key, value)
    world.changes.publish(EventChanged(event))


def delete_event(world: World, guild: Guild, event: ScheduledEvent) -> None:
    """Take an event away."""
    del guild.scheduled_events[event.id]
    world.changes.publish(EventGone(event))


def set_interest(world: World, event: ScheduledEvent, user: User, *, interested: bool) -> None:
    """Mark somebody as interested in an event, or no longer."""
    if interested == (user.id in event.interested):
        return
    if interested:
        event.interested[user.id] = user
    else:
        del event.interested[user.id]
    world.changes.publish(InterestChanged(event, user, interested))
