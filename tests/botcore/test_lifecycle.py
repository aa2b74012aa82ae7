"""Both life-cycle sequences, and what happens when a step fails."""

from pathlib import Path

import pytest

from botcore import BaseFeature, BotCore, BotOptions, ServiceContainer
from botcore.errors import LoginRefused
from botcore_sandbox import BotOnSandbox, Sandbox


class Witness(BaseFeature):
    """Notes when it is started and stopped."""

    name = "witness"
    seen: list[str] = []  # noqa: RUF012 - one list for the class is the point: the bot makes the object

    async def start(self, services: ServiceContainer) -> None:
        """Note the start."""
        self.seen.append("start")

    async def stop(self) -> None:
        """Note the stop, and fail."""
        self.seen.append("stop")
        raise RuntimeError("will not stop")


async def test_the_steps_of_a_start_and_a_stop(sandbox: Sandbox, tmp_path: Path):
    """In this order, each exactly once; a feature that fails to stop does not keep the rest from stopping."""
    Witness.seen.clear()
    async with BotOnSandbox(sandbox, tmp_path, features=[Witness]) as bot:
        assert Witness.seen == ["start"]
    assert Witness.seen == ["start", "stop"]
    assert bot.core.history == [
        "start configuration",
        "start container",
        "start discovery",
        "start database",
        "start migrations",
        "start features",
        "start commands",
        "start listeners",
        "start connection",
        "start command sync",
        "start timers",
        "stop gateway",
        "stop work in flight",
        "stop timers",
        "stop features",
        "stop services",
        "stop database",
        "stop rest",
    ]
    await sandbox.bot_gone()


async def test_a_start_that_fails_is_undone(sandbox: Sandbox, tmp_path: Path):
    """What was begun is stopped, and the error is the operator's sentence."""
    Witness.seen.clear()
    environ = {
        "BOTCORE_DISCORD__TOKEN": "wrong",
        "BOTCORE_DISCORD__API_URL": sandbox.api_url,
        "BOTCORE_DATABASE__URL": f"sqlite:///{tmp_path / 'bot.db'}",
    }
    bot = BotCore(BotOptions(environ=environ, features=[Witness], configure_log=False))
    with pytest.raises(LoginRefused, match="Discord refused the token"):
        await bot.start()
    assert Witness.seen == ["start", "stop"]
    assert bot.history[-1] == "stop rest"
