"""Plug-ins: what looks like a hook is one, or is refused with what to write instead."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

import botcore as bc
from botcore.errors import ConfigurationError
from botcore.features.plugins import Plugins
from botcore_sandbox import BotOnSandbox


@bc.hookimpl
async def botcore_redy() -> None:
    """A hook that was misspelt."""


async def botcore_ready() -> None:
    """A hook that was not marked."""


@bc.hookimpl
async def botcore_stopping(reason: str) -> None:
    """A hook that asks for too much."""


@bc.hookimpl
def botcore_feature_left_out(name: str, why: str) -> None:
    """A hook that asks for something by another name."""


@bc.hookimpl
def completely_different() -> None:
    """No hook at all."""


@pytest.mark.parametrize(
    ("hook", "sentence"),
    [
        (botcore_redy, r"mine\.botcore_redy is no hook of botcore; did you mean botcore_ready\?"),
        (botcore_ready, r"mine\.botcore_ready is not marked as a hook; write `@bc\.hookimpl` above it"),
        (botcore_stopping, r"mine\.botcore_stopping asks for reason, .* it gives services"),
        (botcore_feature_left_out, r"asks for why, which the hook does not give; it gives name, reason"),
        (completely_different, r"mine\.completely_different is no hook of botcore; there are botcore_cli, "),
    ],
)
def test_what_would_never_be_called_is_refused(hook: Any, sentence: str):
    """Nothing of the plug-in is taken up then."""
    plugins = Plugins()
    with pytest.raises(ValueError, match=sentence):
        plugins.register(SimpleNamespace(**{hook.__name__: hook}), "mine")
    assert not plugins.implements("botcore_ready")


class Observing(bc.BaseFeature):
    """A feature that implements a hook itself."""

    name = "observing"

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.told = asyncio.Event()

    @bc.hookimpl
    async def botcore_command_finished(self, execution: bc.Execution) -> None:
        """Note it."""
        self.seen.append(f"{execution.name} {execution.outcome}")
        self.told.set()


@pytest.mark.bot_features(bring=[Observing])
async def test_a_feature_may_implement_hooks(bot: BotOnSandbox):
    """It is told like any plug-in."""
    await bot.member("alice").slash("help")
    [observing] = [each.feature for each in bot.core.parts.registered if isinstance(each.feature, Observing)]
    async with asyncio.timeout(10):
        await observing.told.wait()
    assert observing.seen == ["help ok"]


class Timekeeper(bc.BaseFeature):
    """A feature that looks at services when the bot is ready, and when it stops."""

    name = "timekeeper"

    def __init__(self) -> None:
        self.clocks: list[bc.Clock] = []

    @bc.hookimpl
    async def botcore_ready(self, services: bc.ServiceContainer) -> None:
        """Note the clock."""
        self.clocks.append(services.get(bc.Clock))

    @bc.hookimpl
    def botcore_stopping(self, services: bc.ServiceContainer) -> None:
        """Note it again."""
        self.clocks.append(services.get(bc.Clock))


@pytest.mark.bot_features(bring=[Timekeeper])
async def test_plug_ins_get_the_bot_s_services(bot: BotOnSandbox):
    """When it is ready, and while everything is still there at the stop."""
    [timekeeper] = [each.feature for each in bot.core.parts.registered if isinstance(each.feature, Timekeeper)]
    await bot.stop()
    assert timekeeper.clocks == [bot.clock, bot.clock]


class Gives:
    """A plug-in with a clock, or without."""

    def __init__(self, clock: bc.Clock | None) -> None:
        self.clock = clock

    @bc.hookimpl
    def botcore_clock(self) -> bc.Clock | None:
        """Give it."""
        return self.clock


class Fails:
    """A plug-in that cannot."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    @bc.hookimpl
    def botcore_clock(self, environ: dict[str, str]) -> bc.Clock | None:
        """Raise."""
        raise self.error


def test_the_first_plug_in_that_has_a_clock_gives_it():
    """Whoever came last is asked first; those without one, and those that fail, leave it to the next."""
    first, second = bc.ManualClock(), bc.ManualClock()
    plugins = Plugins()
    assert plugins.first("botcore_clock", environ={}) is None
    for number, plugin in enumerate([Gives(second), Gives(first), Gives(None), Fails(RuntimeError("broken"))]):
        plugins.register(plugin, str(number))
    assert plugins.first("botcore_clock", environ={}) is first


def test_what_a_plug_in_says_to_the_operator_is_said():
    """A mistake of theirs ends the start with its sentence, instead of a bot with the wrong time."""
    plugins = Plugins()
    plugins.register(Fails(ConfigurationError("That is no clock.")), "mine")
    with pytest.raises(ConfigurationError, match=r"That is no clock\."):
        plugins.first("botcore_clock", environ={})
