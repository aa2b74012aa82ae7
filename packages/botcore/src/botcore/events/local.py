"""The adapter inside one process: subscribers run at once, one after the other."""

from typing import Any

from botcore.events.bus import Handler, Unsubscribe
from botcore.events.event import require_event
from botcore.log import get_logger

log = get_logger(__name__)


class LocalEventBus:
    """Calls subscribers in the order in which they subscribed; `publish` returns when all have run.

    Subscribing or unsubscribing while an event is delivered changes the next delivery, not this one.
    """

    def __init__(self) -> None:
        self._handlers: dict[type, tuple[Handler[Any], ...]] = {}
        self._checked: set[type] = set()

    async def publish(self, event: object) -> None:
        """Run every subscriber; one that raises is logged by its name, and the next one runs.

        Raises:
            InvalidEvent: as in `EventBus`.
        """
        event_type = type(event)
        self._require_event(event_type)
        for handler in self._handlers.get(event_type, ()):
            try:
                await handler(event)
            except Exception as error:
                log.error(
                    "a subscriber failed",
                    event_type=event_type.__name__,
                    subscriber=_name(handler),
                    exc_info=error,
                )

    def subscribe[E](self, event_type: type[E], handler: Handler[E]) -> Unsubscribe:
        """Run `handler` at every event of exactly this type; subscribed twice, it runs twice.

        Raises:
            InvalidEvent: as in `EventBus`.
        """
        self._require_event(event_type)
        self._handlers[event_type] = (*self._handlers.get(event_type, ()), handler)
        subscribed = True

        def unsubscribe() -> None:
            nonlocal subscribed
            if subscribed:
                subscribed = False
                handlers = list(self._handlers[event_type])
                handlers.remove(handler)
                self._handlers[event_type] = tuple(handlers)

        return unsubscribe

    def _require_event(self, event_type: type) -> None:
        if event_type not in self._checked:
            require_event(event_type)
            self._checked.add(event_type)


def _name(handler: Handler[Any]) -> str:
    """Where a subscriber is written: `package.module.Class.method`."""
    written = handler if hasattr(handler, "__qualname__") else type(handler)
    return f"{written.__module__}.{written.__qualname__}"
