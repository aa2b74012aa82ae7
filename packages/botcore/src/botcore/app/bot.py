"""`BotCore`: one bot, from its configuration to its last word."""

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping

from botcore import config as configuration
from botcore import log
from botcore.app import lifecycle
from botcore.app.admission import Admission
from botcore.app.bootstrap import Parts, assemble
from botcore.app.inspection import Inspection
from botcore.app.lifecycle import Lifecycle, StepAction
from botcore.app.migrating import bring_tables_up_to_date
from botcore.app.options import BotOptions
from botcore.app.stall import StallWatch
from botcore.app.stopping import Stopping
from botcore.commands import Execution, Payload, build_catalogue
from botcore.discord.sync import CatalogueRefused
from botcore.errors import BotCoreError

_log = log.get_logger(__name__)

_BEFORE_CONNECTION = lifecycle.START[: lifecycle.START.index("connection")]
_CONNECTION = lifecycle.START[lifecycle.START.index("connection") :]


class StrictStartRefused(BotCoreError):
    """A strict start met what an ordinary one would have left out."""


class BotCore:
    """One bot.

    ``await setup()`` does everything short of connecting; ``await start()`` connects too; ``run()`` does both, waits
    for a signal and stops cleanly.

    Args:
        options: how to start; by default from ``botcore.toml`` and the environment.
    """

    def __init__(self, options: BotOptions | None = None) -> None:
        self._options = options or BotOptions()
        self._parts: Parts | None = None
        self._stop_asked = asyncio.Event()
        self._lifecycle = Lifecycle(self._options.clock)
        self._redactor = log.Redactor()
        self._stall_watch = StallWatch()
        self._start_actions: Mapping[str, StepAction] = {
            "configuration": self._configure,
            "container": self._assemble,
            "discovery": self._discover,
            "database": self._open_database,
            "migrations": self._migrate,
            "features": self._load_features,
            "commands": self._compile_commands,
            "listeners": self._attach_listeners,
            "connection": self._connect,
            "command sync": self._sync_commands,
            "timers": self._start_timers,
        }

    @property
    def history(self) -> list[str]:
        """The steps that ran, in order, as ``"start database"`` and ``"stop rest"``."""
        return list(self._lifecycle.history)

    @property
    def parts(self) -> Parts:
        """The parts of the bot.

        Raises:
            RuntimeError: before `setup`.
        """
        if self._parts is None:
            raise RuntimeError("The bot is not set up yet; await setup() first.")
        return self._parts

    async def setup(self) -> None:
        """Do everything that comes before the connection.

        Raises:
            StartupError: for a mistake of the operator, in one sentence.
            StrictStartRefused: in a strict start, if a feature was left out.
        """
        await self._lifecycle.start(_BEFORE_CONNECTION, self._start_actions)

    async def start(self) -> None:
        """Set up and connect; returns when commands are in place.

        Raises:
            StartupError, StrictStartRefused: as `setup`; what was begun has been stopped again.
        """
        try:
            await self.setup()
            await self._lifecycle.start(_CONNECTION, self._start_actions)
        except BaseException:
            await self.stop()
            raise
        _log.info("ready", features=[registered.feature.name for registered in self.parts.registered])
        self._stall_watch.start()  # not before: a start imports and migrates, which holds the loop and nobody up
        await self.parts.plugins.call("botcore_ready", services=self.parts.container)

    async def inspect(self) -> Inspection:
        """Register every feature without opening, starting or connecting anything, and say what came of it.

        Raises:
            StartupError: for a mistake of the operator, in one sentence.
        """
        self._read_configuration()
        await self._assemble()
        await self._discover()
        await self._admission.register_all(start=False)
        await self._compile_commands()
        parts = self.parts
        await parts.container.aclose()
        self._parts = None
        return Inspection(parts.config, parts.roster.records(), parts.registered, _catalogue(parts))

    @contextlib.asynccontextmanager
    async def at_rest(self) -> AsyncIterator[Parts]:
        """The parts of a bot whose features are registered on the database, and which neither starts nor connects.

        Raises:
            StartupError: for a mistake of the operator, in one sentence.
        """
        self._read_configuration()
        await self._assemble()
        await self._discover()
        await self._open_database()
        try:
            await bring_tables_up_to_date(self.parts, self._admission.leave_out, migrate=False)
            await self._admission.register_all(start=False)
            yield self.parts
        finally:
            await self.parts.container.aclose()
            await self.parts.database.close()
            self._parts = None

    def require_token(self) -> None:
        """Check that there is a token, once the configuration was read.

        Raises:
            ConfigurationError: if there is none.
        """
        self._loaded.config.discord.require_token()

    async def stop(self) -> None:
        """Stop in order; harmless where the start did not come far."""
        self._stall_watch.stop()
        if self._parts is None:
            return
        _log.info("stopping")
        await self.parts.plugins.call("botcore_stopping", services=self.parts.container)
        await self._lifecycle.stop(lifecycle.STOP, Stopping(self.parts).actions)
        _log.info("stopped")
        self._parts = None

    async def until_stopped(self) -> None:
        """Wait until somebody asks for a stop or the connection is lost for good.

        Raises:
            StartupError: if the connection was lost for good.
        """
        asked = asyncio.create_task(self._stop_asked.wait())
        lost = asyncio.create_task(self.parts.connection.lost())
        try:
            done, _pending = await asyncio.wait({asked, lost}, return_when=asyncio.FIRST_COMPLETED)
            if lost in done:
                await lost
        finally:
            for task in (asked, lost):
                task.cancel()
            await asyncio.gather(asked, lost, return_exceptions=True)

    def ask_to_stop(self) -> None:
        """Make `until_stopped` return."""
        self._stop_asked.set()

    def run(self) -> None:
        """Start, serve until SIGTERM or Ctrl-C, and stop; a second signal ends the process at once.

        Raises:
            StartupError, StrictStartRefused: as `setup`.
        """
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(self._run())

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C still interrupts
                loop.add_signal_handler(number, self._signalled, asyncio.current_task())
        try:
            await self.start()
            gc.freeze()  # what the start made stays; nobody need look through it again
            gc.enable()
            await self.until_stopped()
        except asyncio.CancelledError:
            if not self._stop_asked.is_set():
                raise
        finally:
            await self.stop()

    def _signalled(self, running: "asyncio.Task[None] | None") -> None:
        if self._stop_asked.is_set():
            os._exit(1)
        self._stop_asked.set()
        if f"start {lifecycle.START[-1]}" not in self._lifecycle.history and running is not None:
            running.cancel()

    # -- the steps of the start -------------------------------------------------------------------------------------

    async def _configure(self) -> None:
        self._read_configuration()
        self.require_token()

    def _read_configuration(self) -> None:
        loaded = configuration.load(
            self._options.config_file or configuration.find_file(self._options.environ),
            self._options.environ,
            self._options.overrides,
        )
        for secret in configuration.secrets(loaded.config):
            self._redactor.add(secret)
        if self._options.configure_log:
            log.configure(loaded.config.log.level, json=loaded.config.log.json_lines, redactor=self._redactor)
        self._loaded = loaded

    async def _assemble(self) -> None:
        self._parts = assemble(self._loaded.config, self._options.clock)
        self._admission = Admission(self._parts, self._loaded, self._redactor)

    async def _discover(self) -> None:
        self._admission.discover(self._options.features)

    async def _open_database(self) -> None:
        await self.parts.database.open()

    async def _migrate(self) -> None:
        await bring_tables_up_to_date(self.parts, self._admission.leave_out, migrate=self._options.migrate)

    async def _load_features(self) -> None:
        await self._admission.register_all(start=True)
        left_out = self.parts.roster.left_out()
        for record in left_out:
            _log.warning("a feature was left out", feature=record.name, reason=record.reason)
        if left_out and self._options.strict:
            raise StrictStartRefused(
                "; ".join(f"the feature {record.name!r} was left out: {record.reason}" for record in left_out)
            )

    async def _compile_commands(self) -> None:
        for registered in self.parts.registered:
            self.parts.routes.add(registered.handlers)
            self.parts.routes.cogs += registered.cog_commands
        if self.parts.plugins.implements("botcore_command_finished"):
            self.parts.runtime.observers.append(self._tell_observers)

    async def _attach_listeners(self) -> None:
        for registered in self.parts.registered:
            for listener in registered.listeners:
                self.parts.connection.listen(listener)
            for cog in registered.cogs:
                self.parts.cogs.add(cog)

    async def _connect(self) -> None:
        parts = self.parts
        discord = self._loaded.config.discord
        features = [registered.feature for registered in parts.registered]
        application = await parts.connection.log_in(
            discord.api_url,
            discord.require_token(),
            {name for feature in features for name in feature.intents},
            {name for feature in features for name in feature.privileged_intents},
        )
        if not discord.owners:
            parts.policy.set_owners(application.owners)
        await parts.connection.open(discord.shards)

    async def _sync_commands(self) -> None:
        parts = self.parts
        catalogue = _catalogue(parts)
        try:
            written = await parts.connection.sync_commands(catalogue)
        except CatalogueRefused as error:
            _log.error("the commands could not be written; those of the last start stay", reason=str(error))
            if self._options.strict:
                raise StrictStartRefused(str(error)) from error
        else:
            _log.info("commands are in place", commands=len(catalogue), written=written)

    async def _start_timers(self) -> None:
        """Last of all: what fires first may have been due for days, and its handler writes to Discord."""
        await self.parts.timers.start()

    async def _tell_observers(self, execution: Execution) -> None:
        await self.parts.plugins.call("botcore_command_finished", execution=execution)


def _catalogue(parts: Parts) -> list[Payload]:
    """Every command of the features that were taken up, as Discord's command objects."""
    routes = parts.routes
    return build_catalogue(routes.commands.values(), parts.taken.groups, routes.menus.values(), routes.cogs)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Uvloop's loop where the platform has it, else Python's own."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
