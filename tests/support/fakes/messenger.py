"""Discord's side of messages outside interactions, in memory: the `Messenger` port, which records what it is told."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from botcore.contracts.messenger import OutgoingMessage, Refused, Sent


class FakeMessenger:
    """Takes every edit, or answers what `answers` holds, in order.

    Set `gate` to let edits through, clear it to hold them back.
    """

    def __init__(self) -> None:
        self.edits: list[tuple[int, int, dict[str, Any]]] = []
        self.answers: deque[Refused] = deque()
        self.gate = asyncio.Event()
        self.gate.set()
        self._changed = asyncio.Condition()

    async def send(self, channel_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Refuse: no test of edits sends anything."""
        return Refused(0, transient=False)

    async def dm(self, user_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Refuse, as `send`."""
        return Refused(0, transient=False)

    async def edit(self, channel_id: int, message_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Take an edit, once the gate is open."""
        async with self._changed:
            self.edits.append((channel_id, message_id, message.to_payload(edit=True)))
            self._changed.notify_all()
        await self.gate.wait()
        return self.answers.popleft() if self.answers else Sent(message_id, channel_id)

    async def until(self, true: Callable[[], bool]) -> None:
        """Return once an edit has made this true; at most after ten seconds."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(true)

    async def until_edits(self, count: int) -> None:
        """Return once this many edits have come."""
        await self.until(lambda: len(self.edits) >= count)
