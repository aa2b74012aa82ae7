"""One firing in this process, from the moment it was taken up until its end is written down."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from random import Random

from sqlalchemy.ext.asyncio import AsyncSession

from botcore.clock import Clock
from botcore.log import current_source, get_logger
from botcore.timers import store
from botcore.timers.port import Firing, FiringLost, TimerHandler
from botcore.timers.retries import Retries
from botcore.timers.store import Claimed, Verdict

_log = get_logger(__name__)


class Ending(Enum):
    """How a firing ended.

    Attributes:
        DONE: the handler returned.
        FAILED: it raised, or the process ended too often while it ran.
        RELEASED: it was interrupted, by a stop or because its lease was over; whoever comes first should have it.
    """

    DONE = auto()
    FAILED = auto()
    RELEASED = auto()


class Running:
    """One firing.

    Args:
        claimed: what was taken up.
        lease_until: until when it is ours.
        on_end: called once, when it has ended.
    """

    def __init__(self, claimed: Claimed, lease_until: datetime, on_end: Callable[[], None]) -> None:
        self.claimed = claimed
        self.lease_until = lease_until
        self.superseded = False
        self.ending: Ending | None = None
        self.task: asyncio.Task[None] | None = None
        self._failure: str | None = None
        self._if_cancelled = Ending.FAILED
        self._on_end = on_end

    def begin(self, handler: TimerHandler, clock: Clock) -> None:
        """Run the handler."""
        self.task = asyncio.create_task(self._run(handler, clock), name=f"timer {self.claimed.kind}")

    def end(self, ending: Ending, failure: str | None = None) -> None:
        """End without having run, or not to the end."""
        self.ending = ending
        self._failure = failure
        self._on_end()

    def release(self) -> None:
        """Cancel the handler, so that somebody else can have the firing; it may still finish all the same."""
        self._if_cancelled = Ending.RELEASED
        if self.task is not None:
            self.task.cancel()

    def verdict(self, now: datetime, retries: Retries, random: Random) -> Verdict | None:
        """What is to be written for a firing that ended without success; ``None`` for one that is done."""
        attempt = self.claimed.attempt
        if self.ending is Ending.DONE:
            return None
        if self.ending is Ending.RELEASED:
            return Verdict(now, attempt - 1, self._failure)
        pause = retries.pause(attempt, random)
        if pause is None:
            _log.error(
                "a timer keeps failing and was parked; `botcore timers list --parked` shows it",
                kind=self.claimed.kind,
                key=self.claimed.key,
                attempts=attempt,
            )
        return Verdict(None if pause is None else now + pause, attempt, self._failure)

    async def _run(self, handler: TimerHandler, clock: Clock) -> None:
        claimed = self.claimed
        current_source.set(claimed)  # every line that the handler logs carries the firing's reference
        ending, failure = Ending.FAILED, None
        try:
            await handler(
                Firing(
                    kind=claimed.kind,
                    key=claimed.key,
                    payload=claimed.payload,
                    due_at=claimed.due_at,
                    late_by=max(clock.now() - claimed.due_at, timedelta(0)),
                    attempt=claimed.attempt,
                    complete=self._complete,
                )
            )
        except asyncio.CancelledError:  # the end of this task is ours to say, and it ends here
            ending, failure = self._if_cancelled, "CancelledError"
        except FiringLost as error:
            failure = type(error).__name__
            _log.info("a firing was overtaken and wrote nothing", kind=claimed.kind, key=claimed.key)
        except Exception as error:
            failure = type(error).__name__
            _log.warning(
                "a timer's handler failed",
                kind=claimed.kind,
                key=claimed.key,
                attempt=claimed.attempt,
                exc_info=error,
            )
        else:
            ending = Ending.DONE
        finally:
            self.end(ending, failure)

    async def _complete(self, tx: AsyncSession) -> None:
        if not await store.complete(tx, self.claimed.claim):
            raise FiringLost(self.claimed.kind, self.claimed.key)
