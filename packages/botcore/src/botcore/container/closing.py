"""Closing services: one after the other, each within its time, none able to stop the next."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, cast

from botcore.log import get_logger

log = get_logger(__name__)

CLOSE_SECONDS = 5.0
"""How long one service may take to close."""

_OPEN_ENDED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)

type Close = Callable[[], Awaitable[Any] | None]


def closer_of(service: object) -> Close | None:
    """How a service is closed: its `aclose()`, otherwise its `close()`.

    A method that needs arguments is business (`PollService.close(poll)`), not the end of the service.
    """
    for name in ("aclose", "close"):
        method = getattr(service, name, None)
        if not callable(method):
            continue
        parameters = inspect.signature(method).parameters.values()
        if all(each.default is not each.empty or each.kind in _OPEN_ENDED for each in parameters):
            return cast("Close", method)
    return None


async def close(name: str, closer: Close, timeout: float) -> None:  # noqa: ASYNC109 - it outlives a cancel
    """Close one service and report, rather than raise, what goes wrong.

    Args:
        name: The service, for the log.
        closer: What `closer_of` found.
        timeout: Seconds after which it is cancelled and left behind.
    """

    async def run() -> None:
        answer = closer()
        if inspect.isawaitable(answer):
            await answer

    # A task and `wait`, not `asyncio.timeout`: a service that swallows its cancellation holds nobody up.
    closing = asyncio.ensure_future(run())
    try:
        await asyncio.wait({closing}, timeout=timeout)
    finally:
        in_time = closing.done()
        closing.cancel()
    if not in_time:
        log.error("a service was not closed in time and is left behind", service=name, seconds=timeout)
    elif not closing.cancelled() and (error := closing.exception()) is not None:
        log.error("a service could not be closed", service=name, exc_info=error)
