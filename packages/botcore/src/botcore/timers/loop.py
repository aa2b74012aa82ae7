"""When something happens: one task that sleeps until a timer is due, and hands what is due to its handlers.

Memory holds what runs and the moment of the next timer, nothing else, however many are pending. Whatever the loop has
to write (what ended, leases to renew, what is due) goes into one transaction a round, so that under load many firings
share it.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from botcore.clock import Clock
from botcore.db import Database
from botcore.log import get_logger
from botcore.timers import store
from botcore.timers.port import TimerHandler
from botcore.timers.running import Ending, Running
from botcore.timers.settings import TimerSettings
from botcore.timers.store import Claimed, Standing

_log = get_logger(__name__)

_RENEWALS: Final = 3  # in the span of one lease, so that one or two may fail

# These pauses are real time and not the clock's: they wait for a transaction or for a database, not for an hour.
_CONTENDED: Final = 0.05
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 10.0


@dataclass(slots=True)
class _Round:
    """What one round read and wrote; it is taken over into memory once it is committed."""

    now: datetime
    settled: list[Running] = field(default_factory=list)
    renewed: list[Running] = field(default_factory=list)
    standing: Standing = field(default_factory=Standing)
    claimed: list[Claimed] = field(default_factory=list)
    looked: bool = False
    skipped: bool = False  # something is due and could not be had: another process has its row locked just now
    head: datetime | None = None


class FiringLoop:
    """Claims, fires, renews and settles.

    Args:
        database: where the timers are.
        clock: says when.
        settings: how to behave.
        handlers: by kind; they may change while the loop runs.
        random: for the pauses between attempts.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: TimerSettings,
        handlers: Mapping[str, TimerHandler],
        random: Random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._handlers = handlers
        self._random = random
        self._task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self._woken = asyncio.Event()
        self._held: list[Running] = []  # what runs, and what has ended and is not written down yet
        self._head: datetime | None = None  # when the next timer is to be taken up, as far as is known
        self._noted: datetime | None = None  # the earliest that was set since the last round began
        self._look_at: datetime | None = None  # when to ask the database again; None is at once
        self._renew_at: datetime | None = None  # when to renew leases; None while nothing is held
        self._last = clock.now()
        self._waiting_for_idle: list[asyncio.Future[None]] = []

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._task is None:
            self._stopping.clear()
            self._look_at = None
            self._task = asyncio.create_task(self._run(), name="timers")

    async def stop(self, seconds: float) -> int:
        """End; see `DurableTimers.stop`."""
        task, self._task = self._task, None
        if task is None:
            return 0
        self._stopping.set()
        self._woken.set()
        await task  # not cancelled: a claim that is committed must be known, or it would wait for its lease to end
        running = {each.task: each for each in self._held if each.task is not None and each.ending is None}
        late: set[asyncio.Task[None]] = set()
        if running:
            _done, late = await asyncio.wait(running, timeout=seconds)
        for handler in late:
            running[handler].release()
        await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._settle_the_rest()
        finally:
            self._held.clear()
        return len(late)

    def note(self, due_at: datetime) -> None:
        """Learn that a timer was set for this moment and can be seen in the database now."""
        self._noted = due_at if self._noted is None else min(self._noted, due_at)
        self._woken.set()

    def look(self) -> None:
        """Ask the database at once, whatever is known."""
        self._look_at = None
        self._woken.set()

    async def until_idle(self) -> None:
        """See `DurableTimers.until_idle`."""
        idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting_for_idle.append(idle)
        self.look()
        await idle

    # -- one round after the other ----------------------------------------------------------------------------------

    async def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                done = await self._round()
                self._take_over(done)
            except Exception as error:
                failures += 1
                _log.error("the timers cannot use the database and will try again", times=failures, exc_info=error)
                self._give_up_what_expired()
                await self._pause(min(_FIRST_PAUSE * 2 ** min(failures, 10), _LONGEST_PAUSE))
                continue
            failures = 0
            if done.skipped:
                await self._pause(_CONTENDED)
            else:
                self._tell_idle(done)
                await self._rest()

    async def _round(self) -> _Round:
        now = self._clock.now()
        if now < self._last:  # somebody has put the machine's clock back: what was planned may be hours away
            self._look_at = now
            self._renew_at = now if self._held else None
        self._last = now
        if self._noted is not None:
            self._head = self._noted if self._head is None else min(self._head, self._noted)
            self._noted = None
        done = _Round(
            now,
            settled=[each for each in self._held if each.ending is not None],
            renewed=[each for each in self._held if self._needs_renewal(each, now)],
            head=self._head,
        )
        if not (done.settled or done.renewed) and not self._is_due(self._head, now) and self._must_look(now):
            async with self._database.session() as session:
                done.head, done.looked = await store.head(session, tuple(self._handlers)), True
        if done.settled or done.renewed or self._is_due(done.head, now):
            async with self._database.transaction() as tx:
                await self._write(tx, done)
        return done

    async def _write(self, tx: AsyncSession, done: _Round) -> None:
        held = [*done.settled, *done.renewed]
        lease_until = done.now + self._settings.lease
        if held:
            done.standing = await store.stand(tx, [each.claimed.claim for each in held])
            await self._settle(tx, done.settled, done)
            renewed = [each for each in done.renewed if each.claimed.claim in done.standing.ours]
            if renewed:
                await store.renew(tx, [each.claimed.claim for each in renewed], lease_until)
        kinds = tuple(self._handlers)
        free = self._free()
        if kinds and free > 0:
            done.claimed = await store.claim(tx, kinds, now=done.now, lease_until=lease_until, most=free)
        room_left = len(done.claimed) < free
        if room_left or self._waiting_for_idle:
            done.head, done.looked = await store.head(tx, kinds), True
            done.skipped = room_left and done.head is not None and done.head <= done.now

    async def _settle(self, tx: AsyncSession, ended: list[Running], done: _Round) -> None:
        ours = [each for each in ended if each.claimed.claim in done.standing.ours]
        verdicts = {each.claimed.claim: each.verdict(done.now, self._settings.retries, self._random) for each in ours}
        finished = [claim for claim, verdict in verdicts.items() if verdict is None]
        if finished:
            await store.finish(tx, finished)
        await store.put_off(tx, {claim: verdict for claim, verdict in verdicts.items() if verdict is not None})

    def _take_over(self, done: _Round) -> None:
        lease_until = done.now + self._settings.lease
        for each in done.renewed:
            claim = each.claimed.claim
            if claim in done.standing.lost:
                _log.warning("a firing lost its lease and is cancelled", kind=each.claimed.kind, key=each.claimed.key)
                each.release()
            each.superseded = claim in done.standing.gone or claim in done.standing.lost
            each.lease_until = lease_until
        settled = {id(each) for each in done.settled if each.claimed.claim not in done.standing.busy}
        self._held = [each for each in self._held if id(each) not in settled]
        for claimed in done.claimed:
            self._begin(claimed, lease_until)
        if not self._held:
            self._renew_at = None
        elif self._renew_at is None or done.now >= self._renew_at:
            self._renew_at = done.now + self._settings.lease / _RENEWALS
        self._head = done.head
        if done.looked:
            self._look_at = done.now + self._settings.poll

    def _begin(self, claimed: Claimed, lease_until: datetime) -> None:
        running = Running(claimed, lease_until, self._woken.set)
        self._held.append(running)
        handler = self._handlers.get(claimed.kind)
        if handler is None:  # taken away while the transaction was under way
            running.end(Ending.RELEASED)
        elif claimed.attempt > self._settings.retries.attempts:  # it ended the process again and again
            running.end(Ending.FAILED, "the process ended")
        else:
            running.begin(handler, self._clock)

    # -- what is to be done, and when ---------------------------------------------------------------------------------

    def _free(self) -> int:
        return self._settings.in_flight - sum(each.ending is None for each in self._held)

    def _is_due(self, head: datetime | None, now: datetime) -> bool:
        return head is not None and head <= now and bool(self._handlers) and self._free() > 0

    def _must_look(self, now: datetime) -> bool:
        return self._look_at is None or now >= self._look_at or bool(self._waiting_for_idle)

    def _needs_renewal(self, running: Running, now: datetime) -> bool:
        due = self._renew_at is not None and now >= self._renew_at
        return due and running.ending is None and not running.superseded

    async def _rest(self) -> None:
        """Sleep on the clock until there is something to do, or somebody says that there is."""
        moments = [self._look_at, self._renew_at, self._head if self._handlers and self._free() > 0 else None]
        until = min((moment for moment in moments if moment is not None), default=None)
        if until is None or self._woken.is_set():
            return
        seconds = (until - self._clock.now()).total_seconds()
        if seconds <= 0:
            return
        sleeper = asyncio.create_task(self._clock.sleep(seconds), name="timers asleep")
        sleeper.add_done_callback(lambda _: self._woken.set())
        try:
            await self._woken.wait()
        finally:
            sleeper.cancel()
            await asyncio.gather(sleeper, return_exceptions=True)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()

    def _give_up_what_expired(self) -> None:
        """Without the database no lease can be renewed, and what expired may be run by another process already."""
        for each in self._held:
            if each.ending is None and each.lease_until <= self._clock.now():
                each.release()

    def _tell_idle(self, done: _Round) -> None:
        now = self._clock.now()
        if not done.looked or self._held or self._noted is not None or (self._head is not None and self._head <= now):
            return
        waiting, self._waiting_for_idle = self._waiting_for_idle, []
        for each in waiting:
            if not each.done():
                each.set_result(None)

    async def _settle_the_rest(self) -> None:
        """At the stop: what was interrupted can be taken up by another process at once."""
        done = _Round(self._clock.now(), settled=list(self._held))
        if done.settled:
            async with self._database.transaction() as tx:
                done.standing = await store.stand(tx, [each.claimed.claim for each in done.settled])
                await self._settle(tx, done.settled, done)
