"""What Discord sent, in botcore's words, and the port through which it is answered.

The adapter on nextcord lives in `botcore.discord`; the rest of this package knows no client.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from botcore.errors import BotCoreError
from botcore.permissions import Caller
from botcore.ui import File

type Payload = dict[str, Any]

#: Discord's type of a slash command.
CHAT_INPUT = 1


class InteractionKind(IntEnum):
    """Discord's interaction types.

    Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type
    """

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class CallbackType(IntEnum):
    """Discord's interaction callback types.

    Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
    """

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    AUTOCOMPLETE_RESULT = 8
    MODAL = 9


class InteractionGone(BotCoreError):
    """Discord no longer knows the interaction: three seconds without an acknowledgement, or fifteen minutes in all."""


class AlreadyAcknowledged(BotCoreError):
    """The interaction had been acknowledged before (Discord's error 40060)."""


class AnswerLost(BotCoreError):
    """The connection to Discord was lost, and nobody knows whether it took what was sent."""


class Responder(Protocol):
    """How one interaction is answered.

    Every method may raise `InteractionGone` or `AnswerLost`; ``callback`` may raise `AlreadyAcknowledged` too.
    """

    async def callback(self, kind: CallbackType, data: Payload | None = None, files: Sequence[File] = ()) -> None:
        """Give the first answer, the only one that has to come within three seconds."""
        ...

    async def original(self) -> Payload:
        """Fetch the message that the first answer made."""
        ...

    async def edit_original(self, data: Payload, files: Sequence[File] = ()) -> None:
        """Edit the message that the first answer made, or that a component sits on."""
        ...

    async def delete_original(self) -> None:
        """Delete the message that the first answer made."""
        ...

    async def follow_up(self, data: Payload, files: Sequence[File] = ()) -> Payload:
        """Send a further message."""
        ...


class Entities(Protocol):
    """Turns ids that Discord resolved in an interaction into nextcord's objects."""

    def resolve(self, option_type: int, value: Any, resolved: Mapping[str, Any], guild_id: int | None) -> Any:
        """Return the object that an option of ``option_type`` carries.

        Raises:
            KeyError: if Discord did not send what the id names.
        """
        ...


@dataclass(frozen=True, slots=True)
class Invoker:
    """The person who used a command, clicked or submitted.

    Args:
        id: Discord's user id.
        username: the account's unique name.
        display_name: the name others see: nickname, else global name, else username.
        role_ids: the member's roles in this server; empty in a direct message.
    """

    id: int
    username: str
    display_name: str
    role_ids: tuple[int, ...] = ()

    @property
    def mention(self) -> str:
        """The text that Discord shows as this person's name. It pings nobody unless a message allows it to."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction as Discord sent it.

    Args:
        id: snowflake of the interaction.
        kind: what the person did.
        data: Discord's ``data`` object, untouched: a claim by a stranger.
        invoker: who acts.
        caller: what permission decisions need of them.
        channel_id: where they act.
        locale: the person's language as Discord's locale code.
        message: the message that carries the component, or ``None``.
        responder: the port to answer through.
        entities: the port that resolves users, channels, roles and attachments.
        sees_channel: whether the invoker may see a channel of this server.
        native: makes the client library's own object, for what botcore does not wrap.
    """

    id: int
    kind: InteractionKind
    data: Mapping[str, Any]
    invoker: Invoker
    caller: Caller
    channel_id: int | None
    locale: str
    message: Mapping[str, Any] | None
    responder: Responder
    entities: Entities
    sees_channel: Callable[[int], bool]
    native: Callable[[], Any]

    @property
    def reference(self) -> str:
        """A short name of this interaction: on every log line of it, and in the sentence a person gets on a failure.

        Eight to thirteen letters and digits, derived from the snowflake, so it is the same in every process.
        """
        return _base36(self.id)


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
