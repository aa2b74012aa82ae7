"""Messages and the files attached to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

from botcore_sandbox.state.users import User


class MessageType(IntEnum):
    """The kinds of message that the sandbox makes (developer documentation, "Message Types")."""

    DEFAULT = 0
    CHANNEL_PINNED_MESSAGE = 6
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23
    POLL_RESULT = 46


SYSTEM_TYPES = frozenset(
    {
        MessageType.CHANNEL_PINNED_MESSAGE,
        MessageType.THREAD_CREATED,
        MessageType.THREAD_STARTER_MESSAGE,
        MessageType.POLL_RESULT,
    }
)
"""What Discord itself writes in somebody's name; nobody can pin, answer or change it."""


class MessageFlags(IntFlag):
    """Bits of a message's `flags`."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
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


@dataclass(frozen=True, slots=True)
class Emoji:
    """A Unicode emoji by its characters, or with an id a guild's own."""

    name: str
    id: int | None = None


@dataclass(slots=True)
class Poll:
    """A native poll; `votes` maps an answer's number to those who chose it, in the order in which they did."""

    question: str
    answers: dict[int, dict[str, Any]]
    """Discord's media object (`text`, `emoji`) by the answer's number, which starts at 1."""
    expires_at: datetime
    multiple: bool = False
    layout: int = 1
    ended: bool = False
    votes: dict[int, dict[int, User]] = field(default_factory=dict)

    def closed(self, now: datetime) -> bool:
        """Whether nobody can vote any more."""
        return self.ended or now >= self.expires_at


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
    pinned_at: datetime | None = None
    reactions: dict[Emoji, dict[int, User]] = field(default_factory=dict)
    poll: Poll | None = None
    thread_id: int | None = None
    nonce: int | str | None = None
    reply_to: int | None = None
    visible_to: int | None = None
    webhook_id: int | None = None
    application_id: int | None = None
    interaction_metadata: dict[str, Any] | None = None
    edited_at: datetime | None = None
    deleted: bool = False

    @property
    def pinned(self) -> bool:
        """Whether it is kept on the channel's list of pins."""
        return self.pinned_at is not None

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return MessageFlags.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether it still shows "is thinking..."."""
        return MessageFlags.LOADING in self.flags
