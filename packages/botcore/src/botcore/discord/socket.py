"""One socket to Discord's gateway: nextcord's, opened so that it can always be closed, and watched for silence."""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from nextcord.gateway import DiscordWebSocket

if TYPE_CHECKING:
    from botcore.discord.client import DiscordClient

#: How many heartbeat intervals may pass without a single frame. Every heartbeat is acknowledged, so a socket on which
#: nothing comes for longer is half-open: the network has forgotten it and nobody was told.
#: https://discord.com/developers/docs/events/gateway#sending-heartbeats
QUIET_INTERVALS = 1.5
CLOSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class GatewaySession:
    """What it takes to go on where a lost connection ended.

    Args:
        id: the session's id.
        sequence: the number of the last event that arrived.
        url: where Discord wants to be asked for the rest.
    """

    id: str
    sequence: int
    url: str


class GatewaySocket(DiscordWebSocket):
    """A socket of one shard.

    nextcord's own constructor of it (``from_client``) keeps the socket to itself until Discord has said hello, so
    that a caller who stops waiting could never close it.

    Args:
        socket: the open websocket.
        client: the client that it serves.
        shard_id: the shard, or ``None`` for a bot of one shard, which then identifies without.
        session: the session to resume.
    """

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        client: "DiscordClient",
        shard_id: int | None,
        session: GatewaySession | None,
    ) -> None:
        super().__init__(socket, loop=client.loop)
        state = client._connection  # noqa: SLF001 - the socket hands its events to nextcord's state, as from_client does
        self.token = client._token or ""  # noqa: SLF001 - as above
        self._connection = state
        self._discord_parsers: dict[Any, Any] = state.parsers
        self._dispatch: Any = client.dispatch
        self.call_hooks: Any = state.call_hooks
        self._initial_identify = False
        self.shard_id = shard_id
        self.shard_count = state.shard_count
        self._rate_limiter.shard_id = shard_id
        self._max_heartbeat_timeout = state.heartbeat_timeout
        if session is not None:
            self.session_id, self.sequence, self.resume_url = session.id, session.sequence, session.url

    async def greet(self, *, resume: bool) -> None:
        """Wait for hello, then identify or resume."""
        await self.poll_event()
        if self._keep_alive is not None:
            quiet = (self._keep_alive.interval or self._max_heartbeat_timeout) * QUIET_INTERVALS
            self._max_heartbeat_timeout = self._keep_alive.heartbeat_timeout = quiet
        if resume:
            await self.resume()
        else:
            await self.identify()

    @property
    def session(self) -> GatewaySession | None:
        """The session as it stands, if it can be resumed."""
        if self.session_id is None or not isinstance(self.sequence, int) or self.resume_url is None:
            return None
        return GatewaySession(self.session_id, self.sequence, self.resume_url)

    @property
    def close_code(self) -> int | None:
        """The code that Discord closed with."""
        return self.socket.close_code

    async def end(self, code: int = 4000) -> None:
        """Close, without waiting long for an answer: a half-open socket gives none.

        Args:
            code: 1000 ends the session for good, any other leaves it to be resumed.
        """
        with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.close(code)
