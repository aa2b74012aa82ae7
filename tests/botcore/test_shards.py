"""A bot of several shards in one process."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import botcore as bc
from botcore.discord.shards import IdentifyGate, Pace, ShardPlan
from botcore.errors import DiscordUnreachable, LoginRefused
from botcore_sandbox import BotOnSandbox, GuildView, Sandbox
from fakes.clocks import TickingClock


class Where(bc.BaseCommand[bc.NoInput]):
    name, description = "where", "Say where this is"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Name the server."""
        return bc.CommandResult.ok(str(ctx.guild_id))


class Place(bc.BaseFeature):
    name = "place"
    commands = (Where,)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Discord that recommends two shards and lets both identify at once."""
    async with Sandbox(clock=TickingClock(), shards=2, max_concurrency=2) as server:
        yield server


def guilds_of_shards(sandbox: Sandbox, count: int) -> list[GuildView]:
    """A server on each shard, the first one first in its own shard."""
    found: dict[int, GuildView] = {(sandbox.guild.id >> 22) % count: sandbox.guild}
    number = 0
    while len(found) < count:
        number += 1
        guild = sandbox.add_guild(f"Guild {number}")
        found.setdefault((guild.id >> 22) % count, guild)
    return [found[shard] for shard in range(count)]


def identified(sandbox: Sandbox) -> list[list[int]]:
    """The shards of every IDENTIFY so far."""
    return sorted(frame.data["shard"] for frame in sandbox.traffic.frames if not frame.sent and frame.op == 2)


@pytest.mark.parametrize("shards", [2, "auto"])
async def test_commands_are_answered_on_every_shard(sandbox: Sandbox, tmp_path: Path, shards: int | str):
    """Each server has its shard; the number is a setting, or what Discord recommends."""
    guilds = guilds_of_shards(sandbox, 2)
    async with BotOnSandbox(sandbox, tmp_path, features=[Place], settings={"discord.shards": shards}) as bot:
        assert identified(sandbox) == [[0, 2], [1, 2]]
        for guild in guilds:
            alice = sandbox.member("alice", guild=guild)
            assert (await alice.slash("where", guild=guild)).text == str(guild.id)
        assert {guild.id for guild in bot.core.parts.connection.client.guilds} >= {guild.id for guild in guilds}


async def test_direct_messages_come_through_shard_0(sandbox: Sandbox, tmp_path: Path):
    """Also when the shard of every server is another."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Place], settings={"discord.shards": 2}):
        await sandbox.faults.drop_gateway(4000, shard=1)
        assert (await sandbox.member("alice").slash("where", dm=True)).text == "None"


async def test_status_shows_the_latency_of_the_slowest_shard(sandbox: Sandbox, tmp_path: Path):
    """Once both have had a heartbeat acknowledged."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Place], settings={"discord.shards": 2}) as bot:
        client = bot.core.parts.connection.client
        slowest = max(shard.latency for shard in client.shards)
        assert bot.core.parts.connection.latency() == slowest
        assert f"{slowest * 1000:.0f} ms" in (await bot.member("alice").slash("status")).text


async def test_a_lost_shard_resumes_and_the_other_does_not_notice(sandbox: Sandbox, tmp_path: Path):
    """What happened meanwhile in the servers of the lost one is answered."""
    guilds = guilds_of_shards(sandbox, 2)
    async with BotOnSandbox(sandbox, tmp_path, features=[Place], settings={"discord.shards": 2}):
        assert await sandbox.faults.drop_gateway(shard=1) == 1
        alice = sandbox.member("alice", guild=guilds[1])
        assert (await alice.slash("where", guild=guilds[1])).text == str(guilds[1].id)
        resumes = [frame.data for frame in sandbox.traffic.frames if not frame.sent and frame.op == 6]
        assert len(resumes) == 1
        assert identified(sandbox) == [[0, 2], [1, 2]]


async def test_one_shard_identifies_without_saying_so(sandbox: Sandbox, tmp_path: Path):
    """As every small bot does, and Discord is not asked for a number."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Place]):
        frames = [frame.data for frame in sandbox.traffic.frames if not frame.sent and frame.op == 2]
        assert [frame.get("shard") for frame in frames] == [None]
        assert not sandbox.traffic.calls_to("GET", "/gateway/bot")


async def test_too_few_session_starts_end_the_start(tmp_path: Path):
    """Going on would make Discord reset the token."""
    async with Sandbox(shards=3, session_starts=2) as sandbox:
        bot = BotOnSandbox(sandbox, tmp_path, features=[Place], settings={"discord.shards": "auto"})
        with pytest.raises(DiscordUnreachable, match="2 more sessions start, too few for 3 shards"):
            await bot.start()


async def test_too_many_servers_for_a_shard_are_explained(tmp_path: Path):
    """Discord closes with 4011; the sentence names the setting."""
    async with Sandbox(most_guilds_a_shard=1) as sandbox:
        sandbox.add_guild("One too many")
        with pytest.raises(LoginRefused, match=r'4011.*"auto"'):
            await BotOnSandbox(sandbox, tmp_path, features=[Place]).start()


async def test_a_bucket_identifies_one_after_the_other():
    """Shards of different buckets at once, those of the same bucket with the pause that Discord asks for."""
    gate = IdentifyGate(2, seconds=0.05)
    loop = asyncio.get_running_loop()
    began = loop.time()
    passed: dict[int, float] = {}

    async def shard(index: int) -> None:
        await gate.wait(index)
        passed[index] = loop.time() - began

    await asyncio.gather(*(shard(index) for index in range(4)))
    assert list(passed) == [0, 1, 2, 3]
    assert min(passed[2], passed[3]) >= 0.05


def test_the_last_shard_is_waited_for():
    """Sixteen shards, one at a time."""
    assert ShardPlan(count=16, concurrency=1).identify_seconds == 75
    assert ShardPlan(count=16, concurrency=16).identify_seconds == 0


def test_attempts_get_rarer():
    """Three at once, then longer and longer, up to half a minute; a quiet minute makes it forget."""
    pace = Pace()
    pauses = [pace.pause(0.0) for _ in range(10)]
    assert pauses[:3] == [0, 0, 0]
    assert 0.5 <= pauses[3] <= 1
    assert 15 <= pauses[9] <= 30
    assert pace.pause(61.0) == 0
