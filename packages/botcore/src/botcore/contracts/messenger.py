"""Writing to Discord outside an interaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from botcore.errors import BotCoreError

LONGEST_NONCE: Final = 25
"""Source: https://discord.com/developers/docs/resources/message#create-message"""


class InvalidNonce(BotCoreError, ValueError):
    """A nonce was given that Discord would not take."""


def make_nonce(*parts: str | int) -> str:
    """A nonce for what the parts name, always the same for the same parts: `make_nonce("reminders", 7, "2026-12-24")`.

    Args:
        parts: what makes this message this one and no other. Begin with the feature's name: Discord compares the
            nonces of all that the bot sends.

    Returns:
        25 letters and digits, of which no two lists of parts share the same in practice (100 bits).
    """
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
    return digest[:LONGEST_NONCE]


def check_nonce(nonce: str) -> str:
    """The nonce itself.

    Raises:
        InvalidNonce: it is empty or too long.
    """
    if not 1 <= len(nonce) <= LONGEST_NONCE:
        raise InvalidNonce(
            f"a nonce has 1 to {LONGEST_NONCE} characters, and {nonce[:40]!r} has {len(nonce)}; make_nonce(...) makes "
            "one of any parts"
        )
    return nonce


@dataclass(frozen=True, slots=True)
class Sent:
    """Discord did it.

    Args:
        message_id: the message's id.
        channel_id: the channel it is, or was, in.
    """

    message_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord did not do it, or nobody knows whether it did.

    Args:
        code: Discord's JSON error code, or the HTTP status where there was none, or 0 where there was no answer.
            Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
        transient: whether trying again later may work. Without an answer it may have been done all the same: try
            again with the same nonce, and Discord does it once.
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
    """Writes with the bot's own rights.

    What holds for every adapter: each of these is bounded in time, raises nothing that Discord could answer, and may
    be repeated by the adapter while it waits for an answer, without anything happening twice. Nobody is pinged whom
    the message does not name as one who may be.
    """

    async def send(self, channel_id: int, message: OutgoingMessage, *, nonce: str | None = None) -> Sent | Refused:
        """Send a message to a channel.

        Args:
            channel_id: the channel or thread.
            message: what to send.
            nonce: a text that only this message has, see `make_nonce`; 1 to 25 characters. If the bot has sent a
                message with it within the last few minutes, in whichever channel, nothing is sent and the answer
                names that one. If that one has been deleted since, the answer is `Refused` with 10008.

        Raises:
            InvalidNonce: it is empty or too long.
        """
        ...

    async def edit(self, channel_id: int, message_id: int, message: OutgoingMessage) -> Sent | Refused:
        """Replace all that one of the bot's messages shows."""
        ...

    async def delete(self, channel_id: int, message_id: int) -> Sent | Refused:
        """Delete a message; one that is gone already counts as deleted."""
        ...

    async def dm(self, user_id: int, message: OutgoingMessage, *, nonce: str | None = None) -> Sent | Refused:
        """Send a direct message to a user; otherwise as `send`.

        Raises:
            InvalidNonce: the nonce is empty or too long.
        """
        ...
