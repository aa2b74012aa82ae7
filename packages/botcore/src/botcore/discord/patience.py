"""Trying again where the network failed: what may be repeated, and how long it is waited for."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import aiohttp
import nextcord

from botcore.log import get_logger

_log = get_logger(__name__)

#: What a lost connection raises. aiohttp's own errors are not all OSErrors, and nextcord knows the numbers of macOS and
#: Windows only.
LOST: Final = (aiohttp.ClientError, OSError, TimeoutError)

_UNAVAILABLE: Final = 503  # the one server error after which nextcord gives up at once

PAUSES: Final = (0.25, 1.0, 3.0)


async def patiently[T](call: Callable[[], Awaitable[T]], what: str, pauses: Sequence[float] = PAUSES) -> T:
    """Make a call that may be repeated, again after each pause while the connection is lost.

    Args:
        call: what to do, through nextcord; it may have been done although its answer was lost, so repeating it must be
            harmless.
        what: its name in the log.
        pauses: seconds before each further attempt.

    Raises:
        nextcord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: the last attempt's.
    """
    for pause in pauses:
        try:
            return await call()
        except (nextcord.DiscordServerError, *LOST) as error:
            if isinstance(error, nextcord.DiscordServerError) and error.status != _UNAVAILABLE:
                raise  # nextcord has tried again itself
            _log.info("Discord could not be reached; trying again", what=what, reason=type(error).__name__)
        await asyncio.sleep(pause)
    return await call()
