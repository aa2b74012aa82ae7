"""The commands that Discord has of this bot, looked at and written without a gateway: for operators."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import nextcord
from nextcord.http import Route

from botcore.commands import Payload
from botcore.discord.client import DiscordClient, intents_named
from botcore.discord.login import log_in
from botcore.discord.sync import CatalogueRefused, refused
from botcore.errors import BotCoreError

#: What Discord keeps for commands of every server only.
#: https://discord.com/developers/docs/interactions/application-commands#application-command-object
_GLOBAL_ONLY = frozenset({"contexts", "integration_types"})


class ServerClosed(BotCoreError):
    """The bot may not have commands in that server."""


class RemoteCommands:
    """The commands that Discord has in one place; made by `open_remote`.

    Args:
        client: logged in.
        application_id: whose commands.
        guild_id: the server, or ``None`` for the commands of every server.
    """

    def __init__(self, client: DiscordClient, application_id: int, guild_id: int | None) -> None:
        self._client = client
        self._application_id = application_id
        self._guild_id = guild_id

    def fitted(self, catalogue: Sequence[Payload]) -> list[Payload]:
        """The catalogue as it can be written here."""
        if self._guild_id is None:
            return list(catalogue)
        return [{key: value for key, value in each.items() if key not in _GLOBAL_ONLY} for each in catalogue]

    async def fetch(self) -> Sequence[Payload]:
        """What Discord has.

        Raises:
            ServerClosed: the bot is not in that server.
        """
        http: Any = self._client.http  # nextcord's own types of payloads are stricter than ours and say no more
        try:
            if self._guild_id is None:
                return list(await http.get_global_commands(self._application_id))
            return list(await http.get_guild_commands(self._application_id, self._guild_id))
        except nextcord.HTTPException as error:
            raise self._explained(error) from error

    async def write(self, catalogue: Sequence[Payload]) -> None:
        """Make these the commands that Discord has, in one request.

        Raises:
            ServerClosed: the bot is not in that server.
            CatalogueRefused: Discord refuses the commands; those it has are untouched.
        """
        http: Any = self._client.http
        commands = self.fitted(catalogue)
        try:
            if self._guild_id is None:
                await http.bulk_upsert_global_commands(self._application_id, commands)
            else:
                await http.bulk_upsert_guild_commands(self._application_id, self._guild_id, commands)
        except nextcord.HTTPException as error:
            raise self._explained(error) from error

    def _explained(self, error: nextcord.HTTPException) -> BotCoreError:
        if self._guild_id is not None and isinstance(error, nextcord.Forbidden | nextcord.NotFound):
            return ServerClosed(
                f"The bot has no access to the server {self._guild_id}; check the id, and invite the bot with the "
                "scope applications.commands."
            )
        return CatalogueRefused(refused(error))


@asynccontextmanager
async def open_remote(api_url: str, token: str, guild_id: int | None) -> AsyncIterator[RemoteCommands]:
    """Log in over REST alone.

    Args:
        api_url: the REST base, ending in ``/api/v10``.
        token: the bot's token.
        guild_id: the server whose commands are meant, or ``None`` for those of every server.

    Raises:
        LoginRefused: if the token is wrong.
        DiscordUnreachable: if nothing that speaks Discord's API answers in time.
    """
    Route.BASE = api_url  # as `botcore.discord.connection` does
    client = DiscordClient(intents_named(()))
    try:
        application = await log_in(client, token)
        yield RemoteCommands(client, application.id, guild_id)
    finally:
        await client.close()
