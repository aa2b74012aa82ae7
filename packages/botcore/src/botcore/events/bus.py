"""The port: telling whoever wants to know that something happened."""

from collections.abc import Awaitable, Callable
from typing import Protocol

type Handler[E] = Callable[[E], Awaitable[None]]
"""Called with each event of the type it subscribed to."""

type Unsubscribe = Callable[[], None]
"""Ends one subscription; calling it again does nothing."""


class EventBus(Protocol):
    """Brings events to their subscribers.

    What holds for every adapter:

    - An event is a frozen dataclass of plain values (see `EventTypes`); subscribers of its exact type get it, each as
      it was when it was published.
    - Inside `Database.transaction`, publishing waits for the commit: subscribers get the event once it is committed,
      even if the task is cancelled just then, and never if it is rolled back. The events of one transaction are
      handed over in the order in which they were published.
    - `publish` does not wait for subscribers, and one that fails, or takes its time, harms neither the others nor the
      publisher. A failure is logged with the reference of what the publisher worked on.

    What nobody can rely on: that subscribers have run when `publish` returns, that events of different transactions
    arrive in order, that an event arrives only once, or that it arrives at all if the process dies between the
    commit and its subscribers. What must not be lost is a timer, set in the same transaction.
    """

    async def publish(self, event: object) -> None:
        """Hand an event over, or leave it with the transaction that this task is in.

        Raises:
            InvalidEvent: it is not a frozen dataclass of plain values; nothing is handed over.
        """
        ...

    def subscribe[E](self, event_type: type[E], handler: Handler[E]) -> Unsubscribe:
        """Have `handler` called with every event of exactly this type.

        It runs in a task of its own, outside the publisher's transaction, language and cancellation.

        Raises:
            InvalidEvent: no event can be of this type, or another type has its name.
        """
        ...
