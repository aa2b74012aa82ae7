"""A bot inside the test's own process and event loop: real nextcord over real sockets, in milliseconds."""

from collections.abc import Collection
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import botcore as bc
from botcore_sandbox.clock.timekeeping import Timekeeping
from botcore_sandbox.driver.person import Person
from botcore_sandbox.driver.places import ChannelView
from botcore_sandbox.environment import bot_environment
from botcore_sandbox.server import Sandbox


class BotOnSandbox:
    """A running bot with chosen features, and the people who use it.

    nextcord keeps the API's address in one place for a whole process, so one bot runs at a time.

    Args:
        sandbox: a running sandbox.
        folder: where its database goes; start again with the same folder to keep the data.
        features: feature classes and names of installed features; all installed ones by default.
        settings: more settings, by dotted key, such as ``{"features.polls.max_options": 5}``.
        clock: the bot's own clock; the sandbox's by default, so that moving that one moves both.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        *,
        features: Collection[type[bc.BaseFeature] | str] | None = None,
        settings: dict[str, object] | None = None,
        clock: bc.Clock | None = None,
    ) -> None:
        self.sandbox = sandbox
        self.clock = clock or sandbox.time.clock
        self._while_running = ExitStack()
        names = None
        classes: list[type[bc.BaseFeature]] = []
        if features is not None:
            classes = [feature for feature in features if not isinstance(feature, str)]
            names = [feature for feature in features if isinstance(feature, str)]
        overrides = dict(settings or {})
        if names is not None:
            overrides["features.enabled"] = names
        self.core = bc.BotCore(
            bc.BotOptions(
                environ=bot_environment(sandbox, folder / "bot.db"),
                overrides=overrides,
                features=classes,
                configure_log=False,
                strict=True,
                clock=self.clock,
            )
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start the bot; returns when its commands are in place."""
        await self.core.start()
        if self.clock is self.sandbox.time.clock:
            self._while_running.callback(self.sandbox.time.join(self.core.parts.timers))

    async def stop(self) -> None:
        """Stop the bot cleanly."""
        self._while_running.close()
        await self.core.stop()

    async def advance(self, by: timedelta) -> None:
        """Move the clock forward, the sandbox's and the bot's, and return once what became due is done.

        Args:
            by: how far. Timers on the way fire late, as after a pause of a real machine.

        Raises:
            ClockCannotMove: `by` is negative, or leads beyond what Discord's ids can say.
            TimeoutError: the handler of a timer was still at work 15 seconds later.
            RuntimeError: the bot goes by a clock of its own.
        """
        await self._shared_time().advance(by)

    async def advance_to_next_timer(self) -> datetime:
        """Move the clock to the moment at which the bot's next timer is due, as `advance` does; returns that moment.

        Raises:
            ClockCannotMove: no timer is pending.
            TimeoutError, RuntimeError: as `advance`.
        """
        return await self._shared_time().advance_to_next_timer()

    def _shared_time(self) -> Timekeeping:
        if self.clock is not self.sandbox.time.clock:
            raise RuntimeError(
                "This bot goes by a clock of its own: move that one, or leave `clock` out for the sandbox's."
            )
        return self.sandbox.time

    def member(self, name: str, *, administrator: bool = False, roles: tuple[str, ...] = ()) -> Person:
        """The member of that name, made on first use."""
        return self.sandbox.member(name, administrator=administrator, roles=roles)

    def channel(self, name: str) -> ChannelView:
        """A channel of the first server."""
        return self.sandbox.channel(name)
