"""What is left of a person outside the tables: the timers of their reminders."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from botcore_reminders.models import ReminderRow
from botcore_reminders.services.alarms import Alarms


async def cancel_timers_of(tx: AsyncSession, alarms: Alarms, user_id: int) -> None:
    """Cancel the timers of everything that somebody has made or is to receive; their rows go next.

    Args:
        tx: the transaction of the deletion.
        alarms: the timers.
        user_id: the person.
    """
    theirs = or_(ReminderRow.owner_id == user_id, ReminderRow.recipient_id == user_id)
    for row in await tx.scalars(select(ReminderRow).where(theirs)):
        await alarms.silence(tx, row)
    await alarms.drop_summary(tx, user_id)
