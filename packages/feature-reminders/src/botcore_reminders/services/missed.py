"""What was missed while no bot was running and does not come by itself: one message for all of it.

`Deliveries` puts such reminders aside, each in its own transaction, and sets one timer for whoever missed them. When it
fires, a summary is made of what waits: its name is written into each of these reminders, it is sent under that name as
its nonce, and what became of it is written down. Whoever is killed in between leaves the name, and the next process
sends the same summary again; what was put aside meanwhile comes in another one. Where no summary can arrive, what was
to come in a channel comes there by itself, and the rest is parked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Update, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_reminders.config import RemindersConfig
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.alarms import Alarms, failures_of
from botcore_reminders.services.outbox import Outbox
from botcore_reminders.services.reading import reminder_of
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.values import Delivery, Missed, Outcome, Route, State, Step, Where

_log = bc.get_logger(__name__)

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class _Summary:
    """One summary on its way.

    Args:
        name: its nonce, which the rows of its reminders hold.
        first: the first of what it tells of, in the order in which it was due.
        count: how many there are.
    """

    name: str
    first: Sequence[Missed]
    count: int


class Summaries:
    """Sends what was put aside.

    Args:
        database: where it is.
        clock: tells when.
        config: the operator's limits.
        alarms: the timers.
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

    async def send(self, firing: bc.Firing) -> None:
        """Send one summary; the handler of `alarms.SUMMARY`."""
        async with self._outbox.turns.of(firing.payload["queue"]):
            summary = await self._begin(firing)
            if summary is not None:
                answer = await self._outbox.summary(summary.first, summary.count, summary.name)
                await self._end(firing, summary, answer)

    async def _begin(self, firing: bc.Firing) -> _Summary | None:
        """Give a name to what waits, unless it has one already."""
        async with self._database.transaction() as tx:
            waiting = _waiting_for(firing.key)
            name = await tx.scalar(
                select(ReminderRow.summary).where(waiting, ReminderRow.summary.is_not(None)).limit(1)
            )
            if name is None:
                rows = (await tx.execute(_in_order(select(ReminderRow.id, ReminderRow.missed_at), waiting))).all()
                if not rows:
                    await firing.done(tx)
                    return None
                parts = (each for row in rows for each in (row.id, row.missed_at.isoformat()))
                name = bc.make_nonce("reminders", "summary", *parts)
                await tx.execute(update(ReminderRow).where(waiting).values(summary=name))
            told = waiting & (ReminderRow.summary == name)
            count = await tx.scalar(select(func.count()).select_from(ReminderRow).where(told))
            first = await tx.scalars(_in_order(select(ReminderRow), told).limit(MOST_LISTED))
            return _Summary(name, [_missed(row) for row in first], count or 0)

    async def _end(self, firing: bc.Firing, summary: _Summary, answer: bc.Sent | bc.Refused) -> None:
        """Write down what became of it; all of it, or none."""
        retried = isinstance(answer, bc.Refused) and answer.transient
        retried = retried and failures_of(firing) + 1 < self._config.attempts
        told = _waiting_for(firing.key) & (ReminderRow.summary == summary.name)
        try:
            async with self._database.transaction() as tx:
                await tx.execute(_in_order(select(ReminderRow.id), told).with_for_update())
                await firing.done(tx)
                if isinstance(answer, bc.Refused) and retried:
                    await self._try_again(tx, firing, told, answer)
                    return
                await self._settle(tx, told, answer)
                if await tx.scalar(select(ReminderRow.id).where(_waiting_for(firing.key)).limit(1)) is not None:
                    await self._alarms.summarise_again(tx, firing, self._clock.now())
        except bc.FiringLost:
            # more was put aside while it was on its way, and has set a timer that must find only what is left
            if not retried:
                async with self._database.transaction() as tx:
                    await self._settle(tx, told, answer)
            raise
        if isinstance(answer, bc.Refused) and not retried:
            _log.warning("a summary could not be delivered; what it held is parked", code=answer.code)
            await self._say_that_they_wait(summary, answer.code)

    async def _settle(self, tx: AsyncSession, told: ColumnElement[bool], answer: bc.Sent | bc.Refused) -> None:
        """End the wait of what a summary told of: it has arrived, goes to its channel by itself, or is parked."""
        over: dict[str, object] = {"missed_at": None, "missed_more": 0, "summary": None}
        if isinstance(answer, bc.Sent):
            where = {"channel_id": answer.channel_id, "message_id": answer.message_id}
            sent = {"outcome": Outcome.SENT.value, "code": None, "step": None, "retry_at": None}
            await tx.execute(_lines(told).values(**sent, **where))
            await tx.execute(update(ReminderRow).where(told).values(**over))
            return
        running = ReminderRow.state.in_([State.ACTIVE.value, State.DONE.value])
        by_itself = told & (ReminderRow.place == Where.HERE) & running
        refused = {"outcome": Outcome.REFUSED.value, "code": answer.code, "retry_at": None}
        await tx.execute(_lines(by_itself).values(step=Step.FALLBACK.value, **refused))
        await tx.execute(_lines(told).values(step=Step.PARKED.value, **refused))
        for row in (await tx.scalars(_in_order(select(ReminderRow), by_itself))).all():
            row.state, row.due_at = State.ACTIVE.value, row.missed_at
            row.missed_at, row.summary = None, None
            await self._alarms.fire(tx, row)
        await tx.flush()
        parked = {"state": State.PARKED.value, "trouble": answer.code, "changed_at": self._clock.now()}
        await tx.execute(update(ReminderRow).where(told).values(due_at=ReminderRow.missed_at, **parked, **over))

    async def _say_that_they_wait(self, summary: _Summary, code: int) -> None:
        """Once: to their author, or to whom takes no direct messages by a notice that says nothing of their texts."""
        for missed in summary.first:
            reminder, delivery = missed.reminder, Delivery(missed.reminder, missed.occurrence)
            if reminder.where is Where.CHANNEL:
                await self._outbox.tell_owner(delivery, code)
                return
            if reminder.where is Where.DM and reminder.guild_id is not None:
                await self._outbox.reminder(delivery, Route.NOTICE)
                return

    async def _try_again(
        self, tx: AsyncSession, firing: bc.Firing, told: ColumnElement[bool], answer: bc.Refused
    ) -> None:
        failures = failures_of(firing) + 1
        retry_at = self._clock.now() + pause_after(failures)
        await tx.execute(_lines(told).values(code=answer.code, step=Step.RETRY.value, retry_at=retry_at))
        await self._alarms.summarise_again(tx, firing, retry_at, failures)


def _lines(told: ColumnElement[bool]) -> Update:
    """Changes the lines of the ledger that say that something was missed."""
    return update(AttemptRow).where(
        AttemptRow.outcome == Outcome.MISSED, AttemptRow.reminder_id.in_(select(ReminderRow.id).where(told))
    )


def _waiting_for(key: str) -> ColumnElement[bool]:
    """What was put aside for one person, or for one channel by one author; `key` is of `alarms.summary_key`."""
    kind, number, *author = key.split()
    if kind == "user":
        whose = ReminderRow.recipient_id == int(number)
    else:
        whose = (ReminderRow.channel_id == int(number)) & (ReminderRow.owner_id == int(author[0]))
        whose &= ReminderRow.place == Where.CHANNEL
    return whose & ReminderRow.missed_at.is_not(None)


def _in_order[*Ts](what: Select[*Ts], which: ColumnElement[bool]) -> Select[*Ts]:
    return what.where(which).order_by(ReminderRow.missed_at, ReminderRow.id)


def _missed(row: ReminderRow) -> Missed:
    if row.missed_at is None:
        raise ValueError(f"the reminder {row.id} was not missed")
    return Missed(reminder_of(row), row.missed_at, row.missed_more)
