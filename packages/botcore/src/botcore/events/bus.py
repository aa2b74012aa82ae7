"""The port: telling whoever wants to know that something happened."""

from collections.abc import Awaitable, Callable
from typing import Protocol

type Handler[E] = Callable[[E], Awaitable[None]]
"""Called with each event of the type it subscribed to."""

type Unsubscribe = Callable[[], None]
"""Ends one subscription; calling it again does nothing."""


class EventBus(Protocol):
    """Brings events to their subscribers.

    What holds for every adapter: an event is a frozen dataclass of plain values (`require_event`);
    subscribers of its exact type get it; one that fails harms neither the others nor the publisher.

    What a publisher cannot rely on: that subscribers have run when `publish` returns. An adapter may
    deliver later (after the transaction that published has committed), more than once, or elsewhere.
    """

    async def publish(self, event: object) -> None:
        """Hand an event over.

        Raises:
            InvalidEvent: it is not a frozen dataclass of plain values.
        """
        ...

    def subscribe[E](self, event_type: type[E], handler: Handler[E]) -> Unsubscribe:
        """Have `handler` called with every event of exactly this type.

        Raises:
            InvalidEvent: no event can be of this type.
        """
        ...
