"""The steps of the stop: nothing new comes in, what is under way ends, and what was opened is closed."""

import asyncio
from collections.abc import Mapping

from botcore.app.bootstrap import Parts
from botcore.app.lifecycle import StepAction
from botcore.features.cogs import unload
from botcore.log import get_logger

_log = get_logger(__name__)

#: How long the work in flight may go on after the gateway has closed.
WORK_SECONDS = 8.0

#: What subscribers of events have at least, where the work in flight took its time or something published later.
SUBSCRIBER_SECONDS = 1.0


class Stopping:
    """What each step of `botcore.app.lifecycle.STOP` does.

    Args:
        parts: the parts of the bot that stops.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def actions(self) -> Mapping[str, StepAction]:
        """The action of each step, by its name."""
        return {
            "gateway": self._parts.connection.close_gateway,
            "work in flight": self._finish_work,
            "timers": self._stop_timers,
            "features": self._stop_features,
            "services": self._parts.container.aclose,
            "database": self._parts.database.close,
            "rest": self._parts.connection.close_rest,
        }

    async def _finish_work(self) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + WORK_SECONDS
        cancelled = await self._parts.connection.finish_work(WORK_SECONDS)
        cancelled += await self._parts.events.finish(max(until - loop.time(), SUBSCRIBER_SECONDS))
        if cancelled:
            _log.warning("some work in flight took too long and was cancelled", count=cancelled)

    async def _stop_timers(self) -> None:
        cancelled = await self._parts.timers.stop(WORK_SECONDS)
        if cancelled:
            _log.warning("some timers took too long; they will fire again at the next start", count=cancelled)

    async def _stop_features(self) -> None:
        cancelled = await self._parts.events.finish(SUBSCRIBER_SECONDS)
        if cancelled:
            _log.warning("some subscribers of events took too long and were cancelled", count=cancelled)
        for registered in reversed(self._parts.registered):
            try:
                await registered.feature.stop()
            except Exception:
                _log.exception("a feature failed to stop", feature=registered.feature.name)
            await unload(registered.cogs)
