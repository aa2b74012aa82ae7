"""Requests under an interaction's own token, repeated where that is harmless.

nextcord's adapter repeats a request without telling anybody, and gives up on a lost connection. Here it is known
whether an earlier attempt may have reached Discord, so that an answer whose receipt was lost is neither given up nor
given twice.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
import nextcord
import orjson
from nextcord.http import Route

from botcore.commands import Payload
from botcore.discord.patience import LOST
from botcore.log import get_logger
from botcore.ui import File

_log = get_logger(__name__)

#: Within the three seconds of an interaction, and beyond them.
FIRST_ANSWER_PAUSES: Final = (0.1, 0.4, 1.0)
LATER_PAUSES: Final = (0.25, 1.0, 3.0)

_FIRST_ANSWER_TIMEOUT: Final = aiohttp.ClientTimeout(total=5.0)
_LATER_TIMEOUT: Final = aiohttp.ClientTimeout(total=30.0)
_FILES_TIMEOUT: Final = aiohttp.ClientTimeout(total=120.0)
_LONGEST_LIMIT: Final = 60.0

_ERRORS: Final = 300
_TOO_MANY_REQUESTS: Final = 429
_SERVER_ERRORS: Final = 500
#: Discord's proxies found nobody to give the request to, so nothing was done.
#: https://discord.com/developers/docs/topics/opcodes-and-status-codes#http
_NOT_TAKEN: Final = frozenset({502, 503})


class Unsure(Exception):
    """The last attempt failed, and nobody knows whether Discord did what was asked."""


class _Limited(Exception):
    """A rate limit that is over soon."""

    def __init__(self, refusal: nextcord.HTTPException, seconds: float) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.seconds = seconds


class TokenRequests:
    """The requests of one interaction.

    Args:
        session: nextcord's own HTTP session.
        user_agent: how the bot names itself.
    """

    __slots__ = ("_free_at", "_session", "_user_agent")

    def __init__(self, session: aiohttp.ClientSession, user_agent: str) -> None:
        self._session = session
        self._user_agent = user_agent
        self._free_at = 0.0

    async def send(
        self,
        route: Route,
        body: Payload | None,
        files: Sequence[File] = (),
        *,
        first_answer: bool = False,
        repeatable: bool = True,
        done_code: int | None = None,
    ) -> Any:
        """Send one request, and again where that is harmless.

        Args:
            route: where to.
            body: the JSON body.
            files: files to send along.
            first_answer: whether it has to arrive within three seconds.
            repeatable: whether doing it twice is the same as doing it once. What is not is repeated only when Discord
                cannot have done it.
            done_code: the JSON error code that a repeated request gets where an earlier attempt, failed as it seemed,
                was successful.

        Returns:
            The parsed answer, or ``None``.

        Raises:
            nextcord.HTTPException: Discord refused.
            Unsure: the connection was lost too often, or once where repeating is not harmless.
        """
        pauses = iter(FIRST_ANSWER_PAUSES if first_answer else LATER_PAUSES)
        bound = _FILES_TIMEOUT if files else _FIRST_ANSWER_TIMEOUT if first_answer else _LATER_TIMEOUT
        unsure = repeated = False
        failure: Exception
        while True:
            wait = next(pauses, None)
            if not first_answer:
                await self._wait_for_bucket()
            try:
                return await self._once(route, body, files, bound)
            except _Limited as limited:
                failure = limited.refusal
                wait = wait and limited.seconds
            except nextcord.HTTPException as refusal:
                if repeated and refusal.code == done_code:
                    return None
                if refusal.status < _SERVER_ERRORS:
                    raise
                failure = refusal
                unsure |= refusal.status not in _NOT_TAKEN
            except LOST as error:
                failure = error
                unsure |= not isinstance(error, aiohttp.ClientConnectorError)  # that one never got through
            if wait is None or (unsure and not repeatable):
                break
            _log.info("a request did not get through; trying again", route=route.path, reason=type(failure).__name__)
            await asyncio.sleep(wait)
            repeated = True
        if isinstance(failure, nextcord.HTTPException) and not unsure:
            raise failure
        raise Unsure(" ".join(str(failure).split()) or type(failure).__name__) from failure

    async def _once(
        self, route: Route, body: Payload | None, files: Sequence[File], bound: aiohttp.ClientTimeout
    ) -> Any:
        headers = {"User-Agent": self._user_agent}
        sent: bytes | aiohttp.FormData | None = None
        if files and body is not None:
            sent = _form(body, files)
        elif body is not None:
            sent = orjson.dumps(body)
            headers["Content-Type"] = "application/json"
        async with self._session.request(
            route.method, route.url, data=sent, headers=headers, timeout=bound
        ) as response:
            raw = await response.read()
        is_json = response.headers.get("Content-Type") == "application/json"
        data = orjson.loads(raw) if raw and is_json else raw.decode(errors="replace") or None
        if response.status == _TOO_MANY_REQUESTS:
            raise _limited(response, data)
        self._note_bucket(response)
        if response.status >= _ERRORS:
            raise _refusal(response, data)
        return data

    def _note_bucket(self, response: aiohttp.ClientResponse) -> None:
        if response.headers.get("X-RateLimit-Remaining") == "0":
            after = float(response.headers.get("X-RateLimit-Reset-After", 0))
            self._free_at = asyncio.get_running_loop().time() + min(after, _LONGEST_LIMIT)

    async def _wait_for_bucket(self) -> None:
        seconds = self._free_at - asyncio.get_running_loop().time()
        if seconds > 0:
            await asyncio.sleep(seconds)


def _refusal(response: aiohttp.ClientResponse, data: Any) -> nextcord.HTTPException:
    if response.status >= _SERVER_ERRORS:
        return nextcord.DiscordServerError(response, data)
    kinds: dict[int, type[nextcord.HTTPException]] = {403: nextcord.Forbidden, 404: nextcord.NotFound}
    return kinds.get(response.status, nextcord.HTTPException)(response, data)


def _limited(response: aiohttp.ClientResponse, data: Any) -> Exception:
    """Make the error of a 429: one to wait for, unless it is not Discord's own or nobody would wait that long."""
    refusal = _refusal(response, data)
    if not isinstance(data, dict) or "Via" not in response.headers:
        return refusal
    seconds = float(data.get("retry_after", 1.0))
    return refusal if seconds > _LONGEST_LIMIT else _Limited(refusal, seconds)


def _form(body: Payload, files: Sequence[File]) -> aiohttp.FormData:
    """Discord's multipart form: the JSON part, which names the attachments, and a part for each file."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", orjson.dumps(body).decode())
    for index, file in enumerate(files):
        form.add_field(f"files[{index}]", file.data, filename=file.filename, content_type="application/octet-stream")
    return form
