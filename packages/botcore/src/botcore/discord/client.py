"""The nextcord client, with everything turned off that botcore does itself."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import nextcord

from botcore.log import get_logger

_log = get_logger(__name__)

nextcord.VoiceClient.warn_nacl = False  # nextcord's own switch: a bot without voice need not hear of it

type Parser = Callable[[dict[str, Any]], None]


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

    Args:
        intents: what to ask the gateway for.
    """

    def __init__(self, intents: nextcord.Intents) -> None:
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
        self.connected = asyncio.Event()
        # nextcord offers no public place to see an event before it parses it, and one malformed event ends its client.
        parsers: dict[str, Parser] = self._connection.parsers
        for event, parse in list(parsers.items()):
            parsers[event] = _guarded(event, parse)

    def on_interaction_payload(self, take: Parser) -> None:
        """Hand every INTERACTION_CREATE to ``take`` as Discord sent it, instead of to nextcord's own commands."""
        self._connection.parsers["INTERACTION_CREATE"] = _guarded("INTERACTION_CREATE", take)

    async def on_connect(self) -> None:
        """Note that the gateway let the bot in; nextcord would sync commands here and swallow what goes wrong."""
        self.connected.set()

    async def on_guild_available(self, guild: nextcord.Guild) -> None:
        """Sync nothing, as `on_connect`."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: nextcord's five seconds are for several shards that start together."""

    async def on_error(self, event_method: str, *args: Any, **kwargs: Any) -> None:
        """Log what an event handler of nextcord's own raised."""
        _log.exception("an event handler failed", event_name=event_method)


def _guarded(event: str, parse: Parser) -> Parser:
    def guarded(payload: dict[str, Any]) -> None:
        try:
            parse(payload)
        except Exception:
            _log.exception("an event from Discord could not be read", event_name=event)

    return guarded
