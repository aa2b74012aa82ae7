"""What people do with a reminder that has arrived: it is done, they want it again later, or they want it too."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_reminders.config import RemindersConfig
from botcore_reminders.errors import AlreadyYours, ReminderGone
from botcore_reminders.models import ReminderRow
from botcore_reminders.services import ledger
from botcore_reminders.services.alarms import Alarms
from botcore_reminders.services.reading import forget_past, reminder_of, schedule_of, set_schedule
from botcore_reminders.services.room import check_room
from botcore_reminders.services.schedule import Schedule
from botcore_reminders.services.values import LatePolicy, Made, Reminder, State, Where


class HeardReminders:
    """Takes what people say to a delivered reminder.

    Args:
        database: where reminders are.
        clock: tells when.
        config: the operator's limits.
        alarms: their timers.
    """

    def __init__(self, database: Database, clock: bc.Clock, config: RemindersConfig, alarms: Alarms) -> None:
        self._database = database
        self._clock = clock
        self._config = config
        self._alarms = alarms

    async def done(self, reminder_id: int) -> None:
        """Ask about it no more.

        Raises:
            ReminderGone: it is no longer kept.
        """
        async with self._database.transaction() as tx:
            await self._stop_nagging(tx, await self._get(tx, reminder_id))

    async def again(self, reminder_id: int, occurrence: datetime, made: Made, at: datetime) -> Reminder:
        """Remind somebody of one occurrence again, once, at another moment. Who says so twice moves it.

        For whoever the reminder was for it comes back where it was; for everybody else directly.

        Args:
            reminder_id: the reminder.
            occurrence: which of its occurrences.
            made: who wants it, and where they are.
            at: when, aware.

        Raises:
            ReminderGone: it is no longer kept.
            TooMany: they have as many as the operator allows; whom it was for is not asked, if it did come then.
        """
        async with self._database.transaction() as tx:
            origin = await self._get(tx, reminder_id)
            if made.user_id == origin.recipient_id:
                await self._stop_nagging(tx, origin)
            schedule = Schedule(at, schedule_of(origin).zone, own_zone=False)
            return await self._copy(tx, origin, occurrence, made, schedule)

    async def follow(self, reminder_id: int, made: Made) -> Reminder | None:
        """Remind somebody else too, from the next occurrence on; once, whichever of its messages they answer.

        Returns:
            Their own reminder; ``None`` where no further occurrence comes.

        Raises:
            ReminderGone: as `again`.
            AlreadyYours: it is for them as it is.
            TooMany: they have as many as the operator allows.
        """
        async with self._database.transaction() as tx:
            origin = await self._get(tx, reminder_id)
            schedule = schedule_of(origin)
            upcoming = schedule.after(self._clock.now())
            if upcoming is None:
                return None
            if made.user_id == origin.recipient_id:
                raise AlreadyYours
            series = Schedule(upcoming, schedule.zone, schedule.repeat, own_zone=False)
            return await self._copy(tx, origin, None, made, series)

    async def _copy(
        self, tx: AsyncSession, origin: ReminderRow, occurrence: datetime | None, made: Made, schedule: Schedule
    ) -> Reminder:
        """Make or move the copy of one occurrence, or of the whole series."""
        row = await tx.scalar(
            select(ReminderRow).where(
                ReminderRow.owner_id == made.user_id,
                ReminderRow.origin_id == origin.id,
                ReminderRow.origin_at == occurrence,
            )
        )
        now = self._clock.now()
        if (row is None or row.state == State.DONE) and not await _came_to(tx, made.user_id, origin, occurrence):
            await check_room(tx, made.user_id, self._config.per_user)
        if row is None:
            here = origin.place == Where.HERE and made.user_id == origin.owner_id
            row = ReminderRow(
                owner_id=made.user_id,
                recipient_id=made.user_id,
                place=(Where.HERE if here else Where.DM).value,
                guild_id=origin.guild_id if here else made.guild_id,
                channel_id=origin.channel_id if here else made.channel_id,
                text=origin.text,
                link=origin.link,
                locale=made.locale,
                late=LatePolicy.FIRE.value,
                nag_seconds=origin.nag_seconds if made.user_id == origin.recipient_id else None,
                origin_id=origin.id,
                origin_at=occurrence,
                created_at=now,
            )
            tx.add(row)
        row.state, row.trouble, row.changed_at = State.ACTIVE.value, None, now
        set_schedule(row, schedule)
        forget_past(row)
        await tx.flush()
        await self._alarms.stop_nagging(tx, row)
        await ledger.leave_open(tx, row.id)
        await self._alarms.fire(tx, row)
        return reminder_of(row)

    async def _stop_nagging(self, tx: AsyncSession, row: ReminderRow) -> None:
        row.nag_of = None
        await self._alarms.stop_nagging(tx, row)

    async def _get(self, tx: AsyncSession, reminder_id: int) -> ReminderRow:
        row = await tx.get(ReminderRow, reminder_id, with_for_update=True)
        if row is None:
            raise ReminderGone
        return row


async def _came_to(tx: AsyncSession, user_id: int, origin: ReminderRow, occurrence: datetime | None) -> bool:
    """Whether it was for somebody at that time: what only comes later is then no further reminder."""
    if occurrence is None or user_id != origin.recipient_id:
        return False
    return await ledger.is_known(tx, origin.id, occurrence)
