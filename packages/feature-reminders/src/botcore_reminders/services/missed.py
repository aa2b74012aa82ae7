"""What was missed while no bot was running and does not come by itself: one message for all of it.

`Deliveries` puts such reminders aside, each in its own transaction, and sets one timer for whoever missed them. When it
fires, the summary is sent like a reminder: written down, sent under a nonce, written down again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_reminders.config import RemindersConfig
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.alarms import Alarms
from botcore_reminders.services.outbox import Outbox
from botcore_reminders.services.reading import reminder_of
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.turns import Turns
from botcore_reminders.services.values import Missed, Outcome, Route, State, Step, Where

_log = bc.get_logger(__name__)

MOST_LISTED = 20


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
        self._turns = Turns()

    async def send(self, firing: bc.Firing) -> None:
        """Send one summary; the handler of `alarms.SUMMARY`."""
        async with self._turns.of(firing.key):
            async with self._database.session() as session:
                ids = (await session.scalars(_of(firing.key, select(ReminderRow.id)))).all()
                first = await session.scalars(_of(firing.key, select(ReminderRow)).limit(MOST_LISTED))
                missed = [_missed(row) for row in first]
            if missed:
                answer = await self._outbox.summary(missed, ids)
                await self._end(firing, ids, answer)

    async def _end(self, firing: bc.Firing, ids: Sequence[int], answer: bc.Sent | bc.Refused) -> None:
        failures = int(firing.payload.get("failures", 0)) + 1
        async with self._database.transaction() as tx:
            now = self._clock.now()
            await firing.done(tx)
            if isinstance(answer, bc.Refused) and answer.transient and failures < self._config.attempts:
                await self._alarms.summarise_again(tx, firing, now + pause_after(failures), failures)
                return
            for number in range(0, len(ids), 500):
                rows = await tx.scalars(select(ReminderRow).where(ReminderRow.id.in_(ids[number : number + 500])))
                for row in rows:
                    await _settle(tx, row, answer, now)
        if isinstance(answer, bc.Refused):
            _log.warning("a summary could not be delivered; what it held is parked", code=answer.code)


async def _settle(tx: AsyncSession, row: ReminderRow, answer: bc.Sent | bc.Refused, now: datetime) -> None:
    """End one reminder's wait for the summary."""
    if row.missed_at is None:
        return
    attempt = await tx.scalar(
        select(AttemptRow)
        .where(AttemptRow.reminder_id == row.id, AttemptRow.outcome == Outcome.MISSED)
        .order_by(AttemptRow.id.desc())
        .limit(1)
    )
    if attempt is not None and isinstance(answer, bc.Sent):
        attempt.outcome, attempt.channel_id = Outcome.SENT.value, answer.channel_id
        attempt.message_id, attempt.route = answer.message_id, Route.SUMMARY.value
    elif attempt is not None and isinstance(answer, bc.Refused):
        attempt.outcome, attempt.code, attempt.step = Outcome.REFUSED.value, answer.code, Step.PARKED.value
    if isinstance(answer, bc.Refused):
        row.state, row.trouble, row.changed_at = State.PARKED.value, answer.code, now
        row.due_at = row.missed_at
    row.missed_at, row.missed_more = None, 0


def _of[T](key: str, what: Select[T]) -> Select[T]:
    """What was put aside for one person or one channel, in the order in which it was due."""
    kind, _space, number = key.partition(" ")
    whose: ColumnElement[bool] = (
        ReminderRow.recipient_id == int(number)
        if kind == "user"
        else and_(ReminderRow.channel_id == int(number), ReminderRow.place == Where.CHANNEL)
    )
    return what.where(whose, ReminderRow.missed_at.is_not(None)).order_by(ReminderRow.missed_at, ReminderRow.id)


def _missed(row: ReminderRow) -> Missed:
    if row.missed_at is None:
        raise ValueError(f"the reminder {row.id} was not missed")
    return Missed(reminder_of(row), row.missed_at, row.missed_more)
