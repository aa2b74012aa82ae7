"""Writing to Discord outside an interaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Sent:
    """Discord took the message.

    Args:
        message_id: the message's id.
        channel_id: the channel it is in.
    """

    message_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord did not take the message.

    Args:
        code: Discord's JSON error code, or the HTTP status where there was none, or 0 where there was no answer.
            Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
        transient: whether trying again later may work.
    """

    code: int
    transient: bool


class OutgoingMessage(Protocol):
    """What can be sent; `botcore.Message` is one."""

    @property
    def files(self) -> Sequence[Any]:
        """Files to attach."""
        ...

    def to_payload(self, *, edit: bool = False) -> dict[str, Any]:
        """Discord's message object; for an edit with everything that is to be cleared."""
        ...


class Messenger(Protocol):
    """Sends and edits messages with the bot's own rights."""

    async def send(self, channel_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Send a message to a channel."""
        ...

    async def edit(self, channel_id: int, message_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Replace what one of the bot's messages shows."""
        ...

    async def dm(self, user_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Send a direct message to a user."""
        ...
