"""The sandbox's clock inside the process of a bot that the sandbox started, or that was pointed at it.

The environment variable `SANDBOX_CLOCK_URL` names it. The clock listens as soon as somebody sleeps on it, which a bot's
timers do from the start; if the sandbox goes away it runs on, and looks for the sandbox now and then.
"""

import asyncio
import logging
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

from botcore_sandbox.clock.moving import Reading, SandboxClock
from botcore_sandbox.clock.wire import CHANNEL, FollowingTimers, packed_moment, unpack

VARIABLE: Final = "SANDBOX_CLOCK_URL"

_FIRST_LOOK_WITHIN: Final = 3.0
_PAUSE: Final = 1.0

_log = logging.getLogger(__name__)


class NotALocalClock(ValueError):
    """The address of a clock is not one of a sandbox on this machine."""


def follow(url: str) -> "FollowingClock":
    """The clock of a sandbox, asked for its time at once, before anything of the bot runs.

    Args:
        url: where the sandbox serves it; http on a loopback address.

    Raises:
        NotALocalClock: `url` is something else.
    """
    url = _local(url)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=_FIRST_LOOK_WITHIN) as answer:
            reading = unpack(orjson.loads(answer.read()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("the sandbox's clock at %s does not answer (%s); the bot begins with the machine's", url, error)
        reading = Reading(timedelta(0))
    return FollowingClock(url, reading)


class FollowingClock(SandboxClock):
    """Keeps step with a sandbox's clock.

    Args:
        url: where the sandbox serves it.
        reading: what it showed just now.

    Attributes:
        timers: the timers of this bot, once there are some; the sandbox asks about them.
    """

    def __init__(self, url: str, reading: Reading) -> None:
        super().__init__(reading.at, moved=reading.moved)
        self._url = url
        self._listening: asyncio.Task[None] | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self.timers: FollowingTimers | None = None

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on the sandbox's clock."""
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen(), name="the sandbox's clock")
        await super().sleep(seconds)

    async def _listen(self) -> None:
        import aiohttp

        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.ws_connect(self._url + CHANNEL, heartbeat=30.0) as channel:
                        async for message in channel:
                            if message.type is aiohttp.WSMsgType.TEXT:
                                self._take(orjson.loads(message.data), channel)
                except aiohttp.ClientError as error:
                    _log.debug("the sandbox's clock is not there: %s", error)
                await asyncio.sleep(_PAUSE)  # real time: this waits for the sandbox to come back

    def _take(self, body: Mapping[str, Any], channel: Any) -> None:
        if "ask" not in body:
            self.follow(unpack(body))
            return
        task = asyncio.create_task(self._answer(body["ask"], channel, idle=body["idle"]))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answer(self, number: int, channel: Any, *, idle: bool) -> None:
        next_timer = None
        try:
            if self.timers is not None and idle:
                await self.timers.until_idle()
            if self.timers is not None:
                next_timer = await self.timers.next_due()
        except Exception:
            _log.exception("the sandbox asked for the next timer, and the timers cannot say")
        answer = {"answers": number, "next_timer": packed_moment(next_timer)}
        with suppress(ConnectionError):  # whoever asked is gone
            await channel.send_str(orjson.dumps(answer).decode())


def _local(url: str) -> str:
    from botcore_sandbox.guard import names_loopback

    parts = urlsplit(url)
    if parts.scheme != "http" or not names_loopback(parts.netloc):
        raise NotALocalClock(
            f"{VARIABLE} names a sandbox on this machine, such as http://127.0.0.1:8420/sandbox/clock, not {url!r}; "
            "leave it unset for the machine's own time."
        )
    return url.rstrip("/")
