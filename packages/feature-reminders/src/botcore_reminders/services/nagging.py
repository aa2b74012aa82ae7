"""Asking again, until somebody says that it is done, and never in the night."""

from dataclasses import dataclass
from datetime import datetime

import botcore as bc
from botcore.db import Database
from botcore_reminders.models import ReminderRow
from botcore_reminders.services import ledger
from botcore_reminders.services.alarms import Alarms, failures_of, occurrence_of
from botcore_reminders.services.outbox import Outbox
from botcore_reminders.services.plan import routes
from botcore_reminders.services.preferences import ReminderPreferences
from botcore_reminders.services.reading import reminder_of
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.values import Delivery, Reminder, Route, State, Step


@dataclass(frozen=True, slots=True)
class _Question:
    """One question on its way.

    Args:
        reminder: what it is about.
        times: how often it was asked, this time included.
        attempt_id: its line in the ledger.
    """

    reminder: Reminder
    times: int
    attempt_id: int


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

    async def nag(self, firing: bc.Firing) -> None:
        """Ask once more; the handler of `alarms.NAG`."""
        async with self._outbox.turns.of(firing.payload["queue"]):
            async with self._database.session() as session:
                row = await session.get(ReminderRow, int(firing.key))
            if row is None:
                return  # the timer goes with the return of its handler
            morning = await self._preferences.morning(row.recipient_id or row.owner_id, self._clock.now())
            question = await self._begin(firing, morning)
            if question is not None:
                await self._ask(firing, question)

    async def _begin(self, firing: bc.Firing, morning: datetime | None) -> _Question | None:
        async with self._database.transaction() as tx:
            row = await tx.get(ReminderRow, int(firing.key), with_for_update=True)
            if row is None or row.nag_of != occurrence_of(firing) or morning is not None:
                await firing.done(tx)
                if row is not None and row.nag_of == occurrence_of(firing) and morning is not None:
                    await self._alarms.nag(tx, row, morning)
                return None
            attempt_id = await ledger.begin(tx, row, row.nag_of, Route.NAG, self._clock.now())
            return _Question(reminder_of(row), row.nags + 1, attempt_id)

    async def _ask(self, firing: bc.Firing, question: _Question) -> None:
        """Try one way after the other, as the reminder itself did."""
        ways = routes(question.reminder)
        delivery = Delivery(question.reminder, occurrence_of(firing))
        for way in ways:
            answer = await self._outbox.nag(delivery, way, question.times)
            if isinstance(answer, bc.Sent) or answer.transient or way is ways[-1]:
                await self._end(firing, question, answer)
                return

    async def _end(self, firing: bc.Firing, question: _Question, answer: bc.Sent | bc.Refused) -> None:
        """Ask again later; where nobody can be asked, stop, and let its owner find it."""
        try:
            await self._go_on(firing, question, answer)
        except bc.FiringLost:
            # done, snoozed, paused or cancelled while it was on its way: what was asked stays asked, and is said so
            async with self._database.transaction() as tx:
                await ledger.end(tx, question.attempt_id, answer)
            raise

    async def _go_on(self, firing: bc.Firing, question: _Question, answer: bc.Sent | bc.Refused) -> None:
        async with self._database.transaction() as tx:
            now = self._clock.now()
            row = await tx.get(ReminderRow, question.reminder.id, with_for_update=True)
            await firing.done(tx)
            if row is None:
                return
            failures = failures_of(firing) + 1
            if isinstance(answer, bc.Sent):
                row.nags = question.times
                await ledger.end(tx, question.attempt_id, answer)
                await self._alarms.nag(tx, row, now + (question.reminder.nag or pause_after(failures)))
            elif answer.transient:
                retry_at = now + min(question.reminder.nag or pause_after(failures), pause_after(failures))
                await ledger.end(tx, question.attempt_id, answer, Step.RETRY, retry_at)
                await self._alarms.nag(tx, row, retry_at, failures)
            else:
                await ledger.end(tx, question.attempt_id, answer, Step.PARKED)
                row.nag_of, row.trouble = None, answer.code
                if row.state == State.DONE:
                    row.state, row.due_at, row.changed_at = State.PARKED.value, occurrence_of(firing), now
