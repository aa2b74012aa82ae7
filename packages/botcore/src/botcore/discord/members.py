"""The `Members` port on what nextcord knows of servers, and on REST for the one member who is asked about.

Servers, roles and channels are kept up to date by the gateway. Members are not kept at all, so each question is one
request.
"""

import asyncio
from typing import Any, Final

import nextcord

from botcore.contracts.members import Access
from botcore.contracts.messenger import Refused
from botcore.discord.client import DiscordClient
from botcore.discord.connection import Connection
from botcore.discord.patience import LOST, patiently
from botcore.discord.refusals import NO_ANSWER, refusal
from botcore.log import get_logger

_log = get_logger(__name__)

PATIENCE: Final = 10.0
"""Seconds until a question that nobody has answered counts as refused for now."""

UNKNOWN_CHANNEL: Final = Refused(10003, transient=False)
UNKNOWN_GUILD: Final = Refused(10004, transient=False)
"""Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

type Place = nextcord.abc.GuildChannel | nextcord.Thread


class DiscordMembers:
    """Asks Discord.

    Args:
        connection: the bot's connection.
        patience: seconds, in real time, that each call has.
    """

    def __init__(self, connection: Connection, *, patience: float = PATIENCE) -> None:
        self._connection = connection
        self._patience = patience

    async def access(self, guild_id: int, channel_id: int, user_id: int) -> Access | Refused:
        """What a user may do in a channel; as in `Members`."""
        client = self._connection.client
        guild = client.get_guild(guild_id)
        if client.is_closed():
            return NO_ANSWER  # the bot has stopped, and nextcord would open a connection that nobody closes
        if guild is None or guild.unavailable:
            return UNKNOWN_GUILD if guild is None else NO_ANSWER
        try:
            async with asyncio.timeout(self._patience):
                return await _ask(client, guild, channel_id, user_id)
        except nextcord.HTTPException as error:
            return refusal(error.status, error.code)
        except LOST as error:
            _log.warning("Discord did not say what a member may do", reason=str(error) or type(error).__name__)
            return NO_ANSWER


async def _ask(client: DiscordClient, guild: nextcord.Guild, channel_id: int, user_id: int) -> Access | Refused:
    place = guild.get_channel_or_thread(channel_id) or await _thread(client, guild, channel_id)
    if place is None:
        return UNKNOWN_CHANNEL
    member: Any = await patiently(lambda: client.http.get_member(guild.id, user_id), "a question for a member")
    state = client._connection  # noqa: SLF001 - nextcord's objects are made with its state, as it does itself
    return _access(place, nextcord.Member(data=member, guild=guild, state=state))


async def _thread(client: DiscordClient, guild: nextcord.Guild, channel_id: int) -> nextcord.Thread | None:
    """A thread that the gateway does not announce, because it is archived."""
    payload: Any = await patiently(lambda: client.http.get_channel(channel_id), "a question for a thread")
    if payload.get("thread_metadata") is None or str(payload.get("guild_id")) != str(guild.id):
        return None
    return nextcord.Thread(guild=guild, state=client._connection, data=payload)  # noqa: SLF001 - as above


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
