"""The nonces of messages that were sent in the last few minutes."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.users import User

REMEMBERED: Final = timedelta(minutes=5)
"""Discord says "the past few minutes".

Source: https://discord.com/developers/docs/resources/message#create-message
"""


class Nonces:
    """Finds the message of an author that has a nonce, in whichever channel, and also once it is deleted."""

    def __init__(self) -> None:
        self._messages: OrderedDict[tuple[int, str], Message] = OrderedDict()

    def find(self, author: User, nonce: str | int, now: datetime) -> Message | None:
        """The author's message that was sent a few minutes ago with this nonce."""
        self._forget_old(now)
        return self._messages.get((author.id, str(nonce)))

    def remember(self, message: Message) -> None:
        """Note a new message, if it has a nonce."""
        self._forget_old(message.timestamp)
        if message.nonce is not None:
            key = message.author.id, str(message.nonce)
            self._messages[key] = message
            self._messages.move_to_end(key)

    def _forget_old(self, now: datetime) -> None:
        while self._messages and next(iter(self._messages.values())).timestamp <= now - REMEMBERED:
            self._messages.popitem(last=False)
