"""Channels of a guild and direct messages, each with the messages it keeps."""

from dataclasses import dataclass, field
from enum import IntEnum

from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Overwrite
from botcore_sandbox.state.users import User


class ChannelType(IntEnum):
    """The kinds of channel that the sandbox has."""

    TEXT = 0
    DM = 1


@dataclass(slots=True)
class Channel:
    """A text channel or a direct message; only one of `guild_id` and `recipients` says anything."""

    id: int
    type: ChannelType
    name: str
    guild_id: int | None = None
    position: int = 0
    topic: str | None = None
    nsfw: bool = False
    overwrites: list[Overwrite] = field(default_factory=list)
    recipients: list[User] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    """Oldest first, ephemeral ones included; who lists them asks `visible_to`."""
    last_message_id: int | None = None

    @property
    def is_dm(self) -> bool:
        """Whether it is a conversation between two people."""
        return self.type is ChannelType.DM
