"""What a phrase means depends on who says it, when and where: that, as one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from botcore.config import DateOrder, WeekStart
from botcore.when.errors import Impossible
from botcore.when.terminals import FIRST_YEAR, LAST_YEAR
from botcore.when.wall import instant_of

#: The time of day where none is given: "friday" is Friday at nine.
DEFAULT_TIME = time(9)

_WEEK_STARTS: Mapping[WeekStart, int] = {"monday": 0, "saturday": 5, "sunday": 6}


class NoteKind(StrEnum):
    """Why a reading deserves a second look."""

    DEFAULT_TIME = "default_time"  # no time of day was given
    PAST = "past"  # it lies before the moment of reading
    GAP = "gap"  # the clocks skip that time
    FOLD = "fold"  # the clocks show that time twice
    DATE_ORDER = "date_order"  # 3/4 could be two dates
    NEXT_WEEKDAY = "next_weekday"  # "next friday" could be two days
    MIDNIGHT = "midnight"  # the start of the day, not its end
    BUSINESS_DAYS = "business_days"  # holidays are not known
    ABBREVIATION = "abbreviation"  # EST is an offset, not a place
    WALL_CLOCK = "wall_clock"  # repeats at the same time of day
    ELAPSED = "elapsed"  # repeats after the same number of hours
    NTH_WEEKDAY = "nth_weekday"  # "every 2nd tuesday" could be two rules
    SHORT_MONTHS_LAST = "short_months_last"  # the 31st of a shorter month is its last day
    SHORT_MONTHS_SKIP = "short_months_skip"  # a shorter month is left out
    UNTIL_MONTH = "until_month"  # until June includes June


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that the person should know about how they were understood.

    Args:
        kind: which one.
        text: a finished sentence in the language of the reading.
    """

    kind: NoteKind
    text: str


@dataclass(slots=True)
class Situation:
    """Who says it, when and where.

    Args:
        at: the moment of reading, aware, UTC.
        zone: the person's zone, or the one that the phrase names.
        date_order: how they write 3/4.
        week_start: their week's first day, Monday is 0.
        offset: an offset from UTC that the phrase names.
        first: when what repeats happens first, aware, UTC, if that is known already: it says what the phrase leaves
            open.
    """

    at: datetime
    zone: ZoneInfo
    date_order: DateOrder
    week_start: int
    offset: tzinfo | None = None
    first: datetime | None = None
    notes: dict[NoteKind, dict[str, object]] = field(default_factory=dict)

    @classmethod
    def of(cls, at: datetime, zone: ZoneInfo, date_order: DateOrder, week_start: WeekStart) -> "Situation":
        """The situation of somebody with these settings.

        Raises:
            ValueError: `at` is naive.
        """
        return cls(utc(at), zone, date_order, _WEEK_STARTS[week_start])

    @property
    def clock_zone(self) -> tzinfo:
        """What the times in the phrase are times of."""
        return self.offset or self.zone

    @property
    def now(self) -> datetime:
        """The moment of reading on the clock on the wall, naive."""
        return self.at.astimezone(self.clock_zone).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """The day of reading there."""
        return self.now.date()

    @property
    def default_time(self) -> time:
        """The time of day of what repeats, where the phrase names none."""
        return DEFAULT_TIME if self.first is None else self.first.astimezone(self.zone).time()

    def note(self, kind: NoteKind, **values: object) -> None:
        """Remember to say something."""
        self.notes[kind] = values

    def instant(self, wall: datetime) -> datetime:
        """The moment when the clocks there show ``wall``; says so where they never do, or do twice.

        Raises:
            Impossible: outside 1970 to 2999.
        """
        if not FIRST_YEAR <= wall.year <= LAST_YEAR:
            raise Impossible("too_far")
        found = instant_of(wall, self.clock_zone)
        if found.gap:
            self.note(NoteKind.GAP, skipped=wall.time(), shifted=found.wall.time(), day=wall.date())
        elif found.fold:
            self.note(NoteKind.FOLD, repeated=wall.time(), day=wall.date())
        return found.instant

    def first_ahead(self, day: date, following: Callable[[date], date], clock: time, later: int) -> date:
        """``day`` where ``clock`` is still ahead on it, else the one that follows."""
        if self._is_ahead(day, clock, later):
            return day
        return following(day)

    def _is_ahead(self, day: date, clock: time, later: int) -> bool:
        if day > self.today:
            return True
        wall = datetime.combine(date.fromordinal(day.toordinal() + later), clock)
        return instant_of(wall, self.clock_zone).instant > self.at


def utc(moment: datetime) -> datetime:
    """``moment`` in UTC, to the second: people do not type fractions.

    Raises:
        ValueError: if it is naive.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no timezone; write datetime(..., tzinfo=UTC)")
    return moment.astimezone(UTC).replace(microsecond=0)
