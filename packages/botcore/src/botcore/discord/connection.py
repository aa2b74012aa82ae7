"""The connection: log in, open the gateway, and close in the order that lets work in flight finish."""

import asyncio
import contextlib
import math
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Any, Literal

import nextcord
from nextcord.http import Route

from botcore.commands import BaseListener, Interaction, Payload
from botcore.discord.client import DiscordClient, intents_named
from botcore.discord.cogs import Cogs
from botcore.discord.interactions import Interactions
from botcore.discord.listening import guarded
from botcore.discord.login import Application, log_in
from botcore.discord.rate_limits import GLOBAL_REQUESTS
from botcore.discord.shards import plan_shards
from botcore.discord.sync import sync_commands
from botcore.errors import DiscordUnreachable, LoginRefused
from botcore.log import get_logger

_log = get_logger(__name__)

HELLO_SECONDS = 15.0
GUILDS_SECONDS = 40.0

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_ADVICE = {
    4004: "; the token no longer works, copy it anew from Discord's developer portal",
    4010: '; it does not take this number of shards, set `shards` under [discord] to "auto"',
    4011: '; the bot is in too many servers for so few shards, set `shards` under [discord] to "auto"',
}


class Connection:
    """One bot's connection to Discord, or to whatever speaks its API.

    Args:
        route: runs one interaction to its end.
        cogs: the nextcord Cogs that live on the client.
        requests_per_second: what Discord grants the bot on all routes together.
    """

    def __init__(
        self,
        route: Callable[[Interaction], Coroutine[Any, Any, None]],
        cogs: Cogs,
        requests_per_second: int = GLOBAL_REQUESTS,
    ) -> None:
        self._route = route
        self._cogs = cogs
        self._requests_per_second = requests_per_second
        self._logged_in = asyncio.Event()
        self._client: DiscordClient | None = None
        self._in_flight: set[asyncio.Task[Any]] = set()
        self._gateway: asyncio.Task[None] | None = None
        self._listeners: list[BaseListener] = []
        self._application_id = 0

    @property
    def client(self) -> DiscordClient:
        """The nextcord client.

        Raises:
            RuntimeError: before `log_in`.
        """
        if self._client is None:
            raise RuntimeError("The bot is not connected yet: use Discord from commands, listeners or after the start.")
        return self._client

    async def log_in(self, api_url: str, token: str, intents: Iterable[str], privileged: Iterable[str]) -> Application:
        """Make the client, check the token, and learn who the application and its owners are.

        Args:
            api_url: the REST base, ending in ``/api/v10``.
            token: the bot's token.
            intents: the gateway intents to ask for, by nextcord's names.
            privileged: those to ask for where the application may use them; what is missing is logged.

        Raises:
            LoginRefused: if the token is wrong.
            DiscordUnreachable: if nothing that speaks Discord's API answers in time.
        """
        Route.BASE = api_url  # nextcord reads this class attribute at every request: one API for a process
        wanted = {*intents, *privileged}
        application = await log_in(self._make_client(wanted), token)
        missing = application.missing(privileged)
        if missing:
            _log.warning("switch on these intents in Discord's developer portal to have all of it", missing=missing)
            await self.client.close()
            application = await log_in(self._make_client(wanted - set(missing)), token)
        self._application_id = application.id
        self._logged_in.set()
        return application

    async def until_logged_in(self) -> None:
        """Wait until there is a client for good."""
        await self._logged_in.wait()

    def _make_client(self, intents: Iterable[str]) -> DiscordClient:
        self._client = client = DiscordClient(intents_named(intents), self._requests_per_second)
        client.on_interaction_payload(partial(self._take, Interactions(client)))
        for listener in self._listeners:
            heard = guarded(listener.handle, type(listener).__name__, listener.event, self._in_flight)
            client.add_listener(heard, f"on_{listener.event}")
        self._cogs.attach(client, self._in_flight)
        return client

    async def open(self, shards: int | Literal["auto"] = 1) -> None:
        """Open the gateway and wait until the servers are known.

        Args:
            shards: how many shards to run, or ``"auto"`` for as many as Discord recommends.

        Raises:
            DiscordUnreachable: if the gateway does not answer in time.
            LoginRefused: if the gateway refuses the token, an intent or the number of shards.
        """
        client = self.client
        plan = await plan_shards(client, shards)
        client.plan(plan)
        if plan.count > 1:
            _log.info("connecting", shards=plan.count, at_once=plan.concurrency)
        self._gateway = asyncio.create_task(client.connect(), name="discord gateway")
        seconds = HELLO_SECONDS + plan.identify_seconds
        if not await self._came_first(client.until_connected(), seconds):
            trouble = next((shard.trouble for shard in client.shards if shard.trouble), "")
            raise DiscordUnreachable(
                f"The gateway of {Route.BASE} did not let the bot in within {seconds:.0f} s"
                f"{f' ({trouble})' if trouble else ''}; check the network, or try again later."
            )
        if not await self._came_first(client.until_guilds_known(), GUILDS_SECONDS):
            _log.warning("not every server was announced in time; the bot goes on", seconds=GUILDS_SECONDS)

    async def _came_first(self, wanted: Coroutine[Any, Any, Any], seconds: float) -> bool:
        """Whether something came within the time, before the gateway closed for good."""
        if self._gateway is None:
            raise RuntimeError("the gateway was never opened")
        waiting = asyncio.create_task(wanted)
        try:
            await asyncio.wait({self._gateway, waiting}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if self._gateway.done():
                await self.lost()
            return waiting.done()
        finally:
            waiting.cancel()

    async def lost(self) -> None:
        """Wait for the gateway to end for good, and say why.

        Raises:
            LoginRefused, DiscordUnreachable: always, once it has ended by itself.
        """
        if self._gateway is None:
            raise RuntimeError("the gateway was never opened")
        try:
            await asyncio.shield(self._gateway)
        except nextcord.PrivilegedIntentsRequired:
            raise LoginRefused(
                "Discord refused an intent: switch on the privileged intents that your features use on the Bot page of "
                "your application in Discord's developer portal."
            ) from None
        except nextcord.ConnectionClosed as error:
            raise LoginRefused(
                f"Discord closed the gateway for good with the code {error.code}{_ADVICE.get(error.code, '')}."
            ) from error
        raise DiscordUnreachable("The gateway closed without a reason.")

    async def sync_commands(self, catalogue: Sequence[Payload]) -> bool:
        """Make Discord's commands those of the catalogue, and say whether anything had to be written.

        Raises:
            CatalogueRefused: as `botcore.discord.sync.sync_commands`.
        """
        synced = await sync_commands(self.client, self._application_id, catalogue)
        self._cogs.associate(synced.commands)
        return synced.written

    def listen(self, listener: BaseListener) -> None:
        """Hand every event of a listener's kind to it, from the connection on."""
        self._listeners.append(listener)

    def latency(self) -> float | None:
        """Seconds from the last heartbeat to its acknowledgement on the slowest shard; ``None`` before the first."""
        seconds = math.nan if self._client is None else self._client.latency
        return seconds if math.isfinite(seconds) else None

    async def close_gateway(self) -> None:
        """Take no more events; REST goes on."""
        if self._gateway is not None:
            self._gateway.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await self._gateway

    async def finish_work(self, seconds: float) -> int:
        """Let the interactions and listeners in flight finish, and cancel those that do not in time.

        Returns:
            How many had to be cancelled.
        """
        if not self._in_flight:
            return 0
        _done, late = await asyncio.wait(self._in_flight, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    async def close_rest(self) -> None:
        """Close what is left of the client."""
        if self._client is not None:
            await self._client.close()

    def _take(self, interactions: Interactions, payload: dict[str, Any]) -> None:
        interaction = interactions.read(payload)
        task = asyncio.get_running_loop().create_task(self._route(interaction))
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)
