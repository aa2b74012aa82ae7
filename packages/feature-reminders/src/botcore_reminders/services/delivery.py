"""The promise: a reminder that is due is delivered, or parked where its owner finds it.

One occurrence goes through three steps. `_begin` writes down, in a transaction, that an attempt is made. The message is
sent, under a nonce that is always the same for the same occurrence and way. `_end` writes down what became of it and
sets the next timer, in the transaction that completes this one. Whoever is killed in between leaves a timer whose
lease ends and an attempt without an end; the next process sends again, and Discord, which knows the nonce, does it
once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_reminders.config import RemindersConfig
from botcore_reminders.models import ReminderRow
from botcore_reminders.services import ledger
from botcore_reminders.services.alarms import Alarms, failures_of, occurrence_of, route_of
from botcore_reminders.services.outbox import Outbox
from botcore_reminders.services.plan import routes
from botcore_reminders.services.reading import reminder_of, schedule_of
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.values import Delivery, LatePolicy, Outcome, Reminder, Route, State, Step, Where

_log = bc.get_logger(__name__)

MOST_COUNTED = 1000
"""Missed occurrences of one reminder that are counted."""

UNKNOWN_MESSAGE = 10008
"""An earlier attempt, whose answer was lost, has arrived, and somebody has deleted the message since.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""


@dataclass(frozen=True, slots=True)
class _Job:
    """One occurrence on its way.

    Args:
        reminder: the reminder.
        occurrence: the moment for which it is due.
        late_by: how late it is, where that is worth a word.
        more: how many further occurrences were missed.
        failures: how often in a row Discord has not taken it for now.
        ways: the ways that are still to be tried, in order.
        attempt_id: the line of the ledger for the first of them.
    """

    reminder: Reminder
    occurrence: datetime
    late_by: timedelta
    more: int
    failures: int
    ways: tuple[Route, ...]
    attempt_id: int

    @property
    def delivery(self) -> Delivery:
        """What the message is about."""
        return Delivery(self.reminder, self.occurrence, self.late_by, self.more)


class Deliveries:
    """Fires reminders.

    Args:
        database: where they are.
        clock: tells when.
        config: the operator's limits.
        alarms: their timers.
        outbox: sends the messages.
    """

    def __init__(
        self,
        database: Database,
        clock: bc.Clock,
        config: RemindersConfig,
        alarms: Alarms,
        outbox: Outbox,
    ) -> None:
        self._database = database
        self._clock = clock
        self._config = config
        self._alarms = alarms
        self._outbox = outbox

    async def fire(self, firing: bc.Firing) -> None:
        """Deliver one occurrence; the handler of `alarms.FIRE`."""
        async with self._outbox.turns.of(firing.payload["queue"]):
            job = await self._begin(firing)
            if job is not None:
                await self._deliver(firing, job)

    # -- before -----------------------------------------------------------------------------------------------------

    async def _begin(self, firing: bc.Firing) -> _Job | None:
        """Decide what is to be done, and write it down; ``None`` where nothing is to be sent."""
        occurrence, first_way = occurrence_of(firing), route_of(firing)
        async with self._database.transaction() as tx:
            now = self._clock.now()
            row = await tx.get(ReminderRow, int(firing.key), with_for_update=True)
            if row is None or not _is_due(row, occurrence):
                await firing.done(tx)  # changed meanwhile: what holds now has a timer of its own
                return None
            late = now - occurrence >= timedelta(seconds=self._config.late_after)
            if late and not await ledger.is_known(tx, row.id, occurrence):
                if await self._catch_up(tx, firing, row, occurrence, now):
                    return None
                if await self._put_aside(tx, row, occurrence, now):
                    await firing.done(tx)
                    await self._advance(tx, row, occurrence, now)
                    return None
            reminder = reminder_of(row)
            ways = routes(reminder)
            ways = ways[ways.index(first_way) :] if first_way in ways else ways
            attempt_id = await ledger.begin(tx, row, occurrence, ways[0], now)
            more = row.missed_more if row.missed_at is None else 0  # otherwise they belong to what waits for a summary
            more += schedule_of(row).missed_between(occurrence, now, MOST_COUNTED) if late else 0
            late_by = max(now - occurrence, timedelta(0))
            return _Job(reminder, occurrence, late_by, more, failures_of(firing), ways, attempt_id)

    async def _catch_up(
        self, tx: AsyncSession, firing: bc.Firing, row: ReminderRow, occurrence: datetime, now: datetime
    ) -> bool:
        """Whether a later occurrence was missed as well: only the latest of them is worth a message."""
        schedule = schedule_of(row)
        latest = schedule.latest(occurrence, now)
        if latest is None:
            return False
        await firing.done(tx)
        row.missed_more += schedule.missed_between(occurrence, latest, MOST_COUNTED)
        row.due_at = latest
        await self._alarms.fire(tx, row)
        return True

    async def _put_aside(self, tx: AsyncSession, row: ReminderRow, occurrence: datetime, now: datetime) -> bool:
        """Whether a missed occurrence is not delivered by itself: its policy says so, or it is one of many."""
        if row.late == LatePolicy.SKIP:
            await ledger.note(tx, row, occurrence, Outcome.SKIPPED, now)
            row.missed_more = 0
            return True
        if row.summary is not None or row.recipient_id not in {None, row.owner_id}:
            return False  # a summary of it is on its way already; or whether its author still may has to be asked
        if row.late != LatePolicy.SUMMARISE and not await self._is_one_of_many(tx, row, now):
            return False
        await ledger.note(tx, row, occurrence, Outcome.MISSED, now)
        row.missed_more += 0 if row.missed_at is None else 1
        row.missed_at = occurrence
        await self._alarms.summarise(tx, row, now)
        return True

    async def _is_one_of_many(self, tx: AsyncSession, row: ReminderRow, now: datetime) -> bool:
        """Whether whom it is for has missed so many that they come as one message."""
        late_since = now - timedelta(seconds=self._config.late_after)
        overdue = (ReminderRow.state == State.ACTIVE) & (ReminderRow.due_at <= late_since)
        enough = await tx.scalars(
            select(ReminderRow.id)
            .where(_same_summary(row), ReminderRow.late != LatePolicy.SKIP)
            .where(or_(overdue, ReminderRow.missed_at.is_not(None)))
            .limit(self._config.summary_from)
        )
        return len(enough.all()) >= self._config.summary_from

    # -- sending ----------------------------------------------------------------------------------------------------

    async def _deliver(self, firing: bc.Firing, job: _Job) -> None:
        """Try one way after the other, until one is taken or nothing is left."""
        attempt_id = job.attempt_id
        for way, further in zip(job.ways, [*job.ways[1:], None], strict=True):
            answer = await self._outbox.reminder(job.delivery, way)
            if isinstance(answer, bc.Sent) or _is_over(answer) or answer.transient or further is None:
                await self._end(firing, job, way, attempt_id, answer)
                return
            _log.info("a reminder takes another way", reminder=job.reminder.id, code=answer.code, way=further.value)
            async with self._database.transaction() as tx:
                row = await tx.get(ReminderRow, job.reminder.id, with_for_update=True)
                if row is None or not _is_due(row, job.occurrence):
                    await ledger.end(tx, attempt_id, answer)  # it is not wanted any more
                    return
                await ledger.end(tx, attempt_id, answer, Step.FALLBACK)
                attempt_id = await ledger.begin(tx, row, job.occurrence, further, self._clock.now())

    # -- afterwards -------------------------------------------------------------------------------------------------

    async def _end(
        self, firing: bc.Firing, job: _Job, way: Route, attempt_id: int, answer: bc.Sent | bc.Refused
    ) -> None:
        """Write down what became of it, and go on from there; all of it, or none."""
        try:
            parked = await self._go_on(firing, job, way, attempt_id, answer)
        except bc.FiringLost:
            # cancelled, edited or paused while it was on its way: what was sent stays sent, and is said so
            async with self._database.transaction() as tx:
                await ledger.end(tx, attempt_id, answer)
            raise
        if parked is not None:
            _log.warning("a reminder could not be delivered and waits for its owner", reminder=job.reminder.id)
            await self._outbox.tell_owner(job.delivery, parked.code)

    async def _go_on(
        self, firing: bc.Firing, job: _Job, way: Route, attempt_id: int, answer: bc.Sent | bc.Refused
    ) -> bc.Refused | None:
        """In one transaction the end of this attempt and what comes next; returns why it was parked, if it was."""
        async with self._database.transaction() as tx:
            now = self._clock.now()
            # first the reminder and then its timer, as everybody who changes a reminder does, or two could wait
            # for one another
            row = await tx.get(ReminderRow, job.reminder.id, with_for_update=True)
            await firing.done(tx)
            if row is None:
                return None
            failures = job.failures + 1
            if isinstance(answer, bc.Sent) or _is_over(answer):
                await ledger.end(tx, attempt_id, answer)
                if row.missed_at is None:
                    row.missed_more = 0
                await self._begin_nagging(tx, row, job.occurrence, now)
                await self._advance(tx, row, job.occurrence, now)
            elif answer.transient and failures < self._config.attempts:
                retry_at = now + pause_after(failures)
                await ledger.end(tx, attempt_id, answer, Step.RETRY, retry_at)
                await self._alarms.retry(tx, row, retry_at, way, failures)
            else:
                await ledger.end(tx, attempt_id, answer, Step.PARKED)
                row.state, row.trouble, row.changed_at = State.PARKED.value, answer.code, now
                return answer
        return None

    async def _begin_nagging(self, tx: AsyncSession, row: ReminderRow, occurrence: datetime, now: datetime) -> None:
        if row.nag_seconds is not None:
            row.nag_of, row.nags = occurrence, 0
            await self._alarms.nag(tx, row, now + timedelta(seconds=row.nag_seconds))

    async def _advance(self, tx: AsyncSession, row: ReminderRow, occurrence: datetime, now: datetime) -> None:
        """Go on to the next occurrence that is still to come; what was missed in between came with this one."""
        row.due_at = schedule_of(row).after(max(occurrence, now))
        row.changed_at = now
        if row.due_at is None:
            row.state = State.DONE.value
        else:
            await self._alarms.fire(tx, row)


def _is_due(row: ReminderRow, occurrence: datetime) -> bool:
    """Whether an occurrence is the one that a reminder waits for."""
    return row.state == State.ACTIVE and row.due_at == occurrence


def _is_over(refused: bc.Refused) -> bool:
    """Whether a message was not taken because it has been there already."""
    return refused.code == UNKNOWN_MESSAGE


def _same_summary(row: ReminderRow) -> ColumnElement[bool]:
    """What would come in one summary with a reminder."""
    if row.recipient_id is not None:
        return (ReminderRow.recipient_id == row.recipient_id) & (ReminderRow.owner_id == row.owner_id)
    there = (ReminderRow.channel_id == row.channel_id) & (ReminderRow.place == Where.CHANNEL)
    return there & (ReminderRow.owner_id == row.owner_id)
