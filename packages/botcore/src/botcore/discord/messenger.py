"""The `Messenger` port on nextcord's REST client."""

import aiohttp
import nextcord
from nextcord.http import Route

from botcore.contracts.messenger import OutgoingMessage, Refused, Sent
from botcore.discord.connection import Connection
from botcore.discord.interactions import multipart, native_file
from botcore.log import get_logger

_log = get_logger(__name__)

_TOO_MANY_REQUESTS, _SERVER_ERRORS = 429, 500


class DiscordMessenger:
    """Sends and edits messages with the bot's own token, under nextcord's rate limiting.

    Args:
        connection: the bot's connection.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def send(self, channel_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Send a message to a channel."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        return await self._request(route, channel_id, message, edit=False)

    async def edit(self, channel_id: int, message_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Replace what one of the bot's messages shows."""
        route = Route(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=channel_id,
            message_id=message_id,
        )
        return await self._request(route, channel_id, message, edit=True)

    async def dm(self, user_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Send a direct message to a user."""
        try:
            channel = await self._connection.client.http.start_private_message(user_id)
        except (TimeoutError, nextcord.HTTPException, OSError, aiohttp.ClientError) as error:
            return _refused(error)
        return await self.send(int(channel["id"]), message)

    async def _request(self, route: Route, channel_id: int, message: OutgoingMessage, *, edit: bool) -> Sent | Refused:
        payload = message.to_payload(edit=edit)
        try:
            if message.files:
                files = [native_file(file) for file in message.files]
                answer = await self._connection.client.http.request(route, files=files, form=multipart(payload, files))
            else:
                answer = await self._connection.client.http.request(route, json=payload)
        except (TimeoutError, nextcord.HTTPException, OSError, aiohttp.ClientError) as error:
            return _refused(error)
        return Sent(int(answer["id"]), channel_id)


def _refused(error: Exception) -> Refused:
    if isinstance(error, nextcord.HTTPException):
        _log.warning("Discord refused a message", status=error.status, code=error.code, text=error.text)
        transient = error.status == _TOO_MANY_REQUESTS or error.status >= _SERVER_ERRORS
        return Refused(error.code or error.status, transient)
    _log.warning("a message did not reach Discord", reason=str(error) or type(error).__name__)
    return Refused(0, transient=True)
