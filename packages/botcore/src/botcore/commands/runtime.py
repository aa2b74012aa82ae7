"""What the pipeline needs of the running bot; one object for all handlers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botcore.clock import Clock
from botcore.commands.answer import AcknowledgementDeadlines
from botcore.limits import RateLimiter
from botcore.metrics import PerformanceMonitor
from botcore.permissions import PermissionPolicy


@dataclass(frozen=True, slots=True)
class Execution:
    """One finished execution, as observers get it. It names no person and no server.

    Args:
        name: the command's name, or the component's id.
        outcome: ``ok``, ``refused`` (the person got a sentence), ``failed`` (they got a reference) or ``gone``
            (Discord no longer took an answer).
        seconds: from the first stage to the last.
        reference: the interaction's short name in the logs.
    """

    name: str
    outcome: str
    seconds: float
    reference: str

    def to_payload(self) -> Mapping[str, Any]:
        """The same as a JSON object."""
        return {
            "name": self.name,
            "outcome": self.outcome,
            "seconds": self.seconds,
            "reference": self.reference,
        }


type Observer = Callable[[Execution], Awaitable[None]]


@dataclass(slots=True)
class Runtime:
    """The parts of the bot that every execution goes through."""

    policy: PermissionPolicy
    limiter: RateLimiter
    monitor: PerformanceMonitor
    clock: Clock
    deadlines: AcknowledgementDeadlines = field(default_factory=AcknowledgementDeadlines)
    observers: list[Observer] = field(default_factory=list)
