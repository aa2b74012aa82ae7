"""The composition root: the only place where the parts of a bot are put together."""

from dataclasses import dataclass, field
from datetime import timedelta

from botcore.app.status import RunningBot
from botcore.cache import Cache, LocalCache
from botcore.clock import Clock
from botcore.commands import CommandDirectory, Router, Routes, RunningClient, Runtime
from botcore.config import Config, DatabaseConfig, TimeConfig, TimersConfig
from botcore.container import ServiceContainer
from botcore.contracts.members import Members
from botcore.contracts.messenger import Messenger
from botcore.contracts.status import BotStatus
from botcore.contracts.users import UnknownUsers, UserDirectory
from botcore.db import Database, MigrationScripts
from botcore.discord.cogs import Cogs
from botcore.discord.connection import Connection
from botcore.discord.members import DiscordMembers
from botcore.discord.messenger import DiscordMessenger
from botcore.events import EventBus, LocalEventBus
from botcore.features.claims import Taken
from botcore.features.loading import Roster
from botcore.features.plugins import Plugins
from botcore.features.registration import Registered
from botcore.limits import RateLimiter, SlidingWindowLimiter
from botcore.metrics import PerformanceMonitor
from botcore.permissions import PermissionPolicy
from botcore.privacy import Holder, ImpersonalTable, PersonalData
from botcore.timers import DurableTimers, Retries, Timers, TimerSettings
from botcore.timers import table as timers_table
from botcore.when import TimeReader


@dataclass(slots=True)
class Parts:
    """The parts of one bot."""

    config: Config
    clock: Clock
    container: ServiceContainer
    database: Database
    plugins: Plugins
    policy: PermissionPolicy
    runtime: Runtime
    routes: Routes
    connection: Connection
    cogs: Cogs
    roster: Roster
    timers: DurableTimers
    events: LocalEventBus
    personal_data: PersonalData
    taken: Taken = field(default_factory=Taken)
    registered: list[Registered] = field(default_factory=list)


def make_database(config: DatabaseConfig) -> Database:
    """The database of the configuration, not yet open.

    Raises:
        ConfigurationError: if its address cannot be understood.
    """
    return Database(
        config.url,
        pool_size=config.pool_size,
        max_overflow=config.max_overflow,
        pool_timeout=config.pool_timeout,
        pool_recycle=config.pool_recycle,
    )


def make_timers(config: TimersConfig, database: Database, clock: Clock) -> DurableTimers:
    """The timers of the configuration, not yet started."""
    settings = TimerSettings(
        in_flight=config.in_flight,
        lease=timedelta(seconds=config.lease),
        poll=timedelta(seconds=config.poll),
        retries=Retries(attempts=config.attempts),
    )
    return DurableTimers(database, clock, settings)


def core_migrations() -> list[MigrationScripts]:
    """The tables of botcore itself; they are brought up to date before those of any feature."""
    return [timers_table.migrations()]


def make_personal_data(database: Database, clock: Clock, roster: Roster) -> PersonalData:
    """The service for members' data, with the tables of botcore itself; those of features come with them."""
    personal_data = PersonalData(database, clock, roster.reason)
    timers = ImpersonalTable(timers_table.timer.name, "what is to happen when; its payloads hold ids of rows")
    personal_data.add(Holder(timers_table.NAME, (timers,), timers_table.metadata))
    return personal_data


def assemble(config: Config, clock: Clock) -> Parts:
    """Put a bot together; nothing is opened yet."""
    monitor = PerformanceMonitor()
    container = ServiceContainer(on_resolve=monitor.service_resolved)
    policy = PermissionPolicy(config.discord.owners)
    limiter = SlidingWindowLimiter(clock)
    routes = Routes()
    runtime = Runtime(policy=policy, limiter=limiter, monitor=monitor, clock=clock)
    cogs = Cogs(policy)
    router = Router(routes, runtime, cogs)
    connection = Connection(router.route, cogs, config.discord.requests_per_second)
    roster = Roster()
    database = make_database(config.database)
    timers = make_timers(config.timers, database, clock)
    events = LocalEventBus()
    cache = LocalCache(clock)
    personal_data = make_personal_data(database, clock, roster)

    container.register_singleton(Clock, clock)
    container.register_singleton(Database, database)
    container.register_singleton(PermissionPolicy, policy)
    container.register_singleton(RateLimiter, limiter)
    container.register_singleton(PerformanceMonitor, monitor)
    container.register_singleton(Timers, timers)
    container.register_singleton(PersonalData, personal_data)
    container.register_singleton(EventBus, events)
    container.register_singleton(Cache, cache)
    container.register_singleton(Messenger, DiscordMessenger(connection, cache))
    container.register_singleton(Members, DiscordMembers(connection, cache))
    container.register_singleton(RunningClient, RunningClient(lambda: connection.client, connection.until_logged_in))
    container.register_singleton(BotStatus, RunningBot(clock, connection, roster))
    container.register_singleton(TimeConfig, config.time)
    container.register_singleton(UserDirectory, UnknownUsers())
    container.register_singleton(TimeReader)
    container.register_singleton(CommandDirectory, CommandDirectory(routes, policy))

    return Parts(
        config,
        clock,
        container,
        database,
        Plugins(),
        policy,
        runtime,
        routes,
        connection,
        cogs,
        roster,
        timers,
        events,
        personal_data,
    )
