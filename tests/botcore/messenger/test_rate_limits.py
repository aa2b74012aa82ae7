"""Rate limits as Discord means them: a channel's messages wait for one another, and for nobody else's.

The limits here are counted over a minute, which nobody waits for: what arrives has not waited.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from nextcord.http import Route

import botcore as bc
from botcore.discord.client import DiscordClient
from botcore.discord.messenger import DiscordMessenger
from botcore.discord.rate_limits import Buckets
from botcore_sandbox import BotOnSandbox, RateLimits, Sandbox

HELD_BACK = bc.Refused(429, transient=True)
MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limited:
    """A bot on a sandbox with limits."""

    sandbox: Sandbox
    bot: BotOnSandbox

    @property
    def client(self) -> DiscordClient:
        """The bot's client."""
        return self.bot.core.parts.connection.client

    def messenger(self, patience: float = 30.0) -> bc.Messenger:
        """One with so much patience, in seconds."""
        return DiscordMessenger(self.bot.core.parts.connection, bc.LocalCache(bc.SystemClock()), patience=patience)

    def channels(self, count: int) -> list[int]:
        """New channels."""
        return [self.sandbox.guild.add_channel(f"channel-{number}").id for number in range(count)]

    def said(self, channel_id: int) -> list[str]:
        """What stands in a channel, in order."""
        return [message.content for message in self.sandbox.guild.state.channels[channel_id].messages.values()]

    def answered(self) -> list[int]:
        """The statuses with which requests for new messages were answered."""
        return [call.status for call in self.sandbox.traffic.calls_to("POST", "/messages")]


type Start = Callable[[RateLimits], AbstractAsyncContextManager[Limited]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Start a bot on a sandbox with these limits."""

    @asynccontextmanager
    async def started(limits: RateLimits) -> AsyncIterator[Limited]:
        async with Sandbox(rate_limits=limits) as sandbox, BotOnSandbox(sandbox, tmp_path, features=[]) as bot:
            yield Limited(sandbox, bot)

    return started


async def test_channels_do_not_share_a_limit(start: Start) -> None:
    """Two messages to each of twenty channels, with two a minute: none waits, and a channel's keep their order."""
    async with start(RateLimits(requests=2, seconds=MINUTE)) as limited:
        messenger, channels = limited.messenger(), limited.channels(20)
        answers = await asyncio.gather(
            *(messenger.send(channels[number % 20], bc.Message(content=str(number))) for number in range(40))
        )
        assert all(isinstance(answer, bc.Sent) for answer in answers)
        assert [limited.said(channel) for channel in channels] == [[str(n), str(n + 20)] for n in range(20)]
        assert limited.answered() == [200] * 40


async def test_a_channel_keeps_to_its_limit(start: Start) -> None:
    """What would be too much is not even sent, and the answer says that it may be tried again."""
    async with start(RateLimits(requests=2, seconds=MINUTE)) as limited:
        hasty, [crowded, free] = limited.messenger(patience=0.4), limited.channels(2)
        answers = await asyncio.gather(*(hasty.send(crowded, bc.Message(content=str(number))) for number in range(4)))
        assert answers[2:] == [HELD_BACK, HELD_BACK]
        assert limited.said(crowded) == ["0", "1"]
        assert isinstance(await hasty.send(free, bc.Message(content="hello")), bc.Sent)
        assert limited.answered() == [200] * 3


async def test_a_limit_that_is_over_soon_is_waited_for(start: Start) -> None:
    """All messages arrive, each once, in order, and Discord has to refuse none."""
    async with start(RateLimits(requests=4, seconds=0.2)) as limited:
        messenger, [channel] = limited.messenger(), limited.channels(1)
        await asyncio.gather(*(messenger.send(channel, bc.Message(content=str(number))) for number in range(20)))
        assert limited.said(channel) == [str(number) for number in range(20)]
        assert limited.answered() == [200] * 20


async def test_the_bot_keeps_to_the_limit_on_everything(start: Start) -> None:
    """More channels than there are requests in a second: all of it arrives, each once, and none is refused."""
    async with start(RateLimits(requests=5, seconds=MINUTE, global_requests=50)) as limited:
        messenger, channels = limited.messenger(), limited.channels(130)
        await asyncio.gather(*(messenger.send(channel, bc.Message(content="hello")) for channel in channels))
        assert [limited.said(channel) for channel in channels] == [["hello"]] * 130
        assert limited.answered() == [200] * 130


async def test_an_operator_says_what_discord_grants(sandbox: Sandbox, tmp_path: Path) -> None:
    """With three a second a fourth message is held back for who cannot wait; without the setting it is not."""
    settings: dict[str, object] = {"discord.requests_per_second": 3}
    async with BotOnSandbox(sandbox, tmp_path, features=[], settings=settings) as bot:
        few = Limited(sandbox, bot)
        await asyncio.sleep(1.1)  # what the start has used comes free
        hasty = few.messenger(patience=0.3)
        answers = await asyncio.gather(
            *(hasty.send(channel, bc.Message(content="hello")) for channel in few.channels(4))
        )
    assert [isinstance(answer, bc.Sent) for answer in answers] == [True, True, True, False]
    assert answers[3] == HELD_BACK


async def test_a_refusal_for_everything_holds_every_channel_back(start: Start) -> None:
    """And nextcord as well."""
    async with start(RateLimits()) as limited:
        hasty, [told, other] = limited.messenger(patience=0.4), limited.channels(2)
        limited.sandbox.faults.rate_limit("POST", f"/channels/{told}/messages", scope="global", seconds=50)
        limited.sandbox.traffic.clear()
        for channel in (told, other):
            assert await hasty.send(channel, bc.Message(content="hello")) == HELD_BACK
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.4):
                await limited.client.http.request(Route("GET", "/users/@me"))
        assert not limited.sandbox.traffic.calls


async def test_a_refusal_for_everything_that_nextcord_gets(start: Start) -> None:
    """Holds back what we send, and nextcord too, which then gets its answer."""
    async with start(RateLimits()) as limited:
        hasty, [channel] = limited.messenger(patience=0.4), limited.channels(1)
        limited.sandbox.faults.rate_limit("GET", "/users/@me", scope="global", seconds=2)
        limited.sandbox.traffic.clear()
        asking = asyncio.create_task(limited.client.http.request(Route("GET", "/users/@me")))
        async with asyncio.timeout(30):
            while not limited.client.global_limit.locked:  # noqa: ASYNC110 - nobody else is told when
                await asyncio.sleep(0.001)
        assert await hasty.send(channel, bc.Message(content="hello")) == HELD_BACK
        assert not limited.sandbox.traffic.calls
        assert (await asking)["bot"] is True


async def test_a_refusal_for_one_channel_holds_no_other_back(start: Start) -> None:
    """A limit of the resource is the channel's own affair."""
    async with start(RateLimits()) as limited:
        hasty, [busy, free] = limited.messenger(patience=0.4), limited.channels(2)
        limited.sandbox.faults.rate_limit("POST", f"/channels/{busy}/messages", scope="shared", seconds=50)
        assert await hasty.send(busy, bc.Message(content="hello")) == HELD_BACK
        assert isinstance(await hasty.send(free, bc.Message(content="hello")), bc.Sent)
        assert await hasty.send(busy, bc.Message(content="hello")) == HELD_BACK
        assert limited.answered() == [200]


async def test_routes_share_a_bucket_where_discord_says_so() -> None:
    """By its name, and only for the same channel."""

    def route(method: str, channel: int) -> Route:
        return Route(method, "/channels/{channel_id}/messages", channel_id=channel)

    buckets = Buckets()
    spent = {"X-RateLimit-Bucket": "a", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "50"}
    for method, headers in (("POST", spent), ("PUT", {"X-RateLimit-Bucket": "a"}), ("GET", {})):
        buckets.note(route(method, 1), buckets.of(route(method, 1)), headers)
    waiting = {
        (method, channel): buckets.of(route(method, channel)).seconds > 0
        for method in ("POST", "PUT", "GET")
        for channel in (1, 2)
    }
    assert [place for place, waits in waiting.items() if waits] == [("POST", 1), ("PUT", 1)]
