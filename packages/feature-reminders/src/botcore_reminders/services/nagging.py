"""Asking again, until somebody says that it is done, and never in the night."""

from datetime import datetime

import botcore as bc
from botcore.db import Database
from botcore_reminders.models import ReminderRow
from botcore_reminders.services import ledger
from botcore_reminders.services.alarms import Alarms, occurrence_of
from botcore_reminders.services.outbox import Outbox
from botcore_reminders.services.preferences import ReminderPreferences
from botcore_reminders.services.reading import reminder_of
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.turns import Turns
from botcore_reminders.services.values import Delivery, Reminder, Route, State, Step


class Nagging:
    """Asks again.

    Args:
        database: where reminders are.
        clock: tells when.
        alarms: their timers.
        outbox: sends the messages.
        preferences: knows when people sleep.
    """

    def __init__(
        self,
        database: Database,
        clock: bc.Clock,
        alarms: Alarms,
        outbox: Outbox,
        preferences: ReminderPreferences,
    ) -> None:
        self._database = database
        self._clock = clock
        self._alarms = alarms
        self._outbox = outbox
        self._preferences = preferences
        self._turns = Turns()

    async def nag(self, firing: bc.Firing) -> None:
        """Ask once more; the handler of `alarms.NAG`."""
        async with self._turns.of(firing.payload["queue"]):
            occurrence = occurrence_of(firing)
            async with self._database.session() as session:
                row = await session.get(ReminderRow, int(firing.key))
            if row is None:
                return  # the timer goes with the return of its handler
            morning = await self._preferences.morning(row.recipient_id or row.owner_id, self._clock.now())
            begun = await self._begin(firing, occurrence, morning)
            if begun is not None:
                reminder, times, attempt_id = begun
                answer = await self._outbox.nag(Delivery(reminder, occurrence), times)
                await self._end(firing, reminder, attempt_id, answer)

    async def _begin(
        self, firing: bc.Firing, occurrence: datetime, morning: datetime | None
    ) -> tuple[Reminder, int, int] | None:
        async with self._database.transaction() as tx:
            row = await tx.get(ReminderRow, int(firing.key), with_for_update=True)
            if row is None or row.nag_of != occurrence or morning is not None:
                await firing.done(tx)
                if row is not None and row.nag_of == occurrence and morning is not None:
                    await self._alarms.nag(tx, row, morning)
                return None
            attempt = await ledger.begin(tx, row, occurrence, Route.NAG, self._clock.now())
            return reminder_of(row), row.nags + 1, attempt.id

    async def _end(self, firing: bc.Firing, reminder: Reminder, attempt_id: int, answer: bc.Sent | bc.Refused) -> None:
        """Ask again later; where nobody can be asked, stop, and let its owner find it."""
        async with self._database.transaction() as tx:
            now = self._clock.now()
            await firing.done(tx)
            row = await tx.get_one(ReminderRow, reminder.id, with_for_update=True)
            pause = reminder.nag or pause_after(1)
            if isinstance(answer, bc.Sent):
                row.nags += 1
                await ledger.end(tx, attempt_id, answer)
                await self._alarms.nag(tx, row, now + pause)
            elif answer.transient:
                retry_at = now + min(pause, pause_after(1))
                await ledger.end(tx, attempt_id, answer, Step.RETRY, retry_at)
                await self._alarms.nag(tx, row, retry_at)
            else:
                await ledger.end(tx, attempt_id, answer, Step.PARKED)
                row.nag_of, row.trouble = None, answer.code
                if row.state == State.DONE:
                    row.state, row.due_at = State.PARKED.value, occurrence_of(firing)
