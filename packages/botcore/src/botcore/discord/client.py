"""The nextcord client, with everything turned off that botcore does itself, on any number of shards."""

import asyncio
import math
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any

import aiohttp
import nextcord
from nextcord.state import AutoShardedConnectionState

from botcore.discord.rate_limits import GLOBAL_REQUESTS, Buckets, GlobalLimit
from botcore.discord.requests import Requests
from botcore.discord.shards import IdentifyGate, Shard, ShardPlan
from botcore.log import get_logger

_log = get_logger(__name__)

nextcord.VoiceClient.warn_nacl = False  # nextcord's own switch: a bot without voice need not hear of it

type Parser = Callable[[dict[str, Any]], None]
type CommandFailed = Callable[[nextcord.Interaction[Any], nextcord.ApplicationError], Coroutine[Any, Any, None]]


def intents_named(names: Iterable[str]) -> nextcord.Intents:
    """Discord's intents of these names, with ``guilds``, which every bot needs.

    Raises:
        ValueError: for a name that nextcord does not know.
    """
    intents = nextcord.Intents.none()
    intents.guilds = True
    for name in names:
        if name not in nextcord.Intents.VALID_FLAGS:
            raise ValueError(f"there is no gateway intent {name!r}")
        setattr(intents, name, True)
    return intents


class DiscordClient(nextcord.Client):
    """A client that keeps no messages and no members, syncs no commands and survives malformed events.

    nextcord has a second client for shards with a state of its own. This one has that state and runs the shards
    itself (`botcore.discord.shards`), one as well as many, so everything here is said once.

    Args:
        intents: what to ask the gateway for.
        requests_per_second: what Discord grants the bot on all routes together.
    """

    def __init__(self, intents: nextcord.Intents, requests_per_second: int = GLOBAL_REQUESTS) -> None:
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=nextcord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.1,
            allowed_mentions=nextcord.AllowedMentions.none(),
            lazy_load_commands=False,
            rollout_delete_unknown=False,
            rollout_register_new=False,
            rollout_update_known=False,
            rollout_associate_known=False,
        )
        self.shards: list[Shard] = []
        self._authorization = ""
        self._buckets = Buckets()
        self.global_limit = GlobalLimit(requests_per_second)
        self._is_owner: Callable[[int], bool] = _nobody
        self._on_command_error: CommandFailed | None = None
        self._running: list[asyncio.Task[None]] = []
        self._announced: set[int] = set()
        self._guilds_known = asyncio.Event()
        # nextcord offers no public place to see an event before it parses it, and one malformed event ends its client.
        parsers: dict[str, Parser] = self._connection.parsers
        parsers["READY"] = self._take_ready(parsers["READY"])
        parsers["GUILD_CREATE"] = self._take_guild(parsers["GUILD_CREATE"])
        for event, parse in list(parsers.items()):
            parsers[event] = _guarded(event, parse)

    def _get_state(self, *args: Any, **settings: Any) -> AutoShardedConnectionState:
        """Make the state that takes several READYs; nextcord calls this."""
        return AutoShardedConnectionState(
            dispatch=self.dispatch,
            handlers=self._handlers,
            hooks=self._hooks,
            http=self.http,
            loop=self.loop,
            **settings,
        )

    async def login(self, token: str) -> None:
        """Log in over REST, and have one limit on all requests from then on, nextcord's and ours.

        Raises:
            nextcord.LoginFailure: the token is wrong.
        """
        await super().login(token)
        self._authorization = f"Bot {token.strip()}"
        limits: dict[str | None, Any] = self.http._global_rate_limits  # noqa: SLF001 - there is no public place for it
        limits[self._authorization] = self.global_limit

    def plan(self, plan: ShardPlan) -> None:
        """Say how many shards there are, before `connect`."""
        state: Any = self._connection
        self.shard_count = state.shard_count = plan.count if plan.count > 1 else None
        state.shard_ids = range(plan.count)
        gate = IdentifyGate(plan.concurrency)
        self.shards = [Shard(self, index, gate) for index in range(plan.count)]

    async def connect(self, *, reconnect: bool = True) -> None:
        """Run the shards until one is closed for good.

        Raises:
            nextcord.PrivilegedIntentsRequired, nextcord.ConnectionClosed: as `Shard.run`.
        """
        self._running = [asyncio.create_task(shard.run(), name=f"shard {shard.index}") for shard in self.shards]
        try:
            await asyncio.gather(*self._running)
        finally:
            await self.close_gateway()

    async def until_connected(self) -> None:
        """Wait until Discord has let every shard in."""
        for shard in self.shards:
            await shard.ready.wait()

    async def until_guilds_known(self) -> None:
        """Wait until every server that Discord has announced has come, or no more came for a moment.

        A server that Discord cannot reach stays out for as long as that lasts.
        """
        waiting = [asyncio.create_task(self._guilds_known.wait()), asyncio.create_task(self.wait_until_ready())]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    async def close_gateway(self) -> None:
        """Take no more events; REST goes on."""
        state: Any = self._connection
        if state._ready_task is not None:  # noqa: SLF001 - nextcord would still announce "ready" to listeners
            state._ready_task.cancel()  # noqa: SLF001 - as above
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await asyncio.gather(*(shard.close() for shard in self.shards))

    async def close(self) -> None:
        """Close everything."""
        await self.close_gateway()
        await super().close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The HTTP session of nextcord, once it is logged in; there is no public name for it."""
        session: aiohttp.ClientSession = self.http._HTTPClient__session  # type: ignore[attr-defined]  # noqa: SLF001 - as said above
        return session

    @property
    def requests(self) -> Requests:
        """Requests with the bot's token, once it is logged in."""
        headers = {**self.anonymous, "Authorization": self._authorization}
        return Requests(self.session, headers, self._buckets, self.global_limit)

    @property
    def anonymous(self) -> Mapping[str, str]:
        """The headers of a request without the bot's token: how nextcord names itself to Discord."""
        return {"User-Agent": self.http._user_agent}  # noqa: SLF001 - there is no public name for it

    @property
    def latency(self) -> float:
        """Seconds from a heartbeat to its acknowledgement on the slowest shard; infinite before the first."""
        measured = [shard.latency for shard in self.shards if math.isfinite(shard.latency)]
        return max(measured, default=math.inf)

    async def change_presence(
        self, *, activity: nextcord.BaseActivity | None = None, status: nextcord.Status | None = None
    ) -> None:
        """Change what every shard shows beside the bot's name."""
        shown = "invisible" if status is nextcord.Status.offline else str(status or nextcord.Status.online)
        for shard in self.shards:
            if shard.socket is not None:
                await shard.socket.change_presence(activity=activity, status=shown)

    def _get_websocket(self, guild_id: int | None = None, *, shard_id: int | None = None) -> Any:
        """Find the socket that a server's events come through; nextcord calls this."""
        if shard_id is None:
            shard_id = ((guild_id or 0) >> 22) % len(self.shards)
        return self.shards[shard_id].socket

    def _take_ready(self, parse: Parser) -> Parser:
        """Forget the servers that the shard has left meanwhile, and note that Discord let it in."""

        def take(payload: dict[str, Any]) -> None:
            shard = self.shards[payload["__shard_id__"] or 0]  # nextcord's socket adds it
            announced = {int(guild["id"]) for guild in payload["guilds"]}
            for guild in self.guilds:
                if guild.shard_id == shard.index and guild.id not in announced:
                    self._connection._remove_guild(guild)  # noqa: SLF001 - as nextcord does on GUILD_DELETE
            parse(payload)
            self._announced |= announced
            shard.ready.set()
            if all(shard.ready.is_set() for shard in self.shards):
                state: Any = self._connection
                state.shards_launched.set()
            self._note_guilds()

        return take

    def _take_guild(self, parse: Parser) -> Parser:
        """Note that a server has come."""

        def take(payload: dict[str, Any]) -> None:
            parse(payload)
            self._announced.discard(int(payload["id"]))
            self._note_guilds()

        return take

    def _note_guilds(self) -> None:
        if not self._announced and all(shard.ready.is_set() for shard in self.shards):
            self._guilds_known.set()

    def on_interaction_payload(self, take: Parser) -> None:
        """Hand every INTERACTION_CREATE to ``take`` as Discord sent it, instead of to nextcord's own commands."""
        self._connection.parsers["INTERACTION_CREATE"] = _guarded("INTERACTION_CREATE", take)

    def serve_cogs(self, is_owner: Callable[[int], bool], failed: CommandFailed) -> None:
        """Say who owns the bot, for nextcord's checks, and who is told what a Cog's command raised."""
        self._is_owner = is_owner
        self._on_command_error = failed

    async def is_owner(self, user: nextcord.abc.User) -> bool:
        """Whether this person owns the bot; nextcord's checks call this."""
        return self._is_owner(user.id)

    async def on_application_command_error(
        self, interaction: nextcord.Interaction[Any], exception: nextcord.ApplicationError
    ) -> None:
        """Hand on what a Cog's command raised; nextcord would print it."""
        if self._on_command_error is not None:
            await self._on_command_error(interaction, exception)

    async def on_connect(self) -> None:
        """Sync nothing: nextcord would do it here and swallow what goes wrong."""

    async def on_guild_available(self, guild: nextcord.Guild) -> None:
        """Sync nothing, as `on_connect`."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: `IdentifyGate` has done the waiting, before the socket was opened."""

    async def on_error(self, event_method: str, *args: Any, **kwargs: Any) -> None:
        """Log what an event handler of nextcord's own raised."""
        _log.exception("an event handler failed", event_name=event_method)


def _nobody(_user: int) -> bool:
    return False


def _guarded(event: str, parse: Parser) -> Parser:
    def guarded(payload: dict[str, Any]) -> None:
        try:
            parse(payload)
        except Exception:
            _log.exception("an event from Discord could not be read", event_name=event)

    return guarded
