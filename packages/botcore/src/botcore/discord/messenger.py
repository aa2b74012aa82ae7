"""The `Messenger` port on nextcord's REST client.

nextcord waits out rate limits and repeats what failed on Discord's side, for up to a minute and more; here that is
bounded. Whatever is repeated happens once: an edit and a deletion by nature, a message by its nonce.
"""

import asyncio
import io
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import aiohttp
import nextcord
from nextcord.http import Route

from botcore.cache import Cache, cached
from botcore.contracts.messenger import LONGEST_NONCE, OutgoingMessage, Refused, Sent, check_nonce
from botcore.discord.connection import Connection
from botcore.discord.patience import LOST, patiently
from botcore.discord.refusals import NO_ANSWER, refusal
from botcore.log import get_logger
from botcore.ui import File

_log = get_logger(__name__)

PATIENCE: Final = 10.0
"""Seconds until a message that nobody has answered counts as refused for now."""

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
"""Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

_ERRORS: Final = 400

_DM_CHANNEL_REMEMBERED = timedelta(days=1)  # Discord answers with the same one for ever


@dataclass(slots=True)
class _Attempt:
    """One message on its way, and the last status that Discord answered it with."""

    status: int = 0

    async def note(self, response: aiohttp.ClientResponse) -> None:
        """Note the status of a response; nextcord may repeat the request after it."""
        self.status = response.status


class _RefusedError(Exception):
    """Carries a refusal out of a call whose result is remembered."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.refused = refused


class DiscordMessenger:
    """Writes with the bot's own token.

    Args:
        connection: the bot's connection.
        cache: remembers the channels of direct messages.
        patience: seconds, in real time, that each call has.
    """

    def __init__(self, connection: Connection, cache: Cache, *, patience: float = PATIENCE) -> None:
        self.cache = cache
        self._connection = connection
        self._patience = patience

    async def send(self, channel_id: int, message: OutgoingMessage, *, nonce: str | None = None) -> Sent | Refused:
        """Send a message to a channel; as in `Messenger`.

        Raises:
            InvalidNonce: as in `Messenger`.
        """
        payload = _new_message(message, nonce)
        return await self._bounded(lambda attempt: self._post(channel_id, payload, message.files, attempt))

    async def edit(self, channel_id: int, message_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Replace what one of the bot's messages shows; as in `Messenger`."""
        payload = _with_mentions(message.to_payload(edit=True))
        route = _message_route("PATCH", channel_id, message_id)
        return await self._bounded(lambda attempt: self._request(route, payload, message.files, attempt))

    async def delete(self, channel_id: int, message_id: int) -> Sent | Refused:
        """Delete a message; as in `Messenger`."""

        async def delete(attempt: _Attempt) -> Sent | Refused:
            try:
                await self._call(_message_route("DELETE", channel_id, message_id), None, (), attempt)
            except nextcord.HTTPException as error:
                if error.code != UNKNOWN_MESSAGE:
                    raise
            return Sent(message_id, channel_id)

        return await self._bounded(delete)

    async def dm(self, user_id: int, message: OutgoingMessage, *, nonce: str | None = None) -> Sent | Refused:
        """Send a direct message to a user; as in `Messenger`.

        Raises:
            InvalidNonce: as in `Messenger`.
        """
        payload = _new_message(message, nonce)

        async def send(attempt: _Attempt) -> Sent | Refused:
            channel_id = await self._dm_channel(user_id, attempt)
            try:
                return await self._post(channel_id, payload, message.files, attempt)
            except nextcord.HTTPException as error:
                if error.code != UNKNOWN_CHANNEL:
                    raise
            await self._dm_channel.forget(user_id, attempt)
            return await self._post(await self._dm_channel(user_id, attempt), payload, message.files, attempt)

        return await self._bounded(send)

    @cached(ttl=_DM_CHANNEL_REMEMBERED, key=lambda user_id, _attempt: user_id)
    async def _dm_channel(self, user_id: int, attempt: _Attempt) -> int:
        channel = await self._call(Route("POST", "/users/@me/channels"), {"recipient_id": str(user_id)}, (), attempt)
        return int(_object(channel)["id"])

    async def _post(
        self, channel_id: int, payload: dict[str, Any], files: Sequence[File], attempt: _Attempt
    ) -> Sent | Refused:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        return await self._request(route, payload, files, attempt)

    async def _request(
        self, route: Route, payload: dict[str, Any], files: Sequence[File], attempt: _Attempt
    ) -> Sent | Refused:
        answer = _object(await self._call(route, payload, files, attempt))
        return Sent(int(answer["id"]), int(answer["channel_id"]))

    async def _call(
        self, route: Route, payload: dict[str, Any] | None, files: Sequence[File], attempt: _Attempt
    ) -> Any:
        return await patiently(lambda: self._call_once(route, payload, files, attempt), "a message")

    async def _call_once(
        self, route: Route, payload: dict[str, Any] | None, files: Sequence[File], attempt: _Attempt
    ) -> Any:
        http = self._connection.client.http
        # aiohttp calls this with each response, before nextcord decides whether to repeat the request.
        options: dict[str, Any] = {"raise_for_status": attempt.note}
        if payload is None:
            return await http.request(route, **options)
        if not files:
            return await http.request(route, json=payload, **options)
        natives = [_native(file) for file in files]
        return await http.request(route, files=natives, form=_form(payload, natives), **options)

    async def _bounded(self, work: Callable[[_Attempt], Awaitable[Sent | Refused]]) -> Sent | Refused:
        """What the work answers, or what kept it from answering in time."""
        if self._connection.client.is_closed():
            return NO_ANSWER  # the bot has stopped, and nextcord would open a connection that nobody closes
        attempt = _Attempt()
        try:
            async with asyncio.timeout(self._patience):
                return await work(attempt)
        except nextcord.HTTPException as error:
            refused = refusal(error.status, error.code)
            reason = error.text
        except TimeoutError:
            # a status below is of an answer that was cut off, or of the request before the one that hangs
            refused = refusal(attempt.status, 0) if attempt.status >= _ERRORS else NO_ANSWER
            reason = f"no answer within {self._patience:g} s"
        except (*LOST, _NotDiscord) as error:
            refused = NO_ANSWER
            reason = str(error) or type(error).__name__
        _log.warning("a message was refused", code=refused.code, transient=refused.transient, reason=reason)
        return refused


class _NotDiscord(Exception):
    """What answered does not answer as Discord does."""


def _object(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise _NotDiscord("what answered is not Discord: it sent no JSON object")
    return answer


def _new_message(message: OutgoingMessage, nonce: str | None) -> dict[str, Any]:
    payload = _with_mentions(message.to_payload())
    # Always one, so that a request whose answer was lost can be repeated without a second message.
    payload["nonce"] = secrets.token_hex(LONGEST_NONCE // 2) if nonce is None else check_nonce(nonce)
    payload["enforce_nonce"] = True
    return payload


def _with_mentions(payload: dict[str, Any]) -> dict[str, Any]:
    """Nobody is pinged where a message does not say who may be; Discord's default is everybody."""
    return {"allowed_mentions": {"parse": []}, **payload}


def _message_route(method: str, channel_id: int, message_id: int) -> Route:
    return Route(method, "/channels/{channel_id}/messages/{message_id}", channel_id=channel_id, message_id=message_id)


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
