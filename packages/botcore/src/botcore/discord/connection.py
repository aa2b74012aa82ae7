"""The connection: log in, open the gateway, and close in the order that lets work in flight finish."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import aiohttp
import nextcord
from nextcord.http import Route

from botcore.commands import Interaction
from botcore.discord.client import DiscordClient, intents_named
from botcore.discord.interactions import Interactions
from botcore.errors import DiscordUnreachable, LoginRefused
from botcore.log import get_logger

_log = get_logger(__name__)

LOGIN_SECONDS = 15.0
READY_SECONDS = 25.0


class Connection:
    """One bot's connection to Discord, or to whatever speaks its API.

    Args:
        api_url: the REST base, ending in ``/api/v10``.
        token: the bot's token.
        intents: nextcord's names of the gateway intents.
        route: runs one interaction to its end.
        serves: whether a payload is for ``route``; others go to nextcord's own command handling.
    """

    def __init__(
        self,
        api_url: str,
        token: str,
        intents: Iterable[str],
        route: Callable[[Interaction], Coroutine[Any, Any, None]],
        serves: Callable[[dict[str, Any]], bool],
    ) -> None:
        # nextcord reads this class attribute whenever it makes a request: one API for a process.
        Route.BASE = api_url
        self._api_url = api_url
        self._token = token
        self._route = route
        self._serves = serves
        self.client = DiscordClient(intents_named(intents), self._take)
        self._interactions = Interactions(self.client)
        self._in_flight: set[asyncio.Task[None]] = set()
        self._gateway: asyncio.Task[None] | None = None
        self.application_id = 0
        self.owners: frozenset[int] = frozenset()

    async def log_in(self) -> None:
        """Check the token and learn who the application and its owners are.

        Raises:
            LoginRefused: if the token is wrong.
            DiscordUnreachable: if nothing that speaks Discord's API answers in time.
        """
        try:
            async with asyncio.timeout(LOGIN_SECONDS):
                await self.client.login(self._token)
                info = await self.client.application_info()
        except nextcord.LoginFailure:
            raise LoginRefused(
                "Discord refused the token; copy it anew from the Bot page of your application in Discord's developer "
                "portal, and set it as BOTCORE_DISCORD__TOKEN or as `token` under [discord]."
            ) from None
        except nextcord.HTTPException as error:
            raise DiscordUnreachable(
                f"{self._api_url} answered the login with {error.status}; check discord.api_url, or try again later."
            ) from error
        except (OSError, aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError) as error:
            raise DiscordUnreachable(
                f"Nothing at {self._api_url} answers as Discord does ({_brief(error)}); check discord.api_url and the network."
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
                f"The gateway of {self._api_url} did not get ready within {READY_SECONDS:.0f} s; check the network, or "
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

    def latency(self) -> float | None:
        """Seconds from the last heartbeat to its acknowledgement; ``None`` before the first."""
        latency = self.client.latency if self.client.ws is not None else float("nan")
        return latency if latency == latency and latency != float("inf") else None  # noqa: PLR0124 - NaN is unequal to itself

    async def close_gateway(self) -> None:
        """Take no more events; REST goes on."""
        if self._gateway is not None:
            self._gateway.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await self._gateway
        if self.client.ws is not None and self.client.ws.open:
            await self.client.ws.close(code=1000)

    async def finish_work(self, seconds: float) -> int:
        """Let the interactions in flight finish, and cancel those that do not in time.

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
        await self.client.close()

    def _take(self, payload: dict[str, Any]) -> bool:
        if not self._serves(payload):
            return False
        interaction = self._interactions.read(payload)
        task = asyncio.get_running_loop().create_task(self._route(interaction))
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)
        return True


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
