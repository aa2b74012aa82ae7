"""How many reminders somebody may have."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from botcore_reminders.errors import TooMany
from botcore_reminders.models import ReminderRow
from botcore_reminders.services.values import WAITING


async def check_room(tx: AsyncSession, user_id: int, limit: int) -> None:
    """Refuse one more than the operator allows.

    Raises:
        TooMany: naming the limit.
    """
    count = await tx.scalar(
        select(func.count())
        .select_from(ReminderRow)
        .where(ReminderRow.owner_id == user_id, ReminderRow.state.in_([state.value for state in WAITING]))
    )
    if (count or 0) >= limit:
        raise TooMany(limit)
