"""The ledger: every attempt is written down before its message is sent, and again when it is known what became of it.

It is what answers "why didn't I get it?", and it is all that a bot that was killed leaves behind of a message that may
or may not have arrived.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import CursorResult, Table, and_, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.reading import attempt_of
from botcore_reminders.services.values import Attempt, Outcome, Reminder, Route, Step

MOST_SHOWN = 500


async def begin(tx: AsyncSession, row: ReminderRow, occurrence: datetime, route: Route, now: datetime) -> int:
    """Write down that a message is about to be sent, and that an earlier attempt came to no end.

    Returns:
        The number of the line.
    """
    return await _line(tx, row.id, occurrence, route=route, now=now, outcome=Outcome.SENDING)


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
    await _line(tx, row.id, occurrence, route=Route.SUMMARY, now=now, outcome=outcome)


async def end(
    tx: AsyncSession,
    attempt_id: int,
    answer: bc.Sent | bc.Refused,
    step: Step | None = None,
    retry_at: datetime | None = None,
) -> None:
    """Write down what became of an attempt, and what is done about it."""
    sent = isinstance(answer, bc.Sent)
    await tx.execute(
        _END,
        {
            "line": attempt_id,
            "outcome": (Outcome.SENT if sent else Outcome.REFUSED).value,
            "step": None if step is None else step.value,
            "retry_at": retry_at,
            "code": None if isinstance(answer, bc.Sent) else answer.code,
            "channel_id": answer.channel_id if isinstance(answer, bc.Sent) else None,
            "message_id": answer.message_id if isinstance(answer, bc.Sent) else None,
        },
    )


async def history(session: AsyncSession, reminder: Reminder) -> Sequence[Attempt]:
    """The last attempts of a reminder, the newest first."""
    rows = await session.scalars(
        select(AttemptRow).where(AttemptRow.reminder_id == reminder.id).order_by(AttemptRow.id.desc()).limit(MOST_SHOWN)
    )
    return [attempt_of(row, reminder) for row in rows]


async def _line(
    tx: AsyncSession, reminder_id: int, occurrence: datetime, *, route: Route, now: datetime, outcome: Outcome
) -> int:
    """Add a line, and end those that somebody has left open."""
    earlier = (await tx.execute(_EARLIER, {"reminder_id": reminder_id, "occurrence": occurrence})).all()
    for step, same in ((Step.REPEATED, True), (Step.CHANGED, False)):
        left = [
            each.id for each in earlier if each.outcome == Outcome.SENDING and (each.occurrence == occurrence) is same
        ]
        if left:
            await tx.execute(update(AttemptRow).where(AttemptRow.id.in_(left)).values(step=step.value))
    values = {
        "reminder_id": reminder_id,
        "occurrence": occurrence,
        "number": 1 + sum(each.occurrence == occurrence for each in earlier),
        "route": route.value,
        "began_at": now,
        "outcome": outcome.value,
    }
    made = await tx.execute(insert(_table), values)
    return int(cast("CursorResult[Any]", made).inserted_primary_key[0])  # type: ignore[index]  # one row has one


# Every delivery asks these, and building a statement takes longer than running it, so they are built once.

_table: Final = cast("Table", AttemptRow.__table__)

_EARLIER: Final = select(_table.c.id, _table.c.occurrence, _table.c.outcome).where(
    _table.c.reminder_id == bindparam("reminder_id"),
    or_(
        _table.c.occurrence == bindparam("occurrence"),
        and_(_table.c.outcome == Outcome.SENDING.value, _table.c.step.is_(None)),
    ),
)

_END: Final = (
    update(_table)
    .where(_table.c.id == bindparam("line"))
    .values({name: bindparam(name) for name in ("outcome", "step", "retry_at", "code", "channel_id", "message_id")})
)
