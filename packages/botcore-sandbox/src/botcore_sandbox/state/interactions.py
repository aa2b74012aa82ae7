"""Interactions: what a person did in the client, and how far the bot got with answering it."""

from asyncio import TimerHandle
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.users import User

ACKNOWLEDGE_WITHIN = 3.0
"""Seconds of real time (developer documentation, "Responding to an Interaction")."""

TOKEN_LIFETIME = timedelta(minutes=15)
"""How long the token works once acknowledged (the same page)."""


class InteractionType(IntEnum):
    """What a person did."""

    PING = 1
    APPLICATION_COMMAND = 2
    MESSAGE_COMPONENT = 3
    APPLICATION_COMMAND_AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class CallbackType(IntEnum):
    """How a bot may answer; the names are the ones that Discord prints in its own errors."""

    PONG = 1
    CHANNEL_MESSAGE_WITH_SOURCE = 4
    DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE = 5
    DEFERRED_UPDATE_MESSAGE = 6
    UPDATE_MESSAGE = 7
    APPLICATION_COMMAND_AUTOCOMPLETE_RESULT = 8
    MODAL = 9


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction from click to last follow-up.

    `message` is the message whose component was used; `opened_by` is the interaction that opened a
    submitted modal. `started` and `acknowledged` are seconds on the event loop's clock, `issued_at` is on
    the sandbox's.
    """

    id: int
    type: InteractionType
    token: str
    user: User
    channel: Channel
    guild: Guild | None
    data: dict[str, Any]
    issued_at: datetime
    started: float
    locale: str
    message: Message | None = None
    opened_by: "Interaction | None" = None
    acknowledged: float | None = None
    ack_type: CallbackType | None = None
    failed: bool = False
    ephemeral: bool = False
    original: Message | None = None
    updated: bool = False
    followups: list[Message] = field(default_factory=list)
    choices: list[dict[str, Any]] | None = None
    modal: dict[str, Any] | None = None
    deadline: TimerHandle | None = None

    def expired(self, now: datetime) -> bool:
        """Whether the token no longer works."""
        return now >= self.issued_at + TOKEN_LIFETIME

    @property
    def component_message(self) -> Message | None:
        """What callback types 6 and 7 change: the message of the component, also through its modal."""
        if self.message is not None:
            return self.message
        return self.opened_by.component_message if self.opened_by is not None else None

    def owns(self, message: Message) -> bool:
        """Whether this interaction's token may touch a message."""
        return message is self.original or any(message is followup for followup in self.followups)


@dataclass(slots=True)
class InteractionLog:
    """The interactions whose tokens may still be used; the oldest are forgotten beyond `keep`."""

    keep: int = 5_000
    _by_id: dict[int, Interaction] = field(default_factory=dict)
    _by_token: dict[str, Interaction] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Interaction]:
        return iter(list(self._by_id.values()))

    def add(self, interaction: Interaction, now: datetime) -> list[Interaction]:
        """Remember one, and return those that were forgotten for it: expired ones and those beyond `keep`."""
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        forgotten = []
        for oldest in list(self._by_id.values()):
            if len(self._by_id) <= self.keep and not oldest.expired(now):
                break
            del self._by_id[oldest.id]
            del self._by_token[oldest.token]
            forgotten.append(oldest)
        return forgotten

    def get(self, interaction_id: int) -> Interaction | None:
        """By id."""
        return self._by_id.get(interaction_id)

    def by_token(self, token: str) -> Interaction | None:
        """By token."""
        return self._by_token.get(token)
