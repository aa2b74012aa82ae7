"""A time of day as somebody wrote it, before it is known which day it belongs to."""

from dataclasses import dataclass, replace
from datetime import time

from botcore.when.errors import Impossible

NOON = 12

#: What a part of the day means where no hour is given.
DEFAULT_HOURS = {"morning": 9, "afternoon": 15, "evening": 18, "night": 20}

#: "12 at night" is midnight, and "1 to 5 at night" lie after it.
LAST_HOUR_OF_NIGHT = 5


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day.

    Args:
        hour: as written, 0 to 24; ``None`` where only a part of the day was named.
        minute: 0 to 59.
        second: 0 to 59.
        part: ``am``, ``pm``, ``morning``, ``afternoon``, ``evening``, ``night``, ``midnight``, ``end`` (a day's last
            minute) or ``""``.
    """

    hour: int | None
    minute: int = 0
    second: int = 0
    part: str = ""

    def within(self, part: str) -> "TimeOfDay":
        """The same, in this part of the day."""
        return replace(self, part=part)

    def wall(self) -> tuple[time, int]:
        """The time on the clock on the wall, and how many days later than the named one it is (0 or 1).

        Raises:
            Impossible: for such as "17 pm".
        """
        hour, later = self._hour()
        return time(hour, self.minute, self.second), later

    def _hour(self) -> tuple[int, int]:
        if self.hour is None:
            return DEFAULT_HOURS[self.part], 0
        if self.hour == 24:
            if self.part not in {"", "evening", "night"}:
                raise Impossible("no_such_hour", hour=self.hour)
            return 0, 1
        if self.part in {"", "end", "midnight"}:
            return self.hour, 0
        if self.part in {"am", "morning"}:
            return self._before_noon(), 0
        if self.part in {"pm", "afternoon"}:
            return self._after_noon(), 0
        return self._late()

    def _before_noon(self) -> int:
        hour = self.hour or 0
        if hour > NOON or (self.part == "morning" and hour == NOON) or (self.part == "am" and self.hour == 0):
            raise Impossible("no_such_hour", hour=self.hour)
        return hour % NOON

    def _after_noon(self) -> int:
        hour = self.hour or 0
        if hour == 0 or (self.part == "pm" and hour > NOON) or hour > 18:
            raise Impossible("no_such_hour", hour=self.hour)
        return hour + NOON if hour < NOON else hour

    def _late(self) -> tuple[int, int]:
        hour = self.hour or 0
        if hour in {0, NOON}:
            return 0, 1
        if self.part == "night" and hour <= LAST_HOUR_OF_NIGHT:
            return hour, 1
        return (hour + NOON if hour < NOON else hour), 0


def before_the_hour(minutes: int, hour: int, part: str = "") -> TimeOfDay:
    """``10 to 9``; German ``halb 9`` is 30 minutes before 9."""
    earlier = hour - 1 if hour > 1 else hour + 11 if part else (hour - 1) % 24
    return TimeOfDay(earlier, 60 - minutes, 0, part)
