"""Somebody has moved: their reminders keep their time of day, or the moment; they say which."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_reminders.models import ReminderRow
from botcore_reminders.services import ledger
from botcore_reminders.services.alarms import Alarms
from botcore_reminders.services.painting import ReminderPainter
from botcore_reminders.services.reading import schedule_of
from botcore_reminders.services.values import WAITING, State


class ZoneMoves:
    """Asks who has moved, and does what they say.

    Reminders are kept on the clocks of the zone in which they were made, so until somebody has answered nothing
    changes. Only those are asked about whose zone was their owner's own: "at 9 in Tokyo" stays in Tokyo.

    Args:
        database: where reminders are.
        clock: tells when.
        messenger: takes the question.
        alarms: the timers.
        painter: writes the question.
    """

    def __init__(
        self,
        database: Database,
        clock: bc.Clock,
        messenger: bc.Messenger,
        alarms: Alarms,
        painter: ReminderPainter,
    ) -> None:
        self._database = database
        self._clock = clock
        self._messenger = messenger
        self._alarms = alarms
        self._painter = painter

    async def on_change(self, change: bc.ZoneChanged) -> None:
        """Ask, directly, if there is anything to ask about."""
        left = await self.left_behind(change.user_id, ZoneInfo(change.after))
        if left:
            message = self._painter.move(change.locale, len(left), left[0], change.after)
            await self._messenger.dm(change.user_id, message)

    async def left_behind(self, user_id: int, zone: ZoneInfo) -> Sequence[str]:
        """The zone of each reminder that keeps to a zone that was somebody's own and is no longer."""
        async with self._database.session() as session:
            return [row.zone for row in await _left_behind(session, user_id, zone)]

    async def keep_wall_time(self, user_id: int, zone: ZoneInfo) -> int:
        """Nine o'clock stays nine o'clock, now where they live.

        Returns:
            How many reminders were moved.
        """
        async with self._database.transaction() as tx:
            rows = await _left_behind(tx, user_id, zone, lock=True)
            now = self._clock.now()
            for row in rows:
                if row.due_at is None:
                    continue
                moved = schedule_of(row).on_clocks_of(zone, row.due_at)
                due_at = moved.after(now) or now  # a moment that is now over comes at once, and is not late
                row.first_at, row.zone, row.repeat = moved.first, zone.key, moved.repeat_json()
                row.due_at, row.missed_more, row.changed_at = due_at, 0, now
                if row.state == State.ACTIVE:
                    await ledger.leave_open(tx, row.id)
                    await self._alarms.fire(tx, row)
            return len(rows)

    async def keep_instant(self, user_id: int, zone: ZoneInfo) -> int:
        """The moments stay as they are, on the clocks of where they were made.

        Returns:
            How many reminders that is.
        """
        async with self._database.transaction() as tx:
            rows = await _left_behind(tx, user_id, zone, lock=True)
            for row in rows:
                row.own_zone = False
            return len(rows)


async def _left_behind(
    session: AsyncSession, user_id: int, zone: ZoneInfo, *, lock: bool = False
) -> Sequence[ReminderRow]:
    left = (
        select(ReminderRow)
        .where(
            ReminderRow.owner_id == user_id,
            ReminderRow.state.in_([state.value for state in WAITING]),
            ReminderRow.own_zone.is_(True),
            ReminderRow.zone != zone.key,
        )
        .order_by(ReminderRow.due_at)
    )
    return (await session.scalars(left.with_for_update() if lock else left)).all()
