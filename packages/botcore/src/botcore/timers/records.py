"""What an operator sees of timers, and the one thing that an operator can do to them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.timers.table import timer


@dataclass(frozen=True, slots=True)
class TimerRecord:
    """One timer.

    Args:
        id: what `retry` takes.
        kind: which handler it is for.
        key: which timer of that kind.
        due_at: the moment for which it was set.
        visible_at: when it will be taken up next; ``None`` while it is parked.
        attempt: how many attempts there were since it was set.
        failure: the kind of error that ended the last one.
    """

    id: int
    kind: str
    key: str
    due_at: datetime
    visible_at: datetime | None
    attempt: int
    failure: str | None


async def read_timers(session: AsyncSession, *, parked: bool, most: int) -> tuple[list[TimerRecord], int]:
    """The next timers, or those that are parked.

    Args:
        session: of the database.
        parked: only those that are parked, else all.
        most: how many to read.

    Returns:
        At most so many, the earliest due first, and how many there are altogether.
    """
    wanted = [timer.c.visible_at.is_(None)] if parked else []
    count = await session.scalar(select(func.count()).select_from(timer).where(*wanted))
    columns = [timer.c[name] for name in TimerRecord.__dataclass_fields__]
    rows = await session.execute(select(*columns).where(*wanted).order_by(timer.c.due_at, timer.c.id).limit(most))
    return [TimerRecord(*row) for row in rows], count or 0


async def retry_timer(tx: AsyncSession, timer_id: int, now: datetime) -> bool:
    """Send a parked timer on: it is due at once, with all its attempts before it.

    Returns:
        Whether there is a parked timer of that id.
    """
    statement = (
        update(timer)
        .where(timer.c.id == timer_id, timer.c.visible_at.is_(None))
        .values(visible_at=now, attempt=0, failure=None, generation=timer.c.generation + 1)
        .returning(timer.c.id)
    )
    return await tx.scalar(statement) is not None
