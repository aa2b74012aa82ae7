"""A real bot while its gateway fails: it hears everything, once, and comes back by itself."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import nextcord
import pytest

import botcore as bc
from botcore.errors import LoginRefused
from botcore_sandbox import BotOnSandbox, Sandbox

#: Long enough for a busy machine, short enough for the three seconds of an interaction.
HEARTBEAT_MS = 600


class Ping(bc.BaseCommand[bc.NoInput]):
    name, description = "ping", "Answer"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Answer."""
        return bc.CommandResult.ok("pong")


class Heard(bc.BaseListener):
    event = "message"
    texts: asyncio.Queue[str] = asyncio.Queue()

    async def handle(self, *args: Any) -> None:
        """Note what was said."""
        message: nextcord.Message = args[0]
        if not message.author.bot:
            self.texts.put_nowait(message.content)


class Listening(bc.BaseFeature):
    name = "listening"
    intents = ("guild_messages",)
    privileged_intents = ("message_content",)
    commands = (Ping,)
    listeners = (Heard,)


@pytest.fixture
async def bot(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[BotOnSandbox]:
    async with BotOnSandbox(sandbox, tmp_path, features=[Listening]) as running:
        yield running


def greetings(sandbox: Sandbox) -> list[int]:
    """How the bot introduced itself so far: 2 is IDENTIFY, 6 is RESUME."""
    return [frame.op for frame in sandbox.traffic.frames if not frame.sent and frame.op in {2, 6}]


async def heard(count: int) -> list[str]:
    """What the bot heard next."""
    return [await asyncio.wait_for(Heard.texts.get(), 10) for _ in range(count)]


@pytest.mark.parametrize("code", [None, 1000, 1001, 1011, 4000, 4001, 4002, 4003, 4005, 4008, 4009])
async def test_a_lost_connection_is_resumed(bot: BotOnSandbox, code: int | None):
    """Without a word, or with any code that is not final: what was said meanwhile is heard, in order and once."""
    alice = bot.member("alice")
    await bot.sandbox.faults.drop_gateway(code)
    said = [f"message {number}" for number in range(20)]
    for text in said:
        alice.say(text)
    assert (await alice.slash("ping")).text == "pong"
    assert await heard(20) == said
    assert greetings(bot.sandbox) == [2, 6]


async def test_lost_again_and_again_it_misses_nothing(bot: BotOnSandbox):
    """Also where the connection that resumes is lost in its turn."""
    alice = bot.member("alice")
    for number in range(4):
        await bot.sandbox.faults.drop_gateway()
        alice.say(f"message {number}")
        await bot.sandbox.bot_ready()
    assert await heard(4) == [f"message {number}" for number in range(4)]
    assert 2 not in greetings(bot.sandbox)[1:]
    assert Heard.texts.empty()


async def test_a_request_to_reconnect_is_followed(bot: BotOnSandbox):
    """Opcode 7: the bot connects anew and resumes."""
    bot.sandbox.faults.reconnect()
    alice = bot.member("alice")
    alice.say("meanwhile")
    assert await heard(1) == ["meanwhile"]
    assert (await alice.slash("ping")).text == "pong"
    await bot.sandbox.bot_ready()
    assert greetings(bot.sandbox) == [2, 6]


async def test_an_invalid_session_that_may_be_resumed_is_resumed(bot: BotOnSandbox):
    """Opcode 9 with true."""
    bot.sandbox.faults.invalid_session(resumable=True)
    assert (await bot.member("alice").slash("ping")).text == "pong"
    assert greetings(bot.sandbox) == [2, 6]


async def test_an_invalid_session_is_started_anew(bot: BotOnSandbox):
    """Opcode 9 with false: a new session, five seconds after the last identify, as Discord asks."""
    elsewhere = bot.sandbox.add_guild("Elsewhere")
    bot.sandbox.faults.invalid_session(resumable=False)
    del bot.sandbox.world.guilds[elsewhere.id]  # the bot is thrown out of it while it does not listen
    await bot.sandbox.bot_ready()
    assert (await bot.member("alice").slash("ping")).text == "pong"
    assert greetings(bot.sandbox) == [2, 2]
    assert elsewhere.id not in {guild.id for guild in bot.core.parts.connection.client.guilds}


async def test_an_invalid_sequence_starts_a_new_session(bot: BotOnSandbox):
    """4007 says that what would be resumed is of no use; starting anew needs REST, which may be down just then."""
    bot.sandbox.faults.refuse("GET", "/gateway", status=503)
    bot.sandbox.faults.drop_rest("GET", "/gateway", taken=False)
    await bot.sandbox.faults.drop_gateway(4007)
    await bot.sandbox.bot_gone()
    await bot.sandbox.bot_ready()
    assert (await bot.member("alice").slash("ping")).text == "pong"
    assert greetings(bot.sandbox) == [2, 2]
    assert len(bot.sandbox.faults) == 0


async def test_a_half_open_connection_is_noticed(tmp_path: Path):
    """Nothing comes for one and a half heartbeats: the bot lets go and resumes, in time to answer."""
    async with (
        Sandbox(heartbeat_interval_ms=HEARTBEAT_MS) as sandbox,
        BotOnSandbox(sandbox, tmp_path, features=[Listening]) as bot,
    ):
        alice = bot.member("alice")
        assert sandbox.faults.half_open() == 1
        alice.say("into the void")
        assert (await alice.slash("ping")).text == "pong"
        assert await heard(1) == ["into the void"]
        assert greetings(sandbox) == [2, 6]


async def test_a_bot_on_a_half_open_connection_stops(sandbox: Sandbox, tmp_path: Path):
    """Nobody answers its goodbye, and it does not wait for that."""
    bot = BotOnSandbox(sandbox, tmp_path, features=[Listening])
    await bot.start()
    sandbox.faults.half_open()
    async with asyncio.timeout(8):
        await bot.stop()


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_a_final_close_is_explained(sandbox: Sandbox, tmp_path: Path, code: int):
    """Trying again would not help, so the bot ends with a sentence."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Listening]) as bot:
        await sandbox.faults.drop_gateway(code)
        with pytest.raises(LoginRefused, match=r"intent" if code == 4014 else str(code)):
            await asyncio.wait_for(bot.core.until_stopped(), 10)


async def test_garbage_on_the_socket_is_survived(bot: BotOnSandbox, caplog: pytest.LogCaptureFixture):
    """A frame without what every frame has; the session is resumed on a new socket."""
    bot.sandbox.gateway.send_frame({"op": 11, "d": None, "s": None, "t": None, "then": "?"})
    bot.sandbox.gateway.send_frame({"op": 0, "t": "MESSAGE_CREATE", "s": None, "d": []})
    bot.sandbox.gateway.send_frame({"op": 10, "d": None, "s": None, "t": None})
    assert (await bot.member("alice").slash("ping")).text == "pong"
    assert "cannot be read" in caplog.text
