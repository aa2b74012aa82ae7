"""Listeners on the client's events, each with its own reference and its own error handling."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from botcore.log import current_source, get_logger

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One event that one listener handles, as the logs name it."""

    reference: str


type Handle = Callable[..., Coroutine[Any, Any, None]]


def note_task(in_flight: set[asyncio.Task[Any]]) -> None:
    """Note the task of nextcord's that this runs in, until it is done, so that a stop can let it finish."""
    if (task := asyncio.current_task()) is not None:
        in_flight.add(task)
        task.add_done_callback(in_flight.discard)


def guarded(handle: Handle, listener: str, event: str, in_flight: set[asyncio.Task[Any]]) -> Handle:
    """A listener as nextcord calls it: what it raises is logged, with a reference, and harms nobody else.

    Args:
        handle: what to call.
        listener: its name in the log.
        event: nextcord's name of the event, without ``on_``.
        in_flight: where the tasks that nextcord runs it in are noted, so that a stop can let them finish.
    """

    async def heard(*arguments: Any) -> None:
        note_task(in_flight)
        current_source.set(_Heard(secrets.token_hex(5)))
        try:
            await handle(*arguments)
        except Exception:
            _log.exception("a listener failed", listener=listener, event_name=event)

    return heard
