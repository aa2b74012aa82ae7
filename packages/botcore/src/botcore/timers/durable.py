"""The adapter of the port that keeps timers in the bot's own database."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from botcore.clock import Clock
from botcore.db import Database
from botcore.errors import AlreadyRegistered
from botcore.timers import encoding, store
from botcore.timers.loop import FiringLoop
from botcore.timers.port import TimerHandler, Unregister
from botcore.timers.settings import TimerSettings

_EARLIEST = "botcore.timers.earliest"  # in a session's own dictionary


class DurableTimers:
    """Keeps timers in a table, and fires them between `start` and `stop`.

    Args:
        database: where they are kept.
        clock: says when; the loop also sleeps on it.
        settings: how the loop behaves.
        random: where chance comes from, for the pauses between attempts.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: TimerSettings | None = None,
        *,
        random: Random | None = None,
    ) -> None:
        self._database = database
        self._handlers: dict[str, TimerHandler] = {}
        # Chance decides how long a retry waits, and nothing that anybody could want to guess.
        chance = random or Random()  # noqa: S311 - as said above
        self._loop = FiringLoop(database, clock, settings or TimerSettings(), self._handlers, chance)

    async def set(
        self, tx: AsyncSession, kind: str, key: str, due_at: datetime, payload: Mapping[str, Any] | None = None
    ) -> None:
        """Set a timer in the caller's transaction; see `Timers.set`.

        Raises:
            InvalidTimer: as there.
        """
        encoding.check_kind(kind)
        encoding.check_key(kind, key)
        due_at = encoding.check_moment(kind, key, due_at)
        encoded = encoding.encode(kind, payload)
        await store.put(tx, self._database.dialect, kind=kind, key=key, due_at=due_at, payload=encoded)
        self._wake_after_commit(tx.sync_session, due_at)

    async def cancel(self, tx: AsyncSession, kind: str, key: str) -> bool:
        """Remove a timer in the caller's transaction; see `Timers.cancel`."""
        return await store.remove(tx, kind, key)

    def handler(self, kind: str, handler: TimerHandler) -> Unregister:
        """Call `handler` for every firing of a kind; see `Timers.handler`.

        Raises:
            AlreadyRegistered, InvalidTimer: as there.
        """
        encoding.check_kind(kind)
        if kind in self._handlers:
            raise AlreadyRegistered(f"the handler of the timers {kind}", "a kind has one handler; choose another kind")
        self._handlers[kind] = handler
        self._loop.look()

        def unregister() -> None:
            if self._handlers.get(kind) is handler:
                del self._handlers[kind]

        return unregister

    def forget(self, feature: str) -> None:
        """Take away the handlers of a feature that was left out after all; its timers wait until it is back."""
        for kind in [kind for kind in self._handlers if kind.startswith(f"{feature}.")]:
            del self._handlers[kind]

    async def start(self) -> None:
        """Begin to fire; what was missed while nothing ran comes first, in the order of its due times."""
        self._loop.start()

    async def stop(self, seconds: float) -> int:
        """Stop firing, and let go of what is left so that the next process can take it up at once.

        Args:
            seconds: how long running handlers may go on, in real time, before they are cancelled.

        Returns:
            How many had to be cancelled.
        """
        return await self._loop.stop(seconds)

    async def until_idle(self) -> None:
        """Return once nothing is due any more and no handler runs; a test moves its clock and then waits for this.

        Takes for ever where the loop does not run.
        """
        await self._loop.until_idle()

    async def next_due(self) -> datetime | None:
        """When the next timer is to be taken up; ``None`` if none is pending.

        Looks at the timers in the table that have a handler here; those that are parked do not count, and one that
        failed counts with its next attempt.
        """
        async with self._database.session() as session:
            return await store.head(session, tuple(self._handlers))

    def _wake_after_commit(self, session: Session, due_at: datetime) -> None:
        """Tell the loop of the earliest timer of a transaction, once it can be seen."""
        earliest: datetime | None = session.info.get(_EARLIEST)
        if earliest is None:
            # Not taken away again: a savepoint that is released is a commit too, and comes too early.
            event.listen(session, "after_commit", self._tell_loop)
        session.info[_EARLIEST] = due_at if earliest is None else min(due_at, earliest)

    def _tell_loop(self, session: Session) -> None:
        self._loop.note(session.info[_EARLIEST])
