"""Listeners on the client's events, each with its own reference and its own error handling."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from botcore.commands import BaseListener
from botcore.log import current_source, get_logger

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One event that one listener handles, as the logs name it."""

    reference: str


def guarded(listener: BaseListener, in_flight: set[asyncio.Task[Any]]) -> Callable[..., Coroutine[Any, Any, None]]:
    """The listener as nextcord calls it: what it raises is logged, with a reference, and harms nobody else.

    Args:
        listener: what to call.
        in_flight: where the tasks that nextcord runs it in are noted, so that a stop can let them finish.
    """

    async def heard(*arguments: Any) -> None:
        if (task := asyncio.current_task()) is not None:
            in_flight.add(task)
            task.add_done_callback(in_flight.discard)
        current_source.set(_Heard(secrets.token_hex(5)))
        try:
            await listener.handle(*arguments)
        except Exception:
            _log.exception("a listener failed", listener=type(listener).__name__, event_name=listener.event)

    return heard
