"""The `Messenger` port on raw requests.

They wait out rate limits and repeat what failed on Discord's side; here that is bounded. Whatever is repeated happens
once: an edit and a deletion by nature, a message by its nonce.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Final

import nextcord
from nextcord.http import Route

from botcore.cache import Cache, cached
from botcore.contracts.messenger import LONGEST_NONCE, OutgoingMessage, Refused, Sent, check_nonce
from botcore.discord.connection import Connection
from botcore.discord.refusals import HELD_BACK, NO_ANSWER, refusal
from botcore.discord.requests import Course, Unsure
from botcore.log import get_logger
from botcore.ui import File

_log = get_logger(__name__)

PATIENCE: Final = 10.0
"""Seconds until a message that nobody has answered counts as refused for now."""

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
"""Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

_ERRORS: Final = 300

_DM_CHANNEL_REMEMBERED = timedelta(days=1)  # Discord answers with the same one for ever


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
        return await self._bounded(lambda course: self._post(channel_id, payload, message.files, course))

    async def edit(self, channel_id: int, message_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Replace what one of the bot's messages shows; as in `Messenger`."""
        payload = _with_mentions(message.to_payload(edit=True))
        route = _message_route("PATCH", channel_id, message_id)
        return await self._bounded(lambda course: self._request(route, payload, message.files, course))

    async def delete(self, channel_id: int, message_id: int) -> Sent | Refused:
        """Delete a message; as in `Messenger`."""

        async def delete(course: Course) -> Sent | Refused:
            try:
                await self._call(_message_route("DELETE", channel_id, message_id), None, (), course)
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

        async def send(course: Course) -> Sent | Refused:
            channel_id = await self._dm_channel(user_id, course)
            try:
                return await self._post(channel_id, payload, message.files, course)
            except nextcord.HTTPException as error:
                if error.code != UNKNOWN_CHANNEL:
                    raise
            await self._dm_channel.forget(user_id, course)
            return await self._post(await self._dm_channel(user_id, course), payload, message.files, course)

        return await self._bounded(send)

    @cached(ttl=_DM_CHANNEL_REMEMBERED, key=lambda user_id, _course: user_id)
    async def _dm_channel(self, user_id: int, course: Course) -> int:
        channel = await self._call(Route("POST", "/users/@me/channels"), {"recipient_id": str(user_id)}, (), course)
        return int(_object(channel)["id"])

    async def _post(
        self, channel_id: int, payload: dict[str, Any], files: Sequence[File], course: Course
    ) -> Sent | Refused:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        return await self._request(route, payload, files, course)

    async def _request(
        self, route: Route, payload: dict[str, Any], files: Sequence[File], course: Course
    ) -> Sent | Refused:
        answer = _object(await self._call(route, payload, files, course))
        return Sent(int(answer["id"]), int(answer["channel_id"]))

    async def _call(self, route: Route, payload: dict[str, Any] | None, files: Sequence[File], course: Course) -> Any:
        requests = self._connection.client.requests
        return await requests.send(route, payload, files, course=course, longest_limit=self._patience)

    async def _bounded(self, work: Callable[[Course], Awaitable[Sent | Refused]]) -> Sent | Refused:
        """What the work answers, or what kept it from answering in time."""
        if self._connection.client.is_closed():
            return NO_ANSWER  # the bot has stopped, and its session with it
        course = Course()
        try:
            async with asyncio.timeout(self._patience):
                return await work(course)
        except nextcord.HTTPException as error:
            refused = refusal(error.status, error.code)
            reason = error.text
        except TimeoutError:
            refused = _unanswered(course)
            reason = f"no answer within {self._patience:g} s"
        except (Unsure, _NotDiscord) as error:
            refused = _unanswered(course)
            reason = str(error)
        _log.warning("a message was refused", code=refused.code, transient=refused.transient, reason=reason)
        return refused


def _unanswered(course: Course) -> Refused:
    if not course.sent:
        return HELD_BACK
    return refusal(course.status, 0) if course.status >= _ERRORS else NO_ANSWER


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
