"""The `Messenger` port in memory: takes what it is told, and shows it to a test."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

import botcore as bc
from botcore.contracts.messenger import check_nonce

UNKNOWN_MESSAGE = 10008
"""Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that the messenger was asked to send, whatever it answered.

    Args:
        channel_id: the channel; of a direct message it is the user's own id.
        payload: Discord's message object, without the nonce.
        nonce: the nonce that was given.
        user_id: to whom, if it is a direct message.
    """

    channel_id: int
    payload: dict[str, Any]
    nonce: str | None = None
    user_id: int | None = None


class FakeMessenger:
    """Takes everything, or answers what `answers` holds, in order.

    It takes edits and deletions of messages that it has not sent, too. Clear `gate` to hold back its answers, and set
    it to let them go.

    Attributes:
        sends: what it was asked to send, refused or not.
        edits: the channel, the message and the payload of each edit that it was asked for, refused or not.
        deletions: the channel and the message of each deletion that it was asked for, refused or not.
        messages: the payload that each message shows now, by channel and message.
        answers: the next refusals.
        gate: whether it answers.
    """

    def __init__(self) -> None:
        self.sends: list[Asked] = []
        self.edits: list[tuple[int, int, dict[str, Any]]] = []
        self.deletions: list[tuple[int, int]] = []
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.answers: deque[bc.Refused] = deque()
        self.gate = asyncio.Event()
        self.gate.set()
        self._nonces: dict[str, bc.Sent] = {}
        self._ids = itertools.count(1_000_000)
        self._changed = asyncio.Condition()

    async def send(
        self, channel_id: int, message: bc.OutgoingMessage, *, nonce: str | None = None
    ) -> bc.Sent | bc.Refused:
        """Take a message; as in `botcore.Messenger`."""
        return await self._send(Asked(channel_id, _payload(message), nonce))

    async def dm(self, user_id: int, message: bc.OutgoingMessage, *, nonce: str | None = None) -> bc.Sent | bc.Refused:
        """Take a direct message; as in `botcore.Messenger`."""
        return await self._send(Asked(user_id, _payload(message), nonce, user_id))

    async def edit(self, channel_id: int, message_id: int, message: bc.OutgoingMessage) -> bc.Sent | bc.Refused:
        """Take an edit; as in `botcore.Messenger`."""
        payload = _payload(message, edit=True)
        self.edits.append((channel_id, message_id, payload))
        refused = await self._answer()
        if refused is None:
            self.messages[channel_id, message_id] = payload
        return refused or bc.Sent(message_id, channel_id)

    async def delete(self, channel_id: int, message_id: int) -> bc.Sent | bc.Refused:
        """Take a deletion; as in `botcore.Messenger`."""
        self.deletions.append((channel_id, message_id))
        refused = await self._answer()
        if refused is None:
            self.messages.pop((channel_id, message_id), None)
        return refused or bc.Sent(message_id, channel_id)

    async def until(self, true: Callable[[], bool]) -> None:
        """Return once something that it was asked has made this true.

        Raises:
            TimeoutError: ten seconds are over.
        """
        async with asyncio.timeout(_PATIENCE), self._changed:
            await self._changed.wait_for(true)

    async def until_sends(self, count: int) -> None:
        """Return once it was asked to send this many messages."""
        await self.until(lambda: len(self.sends) >= count)

    async def until_edits(self, count: int) -> None:
        """Return once it was asked for this many edits."""
        await self.until(lambda: len(self.edits) >= count)

    async def _send(self, asked: Asked) -> bc.Sent | bc.Refused:
        if asked.nonce is not None:
            check_nonce(asked.nonce)
        self.sends.append(asked)
        refused = await self._answer()
        if refused is not None:
            return refused
        sent = None if asked.nonce is None else self._nonces.get(asked.nonce)
        if sent is not None:
            there = (sent.channel_id, sent.message_id) in self.messages
            return sent if there else bc.Refused(UNKNOWN_MESSAGE, transient=False)
        sent = bc.Sent(next(self._ids), asked.channel_id)
        self.messages[sent.channel_id, sent.message_id] = asked.payload
        if asked.nonce is not None:
            self._nonces[asked.nonce] = sent
        return sent

    async def _answer(self) -> bc.Refused | None:
        async with self._changed:
            self._changed.notify_all()
        await self.gate.wait()
        return self.answers.popleft() if self.answers else None


def _payload(message: bc.OutgoingMessage, *, edit: bool = False) -> dict[str, Any]:
    """What would go over the wire, nothing of which is shared with the message."""
    payload: dict[str, Any] = orjson.loads(orjson.dumps(message.to_payload(edit=edit)))
    return payload
