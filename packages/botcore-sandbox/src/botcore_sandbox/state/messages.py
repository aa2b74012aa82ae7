"""Messages and the files attached to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

from botcore_sandbox.state.users import User


class MessageType(IntEnum):
    """The kinds of message that the sandbox makes (developer documentation, "Message Types")."""

    DEFAULT = 0
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    CONTEXT_MENU_COMMAND = 23


class MessageFlags(IntFlag):
    """Bits of a message's `flags`."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlags(0)


@dataclass(slots=True)
class Attachment:
    """A file as it was uploaded; its bytes are served from the sandbox's own CDN route."""

    id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None
    ephemeral: bool = False


@dataclass(slots=True)
class Mentions:
    """Whom a message's text reaches, after `allowed_mentions` and permissions had their say."""

    users: list[User] = field(default_factory=list)
    role_ids: list[int] = field(default_factory=list)
    everyone: bool = False


@dataclass(slots=True)
class Message:
    """A message; it is changed in place, so whoever holds it sees later edits.

    `visible_to` is the one user who sees an ephemeral message, or None for everybody in the channel.
    """

    id: int
    channel_id: int
    guild_id: int | None
    author: User
    timestamp: datetime
    type: MessageType = MessageType.DEFAULT
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentions: Mentions = field(default_factory=Mentions)
    flags: MessageFlags = NO_FLAGS
    tts: bool = False
    pinned: bool = False
    nonce: int | str | None = None
    reply_to: int | None = None
    visible_to: int | None = None
    webhook_id: int | None = None
    application_id: int | None = None
    interaction_metadata: dict[str, Any] | None = None
    edited_at: datetime | None = None
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return MessageFlags.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether it still shows "is thinking..."."""
        return MessageFlags.LOADING in self.flags
