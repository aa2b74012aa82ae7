"""What polls do when something happens at Discord that no member asked for."""

from typing import Any

import botcore as bc
from botcore_polls.services.live import LiveTally


class RedrawAtConnection(bc.BaseListener):
    """Redraws, once the bot is connected, the polls whose last votes a killed bot did not show."""

    event = "ready"

    def __init__(self, live: LiveTally) -> None:
        self._live = live

    async def handle(self, *_args: Any) -> None:
        """Find and redraw them; at a reconnection there are none."""
        await self._live.repair()
