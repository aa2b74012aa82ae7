"""Reading for one person: with the clock, and with the zone and habits that are known of them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from botcore.clock import Clock
from botcore.config import DateOrder, TimeConfig, WeekStart
from botcore.contracts.users import UserDirectory
from botcore.when.duration import Duration
from botcore.when.moment import When
from botcore.when.recurrence import Recurrence
from botcore.when.timezone import Timezone


@dataclass(frozen=True, slots=True)
class Reading:
    """One person's circumstances at one moment; reads as many phrases as one likes.

    Args:
        at: the moment, aware, UTC.
        zone: the person's zone, or the configured one.
        date_order: how they write 3/4.
        week_start: the first day of their week.
        language: theirs, as a locale.
    """

    at: datetime
    zone: ZoneInfo
    date_order: DateOrder = "dmy"
    week_start: WeekStart = "monday"
    language: str = "en"

    def when(self, text: str) -> When:
        """Read a moment.

        Raises:
            NotUnderstood: as `When.read`.
        """
        return When.read(
            text, self.at, self.zone, language=self.language, date_order=self.date_order, week_start=self.week_start
        )

    def recurrence(self, text: str, first: When | None = None) -> Recurrence:
        """Read what repeats.

        Args:
            text: the phrase.
            first: when it happens for the first time, in whose zone it then repeats; see `Recurrence.read`.

        Raises:
            NotUnderstood: as `Recurrence.read`.
        """
        return Recurrence.read(
            text,
            self.at,
            self.zone if first is None else first.zone,
            language=self.language,
            date_order=self.date_order,
            week_start=self.week_start,
            first=None if first is None else first.instant,
        )

    def duration(self, text: str) -> Duration:
        """Read a length of time.

        Raises:
            NotUnderstood: as `Duration.read`.
        """
        return Duration.read(text, language=self.language)

    def timezone(self, text: str) -> Timezone:
        """Read a time zone.

        Raises:
            NotUnderstood: as `Timezone.read`.
        """
        return Timezone.read(text, language=self.language)


class TimeReader:
    """Knows what a phrase needs beside its words. Services that read what people type have one injected.

    Args:
        clock: what time it is.
        users: what is known of people.
        config: what holds for everybody else.
    """

    def __init__(self, clock: Clock, users: UserDirectory, config: TimeConfig) -> None:
        self._clock = clock
        self._users = users
        self._config = config

    async def zone_of(self, user_id: int) -> ZoneInfo:
        """A person's zone, or the configured one."""
        return await self._users.zone_of(user_id) or self._config.zone_info

    async def reading(self, user_id: int, language: str = "en") -> Reading:
        """The circumstances of a person now."""
        return Reading(
            self._clock.now(),
            await self.zone_of(user_id),
            await self._users.date_order(user_id) or self._config.date_order,
            await self._users.week_start(user_id) or self._config.week_start,
            language,
        )
