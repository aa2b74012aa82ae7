"""A bot inside the test's own process and event loop: real nextcord over real sockets, in milliseconds."""

from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self

import botcore as bc
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
        clock: the bot's clock; the machine's by default.
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
                clock=clock or bc.SystemClock(),
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

    async def stop(self) -> None:
        """Stop the bot cleanly."""
        await self.core.stop()

    def member(self, name: str, *, administrator: bool = False, roles: tuple[str, ...] = ()) -> Person:
        """The member of that name, made on first use."""
        return self.sandbox.member(name, administrator=administrator, roles=roles)

    def channel(self, name: str) -> ChannelView:
        """A channel of the first server."""
        return self.sandbox.channel(name)
