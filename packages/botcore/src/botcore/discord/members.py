"""The `Members` port on what nextcord knows of servers, and on REST for the one member who is asked about.

Servers, roles and channels are kept up to date by the gateway. Members are not kept at all, so a question is a request;
its answer serves for a few seconds, because what comes at nine o'clock may ask for the same member many times.
"""

import asyncio
from datetime import timedelta
from typing import Any, Final

import nextcord
from nextcord.http import Route

from botcore.cache import Cache, cached
from botcore.contracts.members import Access
from botcore.contracts.messenger import Refused
from botcore.discord.connection import Connection
from botcore.discord.refusals import NO_ANSWER, refusal
from botcore.discord.requests import Unsure
from botcore.log import get_logger

_log = get_logger(__name__)

PATIENCE: Final = 10.0
"""Seconds until a question that nobody has answered counts as refused for now."""

REMEMBERED: Final = timedelta(seconds=5)

UNKNOWN_CHANNEL: Final = Refused(10003, transient=False)
UNKNOWN_GUILD: Final = Refused(10004, transient=False)
"""Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

type Place = nextcord.abc.GuildChannel | nextcord.Thread


class DiscordMembers:
    """Asks Discord.

    Args:
        connection: the bot's connection.
        cache: remembers members for a few seconds.
        patience: seconds, in real time, that each call has.
    """

    def __init__(self, connection: Connection, cache: Cache, *, patience: float = PATIENCE) -> None:
        self.cache = cache
        self._connection = connection
        self._patience = patience

    async def access(self, guild_id: int, channel_id: int, user_id: int) -> Access | Refused:
        """What a user may do in a channel; as in `Members`."""
        client = self._connection.client
        guild = client.get_guild(guild_id)
        if client.is_closed():
            return NO_ANSWER  # the bot has stopped, and its session with it
        if guild is None or guild.unavailable:
            return UNKNOWN_GUILD if guild is None else NO_ANSWER
        try:
            async with asyncio.timeout(self._patience):
                return await self._ask(guild, channel_id, user_id)
        except nextcord.HTTPException as error:
            return refusal(error.status, error.code)
        except (Unsure, TimeoutError) as error:
            _log.warning("Discord did not say what a member may do", reason=str(error) or type(error).__name__)
            return NO_ANSWER

    async def _ask(self, guild: nextcord.Guild, channel_id: int, user_id: int) -> Access | Refused:
        place = guild.get_channel_or_thread(channel_id) or await self._unannounced(guild, channel_id)
        if isinstance(place, Refused):
            return place
        payload: Any = await self._member(guild.id, user_id)
        return _access(place, nextcord.Member(data=payload, guild=guild, state=self._state))

    @cached(ttl=REMEMBERED)
    async def _member(self, guild_id: int, user_id: int) -> dict[str, Any]:
        return await self._get(Route("GET", "/guilds/{guild_id}/members/{user}", guild_id=guild_id, user=user_id))

    async def _unannounced(self, guild: nextcord.Guild, channel_id: int) -> Place | Refused:
        """A thread that the gateway does not announce, because it is archived; or a channel that is only just there."""
        payload: Any = await self._get(Route("GET", "/channels/{channel_id}", channel_id=channel_id))
        if str(payload.get("guild_id")) != str(guild.id):
            return UNKNOWN_CHANNEL
        if payload.get("thread_metadata") is None:
            return guild.get_channel_or_thread(channel_id) or NO_ANSWER
        return nextcord.Thread(guild=guild, state=self._state, data=payload)

    async def _get(self, route: Route) -> dict[str, Any]:
        answer: dict[str, Any] = await self._connection.client.requests.send(route, None, longest_limit=self._patience)
        return answer

    @property
    def _state(self) -> Any:
        return self._connection.client._connection  # noqa: SLF001 - nextcord's objects are made with its state, as it does itself


def _access(place: Place, member: nextcord.Member) -> Access:
    allowed = place.permissions_for(member)
    thread = isinstance(place, nextcord.Thread)
    private = isinstance(place, nextcord.Thread) and place.is_private()
    sees = allowed.view_channel and (allowed.manage_threads or not private)
    pings = {
        role.id
        for role in place.guild.roles
        if not role.is_default() and (role.mentionable or allowed.mention_everyone)
    }
    return Access(
        sees=sees,
        writes=sees and (allowed.send_messages_in_threads if thread else allowed.send_messages),
        manages_messages=sees and allowed.manage_messages,
        pings=frozenset(pings),
    )
