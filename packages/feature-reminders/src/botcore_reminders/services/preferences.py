"""What people have said about reminders: whether others may remind them, and when they sleep."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_reminders.config import RemindersConfig
from botcore_reminders.models import PreferenceRow
from botcore_reminders.services.values import Preferences


class ReminderPreferences:
    """Keeps them.

    Args:
        database: where.
        config: what holds for who has said nothing.
        reader: knows the zone in which somebody lives.
    """

    def __init__(self, database: Database, config: RemindersConfig, reader: bc.TimeReader) -> None:
        self._database = database
        self._config = config
        self._reader = reader

    async def of(self, user_id: int) -> Preferences:
        """What holds for somebody."""
        async with self._database.session() as session:
            return await preferences_of(session, user_id, self._config)

    async def morning(self, user_id: int, now: datetime) -> datetime | None:
        """When the night ends that it is for somebody; ``None`` where it is day."""
        return end_of_night(now, await self._reader.zone_of(user_id), await self.of(user_id))

    async def change(
        self,
        user_id: int,
        *,
        from_others: bool | None = None,
        quiet_hours: tuple[time, time] | None = None,
    ) -> Preferences:
        """Change what was said, and leave the rest as it is.

        Returns:
            What holds now.
        """
        async with self._database.transaction() as tx:
            row = await tx.get(PreferenceRow, user_id, with_for_update=True)
            if row is None:
                row = PreferenceRow(user_id=user_id, from_others=True)
                tx.add(row)
            if from_others is not None:
                row.from_others = from_others
            if quiet_hours is not None:
                row.quiet_from, row.quiet_to = (f"{each:%H:%M}" for each in quiet_hours)
            await tx.flush()
            return await preferences_of(tx, user_id, self._config)


async def preferences_of(session: AsyncSession, user_id: int, config: RemindersConfig) -> Preferences:
    """What holds for somebody, read in a session that is open already."""
    row = await session.get(PreferenceRow, user_id)
    if row is None:
        return Preferences(True, config.quiet_from, config.quiet_to)
    begin = config.quiet_from if row.quiet_from is None else time.fromisoformat(row.quiet_from)
    end = config.quiet_to if row.quiet_to is None else time.fromisoformat(row.quiet_to)
    return Preferences(row.from_others, begin, end)


def end_of_night(now: datetime, zone: ZoneInfo, preferences: Preferences) -> datetime | None:
    """When the night that it is ends; ``None`` where it is day.

    Args:
        now: aware.
        zone: where the person is.
        preferences: their hours.
    """
    begin, end = preferences.quiet_from, preferences.quiet_to
    wall = now.astimezone(zone)
    if begin == end or not _is_night(wall.time(), begin, end):
        return None
    morning = wall.replace(
        hour=end.hour, minute=end.minute, second=0, microsecond=0
    )  # where clocks show it twice: of the same round
    if morning <= wall:
        morning += timedelta(days=1)  # of wall time: the clocks may change in between
    return morning.astimezone(now.tzinfo)


def _is_night(clock: time, begin: time, end: time) -> bool:
    return begin <= clock < end if begin < end else clock >= begin or clock < end
