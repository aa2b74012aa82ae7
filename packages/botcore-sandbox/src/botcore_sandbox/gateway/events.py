"""Which gateway events a change of state becomes, and who may hear them."""

from collections.abc import Iterator

from botcore_sandbox.gateway import guild_events, message_events
from botcore_sandbox.gateway.event import Event, same_for_all
from botcore_sandbox.gateway.guild_events import guild_create
from botcore_sandbox.payloads.interactions import interaction_payload
from botcore_sandbox.state.changes import Change, InteractionCreated
from botcore_sandbox.state.world import World

__all__ = ["Event", "events_of", "guild_create"]


def events_of(world: World, change: Change) -> Iterator[Event]:
    """The events that a change becomes; most become one, some none."""
    if isinstance(change, InteractionCreated):
        interaction = change.interaction
        guild_id = interaction.guild.id if interaction.guild is not None else None
        yield same_for_all("INTERACTION_CREATE", guild_id, interaction_payload(world, interaction))
        return
    yield from message_events.events_of(world, change)
    yield from guild_events.events_of(world, change)
