"""When a reminder fires: a first moment and, for what repeats, a rule on the clocks of one zone."""

import itertools
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import botcore as bc

_LOOKED_AT = 400
"""Occurrences that are looked at to find what the clocks do to a series: more than a year of days."""

_AHEAD = timedelta(days=366)

_LOOKED_BACK = (timedelta(hours=1), timedelta(days=1), timedelta(days=31))
"""From the end backwards, so that of something that comes often not years have to be gone through."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An occurrence whose time of day the clocks skip.

    Args:
        instant: when it comes instead, aware, UTC.
        wall: the time of day that was meant; naive.
    """

    instant: datetime
    wall: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a reminder fires.

    Args:
        first: the first moment, aware, UTC.
        zone: whose clocks it keeps to.
        repeat: what follows; ``None`` for what comes once.
        own_zone: whether the zone is the owner's own, rather than one that they named for this reminder.
    """

    first: datetime
    zone: ZoneInfo
    repeat: bc.Recurrence | None = None
    own_zone: bool = True

    def after(self, moment: datetime) -> datetime | None:
        """The first occurrence after a moment (aware), in UTC; ``None`` where there is none."""
        if moment < self.first:
            return self.first
        return None if self.repeat is None else self.repeat.after(moment)

    def occurrences(self, after: datetime) -> Iterator[datetime]:
        """Every occurrence after a moment, in order."""
        moment = self.after(after)
        while moment is not None:
            yield moment
            moment = self.after(moment)

    def next(self, after: datetime, count: int) -> list[datetime]:
        """The next so many occurrences after a moment, or as many as there are."""
        return list(itertools.islice(self.occurrences(after), count))

    def missed_between(self, first: datetime, now: datetime, most: int) -> int:
        """How many occurrences lie after one and not after now; at most `most` are counted."""
        return sum(
            1 for _ in itertools.islice(itertools.takewhile(lambda at: at <= now, self.occurrences(first)), most)
        )

    def latest(self, after: datetime, now: datetime) -> datetime | None:
        """The last occurrence that lies after one moment and not after now; ``None`` where there is none."""
        for back in (*_LOOKED_BACK, now - after):
            begin = max(after, now - back)
            found = deque(itertools.takewhile(lambda at: at <= now, self.occurrences(begin)), maxlen=1)
            if found:
                return found[0]
        return None

    def shortest_pause(self) -> timedelta | None:
        """The shortest time between two of its first occurrences; ``None`` for what comes once."""
        moments = self.next(self.first - timedelta(seconds=1), _LOOKED_AT // 10)
        return min((later - earlier for earlier, later in itertools.pairwise(moments)), default=None)

    def moved(self, after: datetime) -> Moved | None:
        """The first occurrence of the coming year whose time of day the clocks skip."""
        if self.repeat is None:
            return None
        for occurrence in itertools.islice(self.repeat.occurrences(after), _LOOKED_AT):
            if occurrence.instant > after + _AHEAD:
                return None
            if occurrence.shifted:
                return Moved(occurrence.instant, occurrence.wall)
        return None

    def on_clocks_of(self, zone: ZoneInfo, due_at: datetime) -> "Schedule":
        """The same time of day in another zone.

        Args:
            zone: the other zone.
            due_at: the next occurrence, which becomes the first.
        """
        first = due_at.astimezone(self.zone).replace(tzinfo=zone, fold=0).astimezone(UTC)
        repeat = self.repeat
        if repeat is not None:
            rule = repeat.rule
            if not repeat.keeps_wall_time and rule.start is not None:
                # what repeats after hours counts them from its start, which is a moment and has to move along
                by = first - due_at
                rule = replace(rule, start=rule.start + by, until=None if rule.until is None else rule.until + by)
            repeat = replace(repeat, zone=zone, rule=rule)
        return Schedule(first, zone, repeat)

    def repeat_json(self) -> str | None:
        """What repeats, as it is kept."""
        return None if self.repeat is None else json.dumps(self.repeat.to_payload())

    @classmethod
    def kept(cls, first: datetime, zone: str, repeat: str | None, *, own_zone: bool) -> "Schedule":
        """What was kept by `repeat_json` and its neighbours."""
        recurrence = None if repeat is None else bc.Recurrence.from_payload(json.loads(repeat))
        return cls(first, ZoneInfo(zone), recurrence, own_zone)
