"""Raw requests to Discord, within its rate limits, and repeated where that is harmless.

nextcord repeats a request without telling anybody, gives up on a lost connection, and lets channels that have nothing
to do with one another share a limit. Here it is known whether an earlier attempt may have reached Discord, so that an
answer whose receipt was lost is neither given up nor given twice.
"""

import asyncio
import contextlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import nextcord
import orjson
from nextcord.http import Route

from botcore.commands import Payload
from botcore.discord.patience import LOST
from botcore.discord.rate_limits import LONGEST_LIMIT, Bucket, Buckets, GlobalLimit, Pause, is_global
from botcore.log import get_logger
from botcore.ui import File

_log = get_logger(__name__)

#: Within the three seconds of an interaction, and beyond them.
FIRST_ANSWER_PAUSES: Final = (0.1, 0.4, 1.0)
LATER_PAUSES: Final = (0.25, 1.0, 3.0)

_FIRST_ANSWER_TIMEOUT: Final = aiohttp.ClientTimeout(total=5.0)
_LATER_TIMEOUT: Final = aiohttp.ClientTimeout(total=30.0)
_FILES_TIMEOUT: Final = aiohttp.ClientTimeout(total=120.0)

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


@dataclass(slots=True)
class Course:
    """How far a request has come, for whoever gives up on it.

    Attributes:
        sent: whether an attempt was made.
        status: the last status that it was answered with; 0 before any.
    """

    sent: bool = False
    status: int = 0


@dataclass(frozen=True, slots=True)
class _Request:
    """What goes over the wire."""

    route: Route
    body: Payload | None
    files: Sequence[File]
    bound: aiohttp.ClientTimeout

    def over(self, session: aiohttp.ClientSession, headers: Mapping[str, str]) -> Any:
        """The context of its answer."""
        sent: bytes | aiohttp.FormData | None = None
        if self.files and self.body is not None:
            sent = _form(self.body, self.files)
        elif self.body is not None:
            sent = orjson.dumps(self.body)
            headers = {**headers, "Content-Type": "application/json"}
        return session.request(self.route.method, self.route.url, data=sent, headers=headers, timeout=self.bound)


class Requests:
    """Requests that share their limits.

    Args:
        session: nextcord's own HTTP session.
        headers: of every request: how the bot names itself, and its token where the path holds none.
        buckets: the limits of routes.
        global_limit: the limit on all of them together; none for interactions, whose requests do not count.
    """

    __slots__ = ("_buckets", "_global_limit", "_headers", "_session")

    def __init__(
        self,
        session: aiohttp.ClientSession,
        headers: Mapping[str, str],
        buckets: Buckets,
        global_limit: GlobalLimit | None = None,
    ) -> None:
        self._session = session
        self._headers = headers
        self._buckets = buckets
        self._global_limit = global_limit

    async def send(
        self,
        route: Route,
        body: Payload | None,
        files: Sequence[File] = (),
        *,
        first_answer: bool = False,
        repeatable: bool = True,
        done_code: int | None = None,
        course: Course | None = None,
        longest_limit: float = LONGEST_LIMIT,
    ) -> Any:
        """Send one request, and again where that is harmless.

        What shares a bucket is sent one after the other, in the order in which it came, so that it neither overtakes
        one another nor runs into the limit; only a first answer waits for nobody.

        Args:
            route: where to.
            body: the JSON body.
            files: files to send along.
            first_answer: whether it has to arrive within three seconds.
            repeatable: whether doing it twice is the same as doing it once. What is not is repeated only when Discord
                cannot have done it.
            done_code: the JSON error code that a repeated request gets where an earlier attempt, failed as it seemed,
                was successful.
            course: is told how far it comes.
            longest_limit: seconds; a longer rate limit is a refusal.

        Returns:
            The parsed answer, or ``None``.

        Raises:
            nextcord.HTTPException: Discord refused.
            Unsure: the connection was lost too often, or once where repeating is not harmless.
        """
        pauses = iter(FIRST_ANSWER_PAUSES if first_answer else LATER_PAUSES)
        bound = _FILES_TIMEOUT if files else _FIRST_ANSWER_TIMEOUT if first_answer else _LATER_TIMEOUT
        request, bucket = _Request(route, body, files, bound), self._buckets.of(route)
        course = course or Course()
        unsure = repeated = False
        failure: Exception
        async with contextlib.nullcontext() if first_answer else bucket.turn:
            while True:
                wait = next(pauses, None)
                if not first_answer:
                    await bucket.over()
                try:
                    return await self._once(request, bucket, course)
                except _Limited as limited:
                    failure = limited.refusal
                    if limited.seconds > longest_limit:
                        break
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
                reason = type(failure).__name__
                _log.info("a request did not get through; trying again", route=route.path, reason=reason)
                await asyncio.sleep(wait)
                repeated = True
        if isinstance(failure, nextcord.HTTPException) and not unsure:
            raise failure
        raise Unsure(" ".join(str(failure).split()) or type(failure).__name__) from failure

    async def _once(self, request: _Request, bucket: Bucket, course: Course) -> Any:
        async with self._global_limit.place() if self._global_limit else contextlib.nullcontext():
            course.sent = True
            async with request.over(self._session, self._headers) as response:
                course.status = response.status
                raw = await response.read()
        self._buckets.note(request.route, bucket, response.headers)
        is_json = response.headers.get("Content-Type") == "application/json"
        data = orjson.loads(raw) if raw and is_json else raw.decode(errors="replace") or None
        if response.status == _TOO_MANY_REQUESTS:
            raise self._limited(response, data, bucket)
        if response.status >= _ERRORS:
            raise _refusal(response, data)
        return data

    def _limited(self, response: aiohttp.ClientResponse, data: Any, bucket: Bucket) -> Exception:
        """Make the error of a 429, and have all wait that it concerns; Discord's proxy bars for too long to wait."""
        refusal = _refusal(response, data)
        if not isinstance(data, dict) or "Via" not in response.headers:
            return refusal
        seconds = float(data.get("retry_after") or response.headers.get("Retry-After") or 1)
        limit: Pause | None = self._global_limit if is_global(response.headers) else bucket
        if limit is not None:
            limit.extend(seconds)
        return _Limited(refusal, seconds)


def _refusal(response: aiohttp.ClientResponse, data: Any) -> nextcord.HTTPException:
    if response.status >= _SERVER_ERRORS:
        return nextcord.DiscordServerError(response, data)
    kinds: dict[int, type[nextcord.HTTPException]] = {403: nextcord.Forbidden, 404: nextcord.NotFound}
    return kinds.get(response.status, nextcord.HTTPException)(response, data)


def _form(body: Payload, files: Sequence[File]) -> aiohttp.FormData:
    """Discord's multipart form: the JSON part, which names the attachments, and a part for each file."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", orjson.dumps(body).decode())
    for index, file in enumerate(files):
        content = io.BytesIO(file.data)  # which aiohttp sends piece by piece, where bytes would hold up the loop
        form.add_field(f"files[{index}]", content, filename=file.filename, content_type="application/octet-stream")
    return form
