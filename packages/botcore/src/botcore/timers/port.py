"""The port: what a feature sees of timers, and what a handler gets."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from botcore.errors import BotCoreError


class InvalidTimer(BotCoreError, ValueError):
    """A timer was set that could not be kept: its kind, its key, its time or its payload is not one."""


class FiringLost(BotCoreError):
    """This firing no longer counts: its timer was moved or cancelled, or another process took it over.

    Let it pass through: the transaction that was to complete the timer rolls back, and nothing is retried.

    Args:
        kind: the timer's kind.
        key: the timer's key.
    """

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(
            f"the timer {key!r} of {kind} was moved, cancelled or taken over while this firing ran; what the firing "
            "was about to write is not written"
        )
        self.kind = kind
        self.key = key


async def _complete_nothing(_: AsyncSession) -> None:
    """What a firing that a test made by hand completes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One run of a timer's handler.

    Args:
        kind: which handler it is for.
        key: which timer of that kind.
        payload: what was set, as a JSON object of its own.
        due_at: the moment for which the timer was set; aware, in UTC. Retries keep it.
        late_by: how long after that this run began; never negative.
        attempt: 1 for the first run, 2 for the first retry.
        complete: what `done` does.
    """

    kind: str
    key: str
    payload: dict[str, Any]
    due_at: datetime
    late_by: timedelta = timedelta(0)
    attempt: int = 1
    complete: Callable[[AsyncSession], Awaitable[None]] = field(default=_complete_nothing, repr=False, compare=False)

    async def done(self, tx: AsyncSession) -> None:
        """Complete the timer in the handler's own transaction: what else is written there happens exactly once.

        Without it the timer is removed soon after the handler has returned, and a crash in between runs the handler
        again. To repeat, call `done` and then `Timers.set` with the next moment, in the same transaction.

        Raises:
            FiringLost: if this firing no longer counts; let it pass, so that the transaction rolls back.
        """
        await self.complete(tx)


type TimerHandler = Callable[[Firing], Awaitable[None]]
"""Called for every firing of its kind; raising means "again later"."""

type Unregister = Callable[[], None]
"""Takes a handler away again; calling it twice does nothing."""


class Timers(Protocol):
    """Durable timers.

    What holds for every adapter: a timer that was set in a committed transaction fires at its time or, if nothing ran
    then, as soon as something runs that has its handler; at least once, whatever dies in between. A handler that raises
    is retried later and later, and a timer that keeps failing is parked for the operator, never dropped. A firing is
    run by one process at a time as long as that process is alive and sees the database.

    What a handler cannot rely on: to run only once (see `Firing.done`), to run before a timer that is due later
    has ended, or that its timer still exists: it may have been moved or cancelled meanwhile.
    """

    async def set(
        self, tx: AsyncSession, kind: str, key: str, due_at: datetime, payload: Mapping[str, Any] | None = None
    ) -> None:
        """Set a timer in the caller's transaction; one that has this kind and key already is moved.

        Args:
            tx: of ``database.transaction()``; nothing fires before it is committed.
            kind: which handler to call, such as ``"reminders.fire"``: the feature's name, a dot, and a name; at
                most 64 characters.
            key: which timer of this kind, 1 to 200 characters.
            due_at: when; aware. A moment in the past is due at once.
            payload: a JSON object for the handler. Keep ids of rows in it, not documents, and no ids of persons:
                who asks for their data, or for its end, is not looked for here. The same holds for the key.

        Raises:
            InvalidTimer: if one of these is not what it should be.
        """
        ...

    async def cancel(self, tx: AsyncSession, kind: str, key: str) -> bool:
        """Remove a timer in the caller's transaction.

        Returns:
            Whether there was one. A handler that runs already runs on, and its `Firing.done` is refused.
        """
        ...

    def handler(self, kind: str, handler: TimerHandler) -> Unregister:
        """Call `handler` for every firing of a kind. Timers of a kind without a handler wait.

        Raises:
            AlreadyRegistered: if the kind has a handler.
            InvalidTimer: if `kind` is not one.
        """
        ...
