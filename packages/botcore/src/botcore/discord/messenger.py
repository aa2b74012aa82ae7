"""The `Messenger` port on nextcord's REST client."""

import io
import secrets
from collections.abc import Sequence
from typing import Any

import nextcord
from nextcord.http import Route

from botcore.contracts.messenger import OutgoingMessage, Refused, Sent
from botcore.discord.connection import Connection
from botcore.discord.patience import LOST, patiently
from botcore.log import get_logger
from botcore.ui import File

_log = get_logger(__name__)

_TOO_MANY_REQUESTS, _SERVER_ERRORS = 429, 500


class DiscordMessenger:
    """Sends and edits messages with the bot's own token, under nextcord's rate limiting.

    A request whose answer was lost is repeated. A new message carries a nonce that Discord holds it to, so that it
    appears once.

    Args:
        connection: the bot's connection.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def send(self, channel_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Send a message to a channel."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        # https://discord.com/developers/docs/resources/message#create-message: of one nonce only one message is made
        payload = message.to_payload() | {"nonce": secrets.token_hex(12), "enforce_nonce": True}
        return await self._request(route, channel_id, payload, message.files)

    async def edit(self, channel_id: int, message_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Replace what one of the bot's messages shows."""
        route = Route(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=channel_id,
            message_id=message_id,
        )
        return await self._request(route, channel_id, message.to_payload(edit=True), message.files)

    async def dm(self, user_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Send a direct message to a user."""
        http = self._connection.client.http
        try:
            channel = await patiently(lambda: http.start_private_message(user_id), "opening a direct message")
        except (nextcord.HTTPException, *LOST) as error:
            return _refused(error)
        return await self.send(int(channel["id"]), message)

    async def _request(
        self, route: Route, channel_id: int, payload: dict[str, Any], files: Sequence[File]
    ) -> Sent | Refused:
        async def request() -> Any:
            http = self._connection.client.http
            if not files:
                return await http.request(route, json=payload)
            natives = [_native(file) for file in files]
            return await http.request(route, files=natives, form=_form(payload, natives))

        try:
            answer = await patiently(request, "a message")
        except (nextcord.HTTPException, *LOST) as error:
            return _refused(error)
        return Sent(int(answer["id"]), channel_id)


def _refused(error: Exception) -> Refused:
    if isinstance(error, nextcord.HTTPException):
        _log.warning("Discord refused a message", status=error.status, code=error.code, text=error.text)
        transient = error.status == _TOO_MANY_REQUESTS or error.status >= _SERVER_ERRORS
        return Refused(error.code or error.status, transient)
    _log.warning("a message did not reach Discord", reason=str(error) or type(error).__name__)
    return Refused(0, transient=True)


def _native(file: File) -> nextcord.File:
    return nextcord.File(io.BytesIO(file.data), filename=file.filename, description=file.description)


def _form(payload: dict[str, Any], files: Sequence[nextcord.File]) -> list[dict[str, Any]]:
    """Discord's multipart form: the JSON part, which names the attachments, and a part for each file."""
    form: list[dict[str, Any]] = [{"name": "payload_json", "value": nextcord.utils.to_json(payload)}]
    form += [
        {
            "name": f"files[{index}]",
            "value": file.fp,
            "filename": file.filename,
            "content_type": "application/octet-stream",
        }
        for index, file in enumerate(files)
    ]
    return form
