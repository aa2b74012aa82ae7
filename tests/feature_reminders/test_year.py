"""A year of reminders that repeat, through real nextcord, beside a computation that knows nothing of botcore.

Thirty recurrences in six zones are made by six people as they type, and the clock goes from one due moment to the next
for a year: 2,344 messages. What is expected of each comes from dateutil's rules on clocks without a zone and from the
standard library's zones: a time that the clocks skip comes as much later as they skip, and one that they show twice
comes the first time.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import DAILY, FR, MO, MONTHLY, SU, TH, TU, WE, WEEKLY, YEARLY, rrule

import botcore as bc
from botcore_sandbox import BotOnSandbox, Person, Sandbox
from reminders import KnownUsers, directory_of, next_moment

BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
END = BEGIN + timedelta(days=365)

ZONES = {
    "berta": "Europe/Berlin",  # the clocks skip an hour at two in the night
    "nyla": "America/New_York",
    "howard": "Australia/Lord_Howe",  # half an hour
    "casi": "Africa/Casablanca",  # back for Ramadan
    "santi": "America/Santiago",  # the hour after midnight
    "kolya": "Asia/Kolkata",  # never
}

type Walls = Iterable[datetime]
type Expected = Callable[[datetime], Walls]
"""What the clocks show at each occurrence, of what they show when it is made."""


def every(
    frequency: Any, hour: int, minute: int = 0, *, interval: int = 1, since: datetime | None = None, **rule: Any
) -> Expected:
    """A rule whose intervals are counted from its first occurrence after it was made."""

    def walls(made: datetime) -> Walls:
        at: dict[str, Any] = {"byhour": hour, "byminute": minute, "bysecond": 0}
        begin = made if since is None else since
        parts = {name: rule[name] for name in rule if name not in {"until", "count"}}
        first = rrule(frequency, dtstart=begin, **parts, **at).after(begin, inc=since is not None)
        return rrule(frequency, interval=interval, dtstart=first, **rule, **at)

    return walls


def together(*parts: Expected) -> Expected:
    """Several times a day."""
    return lambda made: [wall for part in parts for wall in part(made) if wall < datetime(2027, 1, 4)]  # noqa: DTZ001


def day(month: int, number: int, hour: int = 0, minute: int = 0) -> datetime:
    """What the clocks show on a day of that year."""
    return datetime(2026, month, number, hour, minute)  # noqa: DTZ001 - no zone is the point


def end_of(month: int, number: int) -> datetime:
    """The last minute of a day."""
    return day(month, number, 23, 59)


BY_THE_CALENDAR: dict[str, Expected] = {
    "every day at 2:30 from 5 march until 8 april": every(DAILY, 2, 30, since=day(3, 5), until=end_of(4, 8)),
    "every day at 1:45 from 1 october until 3 november": every(DAILY, 1, 45, since=day(10, 1), until=end_of(11, 3)),
    "weekdays at 8:30 until 20 january": every(WEEKLY, 8, 30, byweekday=(MO, TU, WE, TH, FR), until=end_of(1, 20)),
    "every 25 days at 9": every(DAILY, 9, interval=25),
    "every other day at 7:15, 12 times": every(DAILY, 7, 15, interval=2, count=12),
    "every day at 9 and 17:30 until 8 january": together(
        every(DAILY, 9, until=end_of(1, 8)), every(DAILY, 17, 30, until=end_of(1, 8))
    ),
    "every sunday at 00:15 from 10 august until 15 november": every(
        WEEKLY, 0, 15, since=day(8, 10), byweekday=SU, until=end_of(11, 15)
    ),
    "every 2 weeks on monday at 9, 15 times": every(WEEKLY, 9, interval=2, byweekday=MO, count=15),
    "every 5 weeks on friday and sunday at 2:15": every(WEEKLY, 2, 15, interval=5, byweekday=(FR, SU)),
    "every friday at 9 from 10 december": every(WEEKLY, 9, since=day(12, 10), byweekday=FR),
    "monthly on the 1st and 15th at noon": every(MONTHLY, 12, bymonthday=(1, 15)),
    "every 2nd tuesday at 9": every(MONTHLY, 9, byweekday=TU(2)),
    "every 5th monday at 9": every(MONTHLY, 9, byweekday=MO(5)),
    "monthly on the last friday at 17:00": every(MONTHLY, 17, byweekday=FR(-1)),
    "monthly on the last sunday at 2:30 and 3:30": together(
        *(every(MONTHLY, hour, 30, byweekday=SU(-1)) for hour in (2, 3))
    ),
    "every 31st at 9": every(MONTHLY, 9, bymonthday=(28, 29, 30, 31), bysetpos=-1),
    "every 31st only at 9": every(MONTHLY, 9, bymonthday=31),
    "every 30th at 2:30": every(MONTHLY, 2, 30, bymonthday=(28, 29, 30), bysetpos=-1),
    "every 30th only at 23:59": every(MONTHLY, 23, 59, bymonthday=30),
    "every 29th only at 00:00": every(MONTHLY, 0, bymonthday=29),
    "every month on the last day at 18:00": every(MONTHLY, 18, bymonthday=-1),
    "every 3 months on the 1st at 9": every(MONTHLY, 9, interval=3, bymonthday=1),
    "every year on 24 december at 18:00": every(YEARLY, 18, bymonth=12, bymonthday=24),
    "every last friday of november at 9": every(MONTHLY, 9, bymonth=11, byweekday=FR(-1)),
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=17": every(
        MONTHLY, 17, byweekday=(MO, TU, WE, TH, FR), bysetpos=-1
    ),
    "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;BYHOUR=9": every(MONTHLY, 9, bymonthday=13, byweekday=FR),
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;BYHOUR=2;BYMINUTE=15": together(
        *(every(YEARLY, 2, 15, bymonth=month, byweekday=SU(-1)) for month in (3, 10))
    ),
}

BY_THE_HOUR: dict[str, tuple[datetime | None, timedelta, int]] = {
    "every 336 hours": (None, timedelta(hours=336), 1000),
    "every 24 hours from 25 march at 2:30, 10 times": (day(3, 25, 2, 30), timedelta(hours=24), 10),
    "every 90 minutes from 28 march at 22:00, 12 times": (day(3, 28, 22), timedelta(minutes=90), 12),
}


def expected(phrase: str, made: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments of a year at which a reminder has to come."""
    if phrase in BY_THE_HOUR:
        start, pause, count = BY_THE_HOUR[phrase]
        first = made + pause if start is None else start.replace(tzinfo=zone).astimezone(UTC)
        moments = {first + number * pause for number in range(count)}
    else:
        made_wall = made.astimezone(zone).replace(tzinfo=None)
        moments = set()
        for wall in BY_THE_CALENDAR[phrase](made_wall):
            # of a time that the clocks skip, the offset before them makes as much later as they skip (PEP 495)
            moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
            if moment > END + timedelta(days=3):
                break
            moments.add(moment)
    return sorted(moment for moment in moments if made < moment <= END)


@pytest.fixture
def clock() -> bc.ManualClock:
    """A clock that stands still until it is moved."""
    return bc.ManualClock(BEGIN)


@pytest.fixture
def known() -> KnownUsers:
    """Who lives where."""
    return KnownUsers()


@pytest.fixture
async def bot(
    sandbox: Sandbox, tmp_path: Path, clock: bc.ManualClock, known: KnownUsers
) -> AsyncIterator[BotOnSandbox]:
    """A bot with reminders, which knows where people live."""
    features: list[type[bc.BaseFeature] | str] = ["reminders", directory_of(known)]
    settings: dict[str, object] = {"discord.requests_per_second": 10_000}  # a year of messages comes in a minute
    async with BotOnSandbox(sandbox, tmp_path, features=features, settings=settings, clock=clock) as running:
        yield running


async def remind(person: Person, phrase: str) -> None:
    """Type a phrase, and confirm what was understood."""
    preview = await person.slash("remind me", {"what": phrase, "when": phrase})
    assert "Is this right?" in preview.text, (phrase, preview.text)
    assert "Kept." in (await person.click(preview, "Confirm")).text


async def test_a_year_of_thirty_recurrences_in_six_zones(bot: BotOnSandbox, clock: bc.ManualClock, known: KnownUsers):
    """Every message comes at the moment at which the calendar says, and none besides."""
    people = {bot.member(name): ZoneInfo(zone) for name, zone in ZONES.items()}
    known.zones.update({person.id: zone.key for person, zone in people.items()})
    phrases = [*BY_THE_CALENDAR, *BY_THE_HOUR]
    assert len(phrases) == 30
    wanted: dict[tuple[str, str], list[datetime]] = {}
    for phrase in phrases:
        await asyncio.gather(*(remind(person, phrase) for person in people))
        for person, zone in people.items():
            wanted[person.name, phrase] = expected(phrase, clock.now(), zone)
        clock.advance(timedelta(seconds=20))  # nobody types so fast, and the bot would tell them so

    came: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    read = dict.fromkeys(people, 0)
    timers = bot.core.parts.timers
    while (moment := await next_moment(bot.core.parts.database, "reminders.fire")) is not None and moment <= END:
        clock.set(moment)
        await timers.until_idle()
        for person in people:
            messages = list(person.dm.state.messages.values())[read[person] :]
            read[person] += len(messages)
            for message in messages:
                came[person.name, message.content.removeprefix("⏰ ").replace("\\", "")].append(clock.now())

    wrong = {key: (came[key], wanted[key]) for key in wanted if came[key] != wanted[key]}
    assert not wrong
    assert came.keys() == wanted.keys()
    assert sum(map(len, came.values())) == 2344
