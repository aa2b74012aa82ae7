"""The ledger: every attempt is written down before its message is sent, and again when it is known what became of it.

It is what answers "why didn't I get it?", and it is all that a bot that was killed leaves behind of a message that may
or may not have arrived.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.reading import attempt_of
from botcore_reminders.services.values import Attempt, Outcome, Reminder, Route, Step

MOST_SHOWN = 500


async def begin(tx: AsyncSession, row: ReminderRow, occurrence: datetime, route: Route, now: datetime) -> AttemptRow:
    """Write down that a message is about to be sent, and that an earlier attempt came to no end."""
    await leave_open(tx, row.id)
    of_it = (AttemptRow.reminder_id == row.id, AttemptRow.occurrence == occurrence)
    await tx.execute(
        update(AttemptRow).where(*of_it, AttemptRow.outcome == Outcome.SENDING).values(step=Step.REPEATED.value)
    )
    number = await tx.scalar(select(func.count()).select_from(AttemptRow).where(*of_it))
    attempt = AttemptRow(
        reminder_id=row.id,
        occurrence=occurrence,
        number=(number or 0) + 1,
        route=route.value,
        began_at=now,
        outcome=Outcome.SENDING.value,
    )
    tx.add(attempt)
    await tx.flush()
    return attempt


async def leave_open(tx: AsyncSession, reminder_id: int) -> None:
    """Write down that attempts which came to no end are not repeated, because the reminder was changed.

    One that is on its way in this moment is not lost by that: who sends it writes down its end all the same.
    """
    await tx.execute(
        update(AttemptRow)
        .where(AttemptRow.reminder_id == reminder_id, AttemptRow.outcome == Outcome.SENDING, AttemptRow.step.is_(None))
        .values(step=Step.CHANGED.value)
    )


async def is_known(session: AsyncSession, reminder_id: int, occurrence: datetime) -> bool:
    """Whether anything was done about an occurrence already."""
    found = await session.scalar(
        select(AttemptRow.id).where(AttemptRow.reminder_id == reminder_id, AttemptRow.occurrence == occurrence).limit(1)
    )
    return found is not None


async def was_shown(session: AsyncSession, reminder_id: int) -> bool:
    """Whether a reminder has stood in a channel; one whose end is not known may have."""
    found = await session.scalar(
        select(AttemptRow.id)
        .where(AttemptRow.reminder_id == reminder_id, AttemptRow.route == Route.CHANNEL)
        .where(AttemptRow.outcome.in_([Outcome.SENT.value, Outcome.SENDING.value]))
        .limit(1)
    )
    return found is not None


async def note(tx: AsyncSession, row: ReminderRow, occurrence: datetime, outcome: Outcome, now: datetime) -> None:
    """Write down what was decided about an occurrence without sending anything."""
    attempt = await begin(tx, row, occurrence, Route.SUMMARY, now)
    attempt.outcome = outcome.value


async def end(
    tx: AsyncSession,
    attempt_id: int,
    answer: bc.Sent | bc.Refused,
    step: Step | None = None,
    retry_at: datetime | None = None,
) -> None:
    """Write down what became of an attempt, and what is done about it."""
    values: dict[str, object] = {"step": None if step is None else step.value, "retry_at": retry_at}
    if isinstance(answer, bc.Sent):
        values |= {
            "outcome": Outcome.SENT.value,
            "channel_id": answer.channel_id,
            "message_id": answer.message_id,
        }
    else:
        values |= {"outcome": Outcome.REFUSED.value, "code": answer.code}
    await tx.execute(update(AttemptRow).where(AttemptRow.id == attempt_id).values(values))


async def history(session: AsyncSession, reminder: Reminder) -> Sequence[Attempt]:
    """The last attempts of a reminder, the newest first."""
    rows = await session.scalars(
        select(AttemptRow).where(AttemptRow.reminder_id == reminder.id).order_by(AttemptRow.id.desc()).limit(MOST_SHOWN)
    )
    return [attempt_of(row, reminder) for row in rows]
