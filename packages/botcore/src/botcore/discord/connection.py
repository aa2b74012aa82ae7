"""The connection: log in, open the gateway, and close in the order that lets work in flight finish."""

import asyncio
import contextlib
import math
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Any

import aiohttp
import nextcord
from nextcord.http import Route

from botcore.commands import BaseListener, Interaction, Payload
from botcore.discord.client import DiscordClient, intents_named
from botcore.discord.interactions import Interactions
from botcore.discord.listening import guarded
from botcore.discord.sync import sync_commands
from botcore.errors import DiscordUnreachable, LoginRefused
from botcore.log import get_logger

_log = get_logger(__name__)

LOGIN_SECONDS = 15.0
READY_SECONDS = 25.0


class Connection:
    """One bot's connection to Discord, or to whatever speaks its API.

    Args:
        route: runs one interaction to its end.
    """

    def __init__(self, route: Callable[[Interaction], Coroutine[Any, Any, None]]) -> None:
        self._route = route
        self._client: DiscordClient | None = None
        self._in_flight: set[asyncio.Task[Any]] = set()
        self._gateway: asyncio.Task[None] | None = None
        self._listeners: list[BaseListener] = []
        self.application_id = 0
        self.owners: frozenset[int] = frozenset()

    @property
    def client(self) -> DiscordClient:
        """The nextcord client.

        Raises:
            RuntimeError: before `log_in`.
        """
        if self._client is None:
            raise RuntimeError("The bot is not connected yet: use Discord from commands, listeners or after the start.")
        return self._client

    async def log_in(self, api_url: str, token: str, intents: Iterable[str]) -> None:
        """Make the client, check the token, and learn who the application and its owners are.

        Args:
            api_url: the REST base, ending in ``/api/v10``.
            token: the bot's token.
            intents: nextcord's names of the gateway intents to ask for.

        Raises:
            LoginRefused: if the token is wrong.
            DiscordUnreachable: if nothing that speaks Discord's API answers in time.
        """
        Route.BASE = api_url  # nextcord reads this class attribute at every request: one API for a process
        self._client = client = DiscordClient(intents_named(intents))
        client.on_interaction_payload(partial(self._take, Interactions(client)))
        for listener in self._listeners:
            client.add_listener(guarded(listener, self._in_flight), f"on_{listener.event}")
        try:
            async with asyncio.timeout(LOGIN_SECONDS):
                await client.login(token)
                info = await client.application_info()
        except nextcord.LoginFailure:
            raise LoginRefused(
                "Discord refused the token; copy it anew from the Bot page of your application in Discord's developer "
                "portal, and set it as BOTCORE_DISCORD__TOKEN or as `token` under [discord]."
            ) from None
        except nextcord.HTTPException as error:
            raise DiscordUnreachable(
                f"{Route.BASE} answered the login with {error.status}; check discord.api_url, or try again later."
            ) from error
        except (OSError, aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError) as error:
            raise DiscordUnreachable(
                f"Nothing at {Route.BASE} answers as Discord does ({_brief(error)}); check discord.api_url and the "
                "network."
            ) from error
        self.application_id = info.id
        members = info.team.members if info.team else ()
        self.owners = frozenset([member.id for member in members] or [info.owner.id])

    async def open(self) -> None:
        """Open the gateway and wait until the servers are known.

        Raises:
            DiscordUnreachable: if that does not happen in time.
            LoginRefused: if the gateway refuses the token or an intent.
        """
        self._gateway = asyncio.create_task(self.client.connect(), name="discord gateway")
        ready = asyncio.create_task(self.client.wait_until_ready())
        try:
            done, _pending = await asyncio.wait(
                {self._gateway, ready}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            ready.cancel()
        if self._gateway in done:
            await self.lost()
        if not done:
            raise DiscordUnreachable(
                f"The gateway of {Route.BASE} did not get ready within {READY_SECONDS:.0f} s; check the network, or "
                "try again later."
            )

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
            raise LoginRefused(f"Discord closed the gateway for good with the code {error.code}.") from error
        raise DiscordUnreachable("The gateway closed without a reason.")

    async def sync_commands(self, catalogue: Sequence[Payload]) -> bool:
        """Make Discord's commands those of the catalogue; as `botcore.discord.sync.sync_commands`."""
        return await sync_commands(self.client, self.application_id, catalogue)

    def listen(self, listener: BaseListener) -> None:
        """Hand every event of a listener's kind to it, from the connection on."""
        self._listeners.append(listener)

    def latency(self) -> float | None:
        """Seconds from the last heartbeat to its acknowledgement; ``None`` before the first."""
        seconds = math.nan if self._client is None else self._client.latency
        return seconds if math.isfinite(seconds) else None

    async def close_gateway(self) -> None:
        """Take no more events; REST goes on."""
        if self._gateway is not None:
            self._gateway.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await self._gateway
        socket: Any = None if self._client is None else self._client.ws  # None until the gateway has said hello
        if socket is not None and socket.open:
            await socket.close(code=1000)

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


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
