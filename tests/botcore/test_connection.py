"""The connection: what is asked of Discord, and what comes of an answer of no."""

from pathlib import Path

import nextcord
import pytest

from botcore import BaseFeature
from botcore.features.intents import INTENTS
from botcore_sandbox import BotOnSandbox, Sandbox


class Curious(BaseFeature):
    name = "curious"
    intents = ("guild_messages",)
    privileged_intents = ("members", "message_content")


def identified(sandbox: Sandbox) -> set[str]:
    """The intents of the last IDENTIFY, by nextcord's names."""
    frames = [frame.data for frame in sandbox.traffic.frames if not frame.sent and frame.op == 2]
    intents = nextcord.Intents.none()
    intents.value = frames[-1]["intents"]
    return {name for name, wanted in intents if wanted}


def test_the_names_of_intents_are_nextcords():
    """A new one is noticed here."""
    assert set(nextcord.Intents.VALID_FLAGS) == INTENTS


async def test_the_bot_asks_for_the_union_of_intents(sandbox: Sandbox, tmp_path: Path):
    """What the features need and what they use where they may, and nothing more."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Curious]):
        asked = identified(sandbox)
    assert asked == {"guilds", "guild_messages", "members", "message_content"}


async def test_a_privileged_intent_that_is_off_is_gone_without(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """Discord would close the gateway for good; the bot says what to switch on and runs."""
    async with Sandbox(privileged_intents=False) as sandbox, BotOnSandbox(sandbox, tmp_path, features=[Curious]) as bot:
        asked = identified(sandbox)
        assert "Status" in (await bot.member("alice").slash("status")).text
    assert asked == {"guilds", "guild_messages"}
    assert "switch on these intents" in caplog.text


async def test_a_dropped_gateway_is_resumed(sandbox: Sandbox, tmp_path: Path):
    """The next command is answered, and nothing is identified anew."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Curious]) as bot:
        await sandbox.drop_connections()
        reply = await bot.member("alice").slash("status")
        assert "Status" in reply.text
        assert [frame.op for frame in sandbox.traffic.frames if not frame.sent and frame.op in {2, 6}] == [2, 6]
