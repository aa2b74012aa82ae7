"""An event on its way to the sessions that asked for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botcore_sandbox.gateway.protocol import NO_INTENTS, Intents
from botcore_sandbox.gateway.session import Session


@dataclass(frozen=True, slots=True)
class Event:
    """A session needs one of an event's `intents` at least (none: it comes always)."""

    name: str
    guild_id: int | None
    intents: Intents
    data_for: Callable[[Session], dict[str, Any]]

    def concerns(self, session: Session) -> bool:
        """Whether a session gets it."""
        return session.serves(self.guild_id) and (not self.intents or bool(self.intents & session.intents))


def same_for_all(name: str, guild_id: int | None, payload: dict[str, Any], intents: Intents = NO_INTENTS) -> Event:
    """An event whose data does not depend on who hears it."""
    return Event(name, guild_id, intents, lambda _: payload)
