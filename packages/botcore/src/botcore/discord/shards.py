"""Shards: how many there are, when each may identify, and how each stays connected whatever the network does.

A bot of one shard runs through the same code as one of many, so there is one behaviour to test. It differs from
nextcord's two clients in what a lost connection costs: a session is resumed for as long as Discord offers it, on
every platform and with any number of shards, so that no event is missed; one shard's trouble delays no other; and
nothing is tried again in a hot loop.
"""

import asyncio
import random
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import aiohttp
import nextcord
from nextcord.gateway import ReconnectWebSocket
from nextcord.http import Route

from botcore.discord.socket import GatewaySession, GatewaySocket
from botcore.errors import DiscordUnreachable
from botcore.log import get_logger

if TYPE_CHECKING:
    from botcore.discord.client import DiscordClient

_log = get_logger(__name__)

CONNECT_SECONDS: Final = 30.0

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_FINAL_CODES: Final = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
_INVALID_SEQUENCE: Final = 4007
_DISALLOWED_INTENTS: Final = 4014

# https://discord.com/developers/docs/events/gateway#rate-limiting: one identify of each bucket in five seconds
IDENTIFY_SECONDS: Final = 5.0

_FREE_ATTEMPTS: Final = 3
_ATTEMPTS_WINDOW: Final = 60.0
_LONGEST_PAUSE: Final = 30.0

_TROUBLE = (
    OSError,
    TimeoutError,
    aiohttp.ClientError,
    nextcord.HTTPException,
    nextcord.GatewayNotFound,
    nextcord.ConnectionClosed,
)


@dataclass(frozen=True, slots=True)
class ShardPlan:
    """How a bot is split.

    Args:
        count: how many shards it has.
        concurrency: how many of them may identify at once.
    """

    count: int = 1
    concurrency: int = 1

    @property
    def identify_seconds(self) -> float:
        """How long it takes until the last shard may identify."""
        return (self.count - 1) // self.concurrency * IDENTIFY_SECONDS


async def plan_shards(client: "DiscordClient", wanted: int | Literal["auto"]) -> ShardPlan:
    """Decide on the shards; a bot of one asks nobody.

    Args:
        client: a client that is logged in.
        wanted: a number, or ``"auto"`` for as many as Discord recommends.

    Raises:
        DiscordUnreachable: if Discord does not say, or lets no session start today.
    """
    if wanted == 1:
        return ShardPlan()
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            answer = await client.http.request(Route("GET", "/gateway/bot"))
        limit = answer["session_start_limit"]
        recommended, concurrency = int(answer["shards"]), int(limit["max_concurrency"])
        remaining, reset_after = int(limit["remaining"]), float(limit["reset_after"])
    except (*_TROUBLE, KeyError, TypeError, ValueError) as error:
        raise DiscordUnreachable(
            f"Discord did not say how many shards to use ({type(error).__name__}); try again later, or set a number "
            "as `shards` under [discord]."
        ) from error
    count = recommended if wanted == "auto" else wanted
    if remaining < count:
        raise DiscordUnreachable(
            f"Discord lets {remaining} more sessions start, too few for {count} shards; start again in "
            f"{reset_after / 3_600_000:.1f} hours. Something started the bot very often today."
        )
    return ShardPlan(max(1, count), max(1, concurrency))


class IdentifyGate:
    """Lets shards identify as often as Discord allows: one of each bucket ``shard % concurrency`` at a time.

    Args:
        concurrency: how many buckets there are.
        seconds: how long a bucket waits between two.
    """

    def __init__(self, concurrency: int, seconds: float = IDENTIFY_SECONDS) -> None:
        self._concurrency = concurrency
        self._seconds = seconds
        self._next: dict[int, float] = {}

    async def wait(self, shard: int) -> None:
        """Wait for this shard's turn."""
        now = asyncio.get_running_loop().time()
        bucket = shard % self._concurrency
        turn = max(now, self._next.get(bucket, now))
        self._next[bucket] = turn + self._seconds
        if turn > now:
            await asyncio.sleep(turn - now)


class Pace:
    """How long to pause before the next attempt: not at all at first, then longer and longer, with some jitter.

    It counts the attempts of the last minute, so it slows down connections that fail as well as those that are
    closed again and again.
    """

    def __init__(self) -> None:
        self._attempts: deque[float] = deque()

    def pause(self, now: float) -> float:
        """Count an attempt at ``now`` (seconds on any steady clock), and return how many seconds it has to wait."""
        while self._attempts and self._attempts[0] < now - _ATTEMPTS_WINDOW:
            self._attempts.popleft()
        late = len(self._attempts) - _FREE_ATTEMPTS
        self._attempts.append(now)
        if late < 0:
            return 0.0
        return min(2.0**late, _LONGEST_PAUSE) * random.uniform(0.5, 1.0)  # noqa: S311 - keeps bots apart, guards nothing


class Shard:
    """One shard's connection, from the first identify to the end of the bot.

    Args:
        client: the client that it serves.
        index: which one it is.
        gate: when it may identify.
    """

    def __init__(self, client: "DiscordClient", index: int, gate: IdentifyGate) -> None:
        self.index = index
        self.socket: GatewaySocket | None = None
        self.ready = asyncio.Event()
        """Set once Discord has let this shard in for the first time."""
        self.trouble = ""
        """Why it is not connected, in a word; for whoever gives up waiting."""
        self._client = client
        self._gate = gate
        self._session: GatewaySession | None = None
        self._pace = Pace()
        self._burying: set[asyncio.Task[None]] = set()

    @property
    def latency(self) -> float:
        """Seconds from a heartbeat to its acknowledgement; infinite before the first one."""
        return float("inf") if self.socket is None else self.socket.latency

    async def run(self) -> None:
        """Connect, and connect again, until Discord says that there is no use in it.

        Raises:
            nextcord.PrivilegedIntentsRequired, nextcord.ConnectionClosed: Discord closed for good.
        """
        while True:
            await asyncio.sleep(self._pace.pause(asyncio.get_running_loop().time()))
            try:
                await self._connect()
                await self._listen()
            except ReconnectWebSocket as again:
                self._remember(lost=not again.resume)
                _log.info("the gateway is connected anew", shard=self.index, resume=self._session is not None)
            except _TROUBLE as error:
                self._remember()
                self._raise_if_final(error)
                self.trouble = " ".join(str(error).split()) or type(error).__name__
                _log.warning("the gateway was lost; trying again", shard=self.index, reason=self.trouble)
            except Exception:
                self._remember()
                _log.exception("the gateway sent what cannot be read; connecting anew", shard=self.index)

    async def close(self) -> None:
        """End the session for good."""
        socket, self.socket = self.socket, None
        if socket is not None:
            await socket.end(1000)
        await asyncio.gather(*self._burying, return_exceptions=True)

    async def _connect(self) -> None:
        session = self._session
        http = self._client.http
        if session is None:
            async with asyncio.timeout(CONNECT_SECONDS):
                url = await http.get_gateway()
            await self._gate.wait(self.index)
        else:
            url = http.format_websocket_url(session.url)
        async with asyncio.timeout(CONNECT_SECONDS):
            raw = await http.ws_connect(url)
            shard_id = self.index if self._client.shard_count is not None else None
            self.socket = GatewaySocket(raw, self._client, shard_id, session)
            await self.socket.greet(resume=session is not None)

    async def _listen(self) -> None:
        socket = self.socket
        while socket is not None:
            await socket.poll_event()

    def _remember(self, *, lost: bool = False) -> None:
        """Keep what is needed to resume, unless Discord will not have it, and let go of the socket."""
        socket, self.socket = self.socket, None
        if socket is None:
            return
        self._session = None if lost or socket.close_code == _INVALID_SEQUENCE else socket.session
        task = asyncio.get_running_loop().create_task(socket.end())
        self._burying.add(task)
        task.add_done_callback(self._burying.discard)

    def _raise_if_final(self, error: Exception) -> None:
        if isinstance(error, nextcord.ConnectionClosed) and error.code in _FINAL_CODES:
            if error.code == _DISALLOWED_INTENTS:
                raise nextcord.PrivilegedIntentsRequired(self.index) from None
            raise error
