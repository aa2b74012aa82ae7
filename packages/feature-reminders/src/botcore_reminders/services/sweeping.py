"""Once a day: what is over goes, and what should have come long ago and did not is taken up again."""

from datetime import timedelta

from sqlalchemy import and_, delete, exists, or_, select

import botcore as bc
from botcore.db import Database
from botcore_reminders.config import RemindersConfig
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.alarms import Alarms
from botcore_reminders.services.values import State

_log = bc.get_logger(__name__)

PAUSE = timedelta(days=1)
AFTER_START = timedelta(minutes=10)
DRAFTS_KEPT = timedelta(days=1)
STUCK_AFTER = timedelta(days=1)
"""What is overdue for so long, and is not being tried again, has a timer that was given up, or none."""


class Sweeper:
    """Removes once a day what nobody needs any more, and gives a timer to what has lost its own.

    Args:
        database: where it is.
        clock: tells when.
        config: how long to keep what.
        alarms: the timers.
    """

    def __init__(self, database: Database, clock: bc.Clock, config: RemindersConfig, alarms: Alarms) -> None:
        self._database = database
        self._clock = clock
        self._config = config
        self._alarms = alarms

    async def plan(self) -> None:
        """Make sure that there is a next time, soon, for a bot that is started every day; for the start."""
        async with self._database.transaction() as tx:
            await self._alarms.sweep(tx, self._clock.now() + AFTER_START)

    async def sweep(self, firing: bc.Firing) -> None:
        """Do it; the handler of `alarms.SWEEP`."""
        async with self._database.transaction() as tx:
            now = self._clock.now()
            await firing.done(tx)
            old = now - timedelta(days=self._config.keep_days)
            await tx.execute(
                delete(ReminderRow).where(
                    or_(
                        and_(ReminderRow.state == State.DRAFT, ReminderRow.changed_at < now - DRAFTS_KEPT),
                        and_(
                            ReminderRow.state == State.DONE,
                            ReminderRow.changed_at < old,
                            ReminderRow.nag_of.is_(None),
                            ReminderRow.missed_at.is_(None),
                        ),
                    )
                )
            )
            await tx.execute(delete(AttemptRow).where(AttemptRow.began_at < old))
            retried = exists().where(AttemptRow.reminder_id == ReminderRow.id, AttemptRow.retry_at > now)
            stuck = (ReminderRow.state == State.ACTIVE) & (ReminderRow.due_at < now - STUCK_AFTER) & ~retried
            for row in await tx.scalars(select(ReminderRow).where(stuck).order_by(ReminderRow.due_at)):
                _log.warning("a reminder is long overdue and is tried again", reminder=row.id)
                await self._alarms.fire(tx, row)
            await self._alarms.sweep(tx, now + PAUSE)
