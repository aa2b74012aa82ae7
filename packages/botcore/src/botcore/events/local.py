"""The adapter inside one process: each subscriber runs in a task of its own."""

import asyncio
import secrets
from contextvars import Context
from dataclasses import dataclass
from typing import Any

from botcore.db import current_transaction
from botcore.events.bus import Handler, Unsubscribe
from botcore.events.event import EventTypes
from botcore.log import current_source, get_logger

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Delivery:
    """An event on its way to one subscriber, as the log names it."""

    reference: str


class LocalEventBus:
    """Starts the subscribers of an event at once, in the order in which they subscribed.

    One that never waits has run when `publish`, or the block of the transaction, is over. `settled` waits for the
    others. The event itself is handed over, once it was seen to be what its annotations say and so cannot change.

    Subscribing or unsubscribing while an event is delivered changes the next delivery, not this one.
    """

    def __init__(self) -> None:
        self._handlers: dict[type, tuple[Handler[Any], ...]] = {}
        self._types = EventTypes()
        self._running: set[asyncio.Task[None]] = set()

    async def publish(self, event: object) -> None:
        """Start every subscriber, now or after the commit; as in `EventBus`.

        Raises:
            InvalidEvent: as in `EventBus`.
        """
        self._types.to_payload(event)  # what cannot leave the process is refused here already
        source = current_source.get()
        reference = secrets.token_hex(5) if source is None else source.reference
        transaction = current_transaction()
        if transaction is None:
            self._deliver(event, reference)
        else:
            transaction.after_commit(lambda: self._deliver(event, reference))

    def subscribe[E](self, event_type: type[E], handler: Handler[E]) -> Unsubscribe:
        """Run `handler` at every event of exactly this type; subscribed twice, it runs twice.

        Raises:
            InvalidEvent: as in `EventBus`.
        """
        self._types.add(event_type)
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

    async def settled(self) -> None:
        """Return once no subscriber runs any more, those of events that subscribers publish included."""
        while self._running:
            await asyncio.wait(self._running)

    async def finish(self, seconds: float) -> int:
        """Let the subscribers that run finish, and cancel those that do not in time; for the stop of a bot.

        Args:
            seconds: how long they have, in real time.

        Returns:
            How many had to be cancelled.
        """
        try:
            async with asyncio.timeout(seconds):
                await self.settled()
        except TimeoutError:
            late = set(self._running)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            return len(late)
        return 0

    def _deliver(self, event: object, reference: str) -> None:
        loop = asyncio.get_running_loop()
        for handler in self._handlers.get(type(event), ()):
            # A context of its own: neither the publisher's transaction nor its language is the subscriber's.
            task = asyncio.Task(self._run(handler, event, reference), loop=loop, context=Context(), eager_start=True)
            if not task.done():
                self._running.add(task)
                task.add_done_callback(self._running.discard)

    async def _run(self, handler: Handler[Any], event: object, reference: str) -> None:
        current_source.set(_Delivery(reference))
        try:
            await handler(event)
        except Exception:
            log.exception("a subscriber failed", event_type=type(event).__name__, subscriber=_name(handler))


def _name(handler: Handler[Any]) -> str:
    """Where a subscriber is written: `package.module.Class.method`."""
    written = handler if hasattr(handler, "__qualname__") else type(handler)
    return f"{written.__module__}.{written.__qualname__}"
