"""Plug-ins: what looks like a hook is one, or is refused with what to write instead."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

import botcore as bc
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
