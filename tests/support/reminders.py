"""The services of the reminders feature as one process has them, on a clock that tests move."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

import botcore as bc
import botcore_reminders
from botcore.config import DateOrder, TimeConfig, WeekStart
from botcore.db import Database, MigrationScripts
from botcore.timers import DurableTimers, TimerSettings
from botcore.timers.table import timer
from botcore_reminders.commands.messages import ReminderMessages
from botcore_reminders.config import RemindersConfig
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services import alarms
from botcore_reminders.services.alarms import Alarms
from botcore_reminders.services.delivery import Deliveries
from botcore_reminders.services.heard import HeardReminders
from botcore_reminders.services.missed import Summaries
from botcore_reminders.services.nagging import Nagging
from botcore_reminders.services.outbox import Outbox
from botcore_reminders.services.preferences import ReminderPreferences
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.sweeping import Sweeper
from botcore_reminders.services.values import (
    Attempt,
    LatePolicy,
    Made,
    NewReminder,
    Outcome,
    Reminder,
    Route,
    Where,
)
from botcore_reminders.services.wording import read_timing, understand
from botcore_reminders.services.zones import ZoneMoves
from botcore_sandbox import FakeMembers, FakeMessenger

GUILD, CHANNEL, ELSEWHERE = 1, 2, 3
ALICE, BOB, CAROL = 11, 12, 13

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""Where the clock of tests begins; a Thursday."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

SCRIPTS = MigrationScripts("reminders", Path(botcore_reminders.__path__[0]) / "migrations" / "versions")


async def next_moment(database: Database, kind: str | None = None) -> datetime | None:
    """When the next timer is due, of whatever kind or of one."""
    which = timer.c.visible_at.is_not(None) if kind is None else timer.c.kind == kind
    async with database.session() as session:
        moment: datetime | None = await session.scalar(select(func.min(timer.c.visible_at)).where(which))
        return moment


class KnownUsers:
    """A directory of people whose zones a test says."""

    def __init__(self) -> None:
        self.zones: dict[int, str] = {}

    async def zone_of(self, user_id: int) -> ZoneInfo | None:
        """The zone that was said."""
        return ZoneInfo(self.zones[user_id]) if user_id in self.zones else None

    async def date_order(self, user_id: int) -> DateOrder | None:
        """Unknown."""
        return None

    async def week_start(self, user_id: int) -> WeekStart | None:
        """Unknown."""
        return None


def directory_of(known: KnownUsers) -> type[bc.BaseFeature]:
    """A feature that says in which zones people live."""

    class Directory(bc.BaseFeature):
        name = "users"

        async def register_services(self, services: bc.ServiceContainer) -> None:
            """Take the place of the directory that knows nobody."""
            services.register_singleton(bc.UserDirectory, known, override=True)

    return Directory


@dataclass
class Process:
    """The services of one process."""

    database: Database
    messenger: bc.Messenger
    members: bc.Members
    users: KnownUsers = field(default_factory=KnownUsers)
    config: RemindersConfig = field(default_factory=RemindersConfig)
    clock: bc.ManualClock = field(default_factory=lambda: bc.ManualClock(NOON))
    in_flight: int = 16
    followers: list[Self] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.timers = DurableTimers(self.database, self.clock, TimerSettings(in_flight=self.in_flight))
        self.alarms = Alarms(self.timers)
        self.reader = bc.TimeReader(self.clock, self.users, TimeConfig())
        self.preferences = ReminderPreferences(self.database, self.config, self.reader)
        self.outbox = Outbox(self.messenger, self.members, self.preferences, ReminderMessages())
        self.reminders = ReminderService(self.database, self.clock, self.config, self.alarms)
        self.heard = HeardReminders(self.database, self.clock, self.config, self.alarms)
        self.deliveries = Deliveries(self.database, self.clock, self.config, self.alarms, self.outbox)
        self.summaries = Summaries(self.database, self.clock, self.config, self.alarms, self.outbox)
        self.nagging = Nagging(self.database, self.clock, self.alarms, self.outbox, self.preferences)
        self.sweeper = Sweeper(self.database, self.clock, self.config, self.alarms)
        self.moves = ZoneMoves(self.database, self.clock, self.messenger, self.alarms, ReminderMessages())
        self.timers.handler(alarms.FIRE, self.deliveries.fire)
        self.timers.handler(alarms.NAG, self.nagging.nag)
        self.timers.handler(alarms.SUMMARY, self.summaries.send)
        self.timers.handler(alarms.SWEEP, self.sweeper.sweep)

    # -- life -------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to fire."""
        await self.timers.start()

    async def stop(self) -> None:
        """End as a process that is told to, and all that followed it; what is in flight is let go of."""
        await self.timers.stop(0)
        for each in self.followers:
            await each.stop()

    async def restarted(self, after: timedelta = timedelta(0)) -> Self:
        """Another process, some time after this one has ended, with the same Discord and the same people."""
        await self.timers.stop(0)
        self.clock.advance(after)
        follower = self.beside()
        await follower.start()
        return follower

    def beside(self) -> Self:
        """Another process, not started yet; it ends when this one does."""
        other = type(self)(
            self.database, self.messenger, self.members, self.users, self.config, self.clock, self.in_flight
        )
        self.followers.append(other)
        return other

    async def at(self, moment: datetime) -> None:
        """Move the clock to a moment, and wait until everything that is due has fired."""
        self.clock.set(moment)
        await self.timers.until_idle()

    async def later(self, by: timedelta) -> None:
        """Let some time pass."""
        await self.at(self.clock.now() + by)

    async def move(self, by: timedelta) -> None:
        """Let time pass, and do not wait for what is due then."""
        await self.clock.until_asleep()
        self.clock.advance(by)

    async def through(self, until: datetime) -> None:
        """Stop at each moment at which a timer is due, as time does."""
        while (moment := await self.next_timer()) is not None and moment <= until:
            await self.at(max(moment, self.clock.now()))
        await self.at(until)

    async def next_timer(self) -> datetime | None:
        """When the next timer is due."""
        return await next_moment(self.database)

    async def timer_count(self) -> int:
        """How many timers there are."""
        async with self.database.session() as session:
            return await session.scalar(select(func.count()).select_from(timer)) or 0

    # -- people -----------------------------------------------------------------------------------------------------

    async def new(
        self,
        text: str = "tea",
        when: str = "in 1 hour",
        repeat: str | None = None,
        *,
        owner: int = ALICE,
        guild: int | None = GUILD,
        channel: int | None = CHANNEL,
        late: str = "fire",
        nag: timedelta | None = None,
        where: Where = Where.DM,
        recipient: int | None = None,
    ) -> NewReminder:
        """What somebody types, as it is understood."""
        reading = await self.reader.reading(owner)
        timing = read_timing(when, reading)
        again = reading.recurrence(repeat, timing) if repeat and isinstance(timing, bc.When) else None
        understood = understand(timing, again, reading.zone, reading.at, self.config)
        return NewReminder(
            made=Made(owner, guild, channel, "en-GB"),
            text=text,
            schedule=understood.schedule,
            where=where,
            recipient_id=recipient,
            late=LatePolicy(late),
            nag=nag,
        )

    async def remind(
        self, text: str = "tea", when: str = "in 1 hour", repeat: str | None = None, **options: Any
    ) -> Reminder:
        """Make a reminder and confirm it."""
        new = await self.new(text, when, repeat, **options)
        draft = await self.reminders.draft(new)
        return await self.reminders.confirm(draft.id, new.made.user_id)

    async def remind_many(self, texts: Sequence[str], new: NewReminder, *, first: datetime | None = None) -> list[int]:
        """Make many alike, quickly; each is due a microsecond after the one before."""
        owner, begin = new.made.user_id, first or new.schedule.first
        rows = [
            ReminderRow(
                owner_id=owner,
                recipient_id=None if new.where is Where.CHANNEL else new.recipient_id or owner,
                place=new.where.value,
                guild_id=new.made.guild_id,
                channel_id=new.made.channel_id,
                state="active",
                text=text,
                locale="en-GB",
                zone="UTC",
                own_zone=True,
                first_at=begin + timedelta(microseconds=number),
                due_at=begin + timedelta(microseconds=number),
                late=new.late.value,
                created_at=self.clock.now(),
                changed_at=self.clock.now(),
            )
            for number, text in enumerate(texts)
        ]
        async with self.database.transaction() as tx:
            tx.add_all(rows)
            await tx.flush()
            for row in rows:
                await self.alarms.fire(tx, row)
            return [row.id for row in rows]

    async def found(self, reminder: Reminder | int) -> Reminder:
        """A reminder as it is now."""
        found = await self.reminders.found(reminder if isinstance(reminder, int) else reminder.id)
        assert found is not None
        return found

    async def told(self, reminder: Reminder) -> list[Attempt]:
        """What the ledger says, the oldest first."""
        return list(reversed(await self.reminders.history(reminder)))

    async def ledger(self) -> list[tuple[int, Route, Outcome]]:
        """The reminder, the route and the outcome of every attempt of all of them."""
        async with self.database.session() as session:
            rows = await session.scalars(select(AttemptRow).order_by(AttemptRow.id))
            return [(row.reminder_id, Route(row.route), Outcome(row.outcome)) for row in rows]

    async def story(self, reminder: Reminder) -> list[tuple[Any, ...]]:
        """Route, outcome, code and step of each attempt, the oldest first."""
        return [(each.route, each.outcome, each.code, each.step) for each in await self.told(reminder)]

    async def forget_row(self, reminder: Reminder) -> None:
        """Remove a reminder as no service does: without its timer."""
        async with self.database.transaction() as tx:
            await tx.delete(await tx.get_one(ReminderRow, reminder.id))


@dataclass
class Services(Process):
    """The same, with a Discord that is not there."""

    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    members: FakeMembers = field(default_factory=FakeMembers)

    def texts(self, place: int) -> list[str]:
        """What stands in a channel, or in somebody's direct messages, without its clock."""
        return [
            payload.get("content", "").removeprefix("⏰ ")
            for (channel, _message), payload in self.messenger.messages.items()
            if channel == place
        ]

    def shown(self, place: int) -> list[str]:
        """The same, with what the embeds say."""
        return [
            "\n".join(
                [payload.get("content", ""), *(embed.get("description", "") for embed in payload.get("embeds", ()))]
            )
            for (channel, _message), payload in self.messenger.messages.items()
            if channel == place
        ]
