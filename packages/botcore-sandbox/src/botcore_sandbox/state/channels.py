"""Channels of a guild, threads and direct messages, each with the messages it keeps."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Overwrite
from botcore_sandbox.state.users import User


class ChannelType(IntEnum):
    """The kinds of channel that the sandbox has (developer documentation, "Channel Types")."""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15


THREAD_TYPES = frozenset({ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD})
VOICE_TYPES = frozenset({ChannelType.VOICE, ChannelType.STAGE})
WRITABLE_TYPES = frozenset(ChannelType) - {ChannelType.CATEGORY, ChannelType.FORUM}
"""Where messages can be written; a forum takes posts, which are threads."""


@dataclass(slots=True)
class ForumTag:
    """What a post of a forum can be marked with; one of `emoji_id` and `emoji_name` at most."""

    id: int
    name: str
    moderated: bool = False
    emoji_id: int | None = None
    emoji_name: str | None = None


@dataclass(slots=True)
class Thread:
    """What only a thread has; `members` maps a user's id to when they joined."""

    owner_id: int
    created_at: datetime
    archive_changed_at: datetime
    auto_archive_minutes: int = 4_320
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    members: dict[int, datetime] = field(default_factory=dict)
    messages_sent: int = 0
    tag_ids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Channel:
    """A channel, thread or direct message; only one of `guild_id` and `recipients` says anything.

    `slow_mode` is in seconds; `bitrate` in bits a second, which like `user_limit` (0: no limit) only voice has.
    """

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
    last_pin_at: datetime | None = None
    parent_id: int | None = None
    slow_mode: int = 0
    bitrate: int = 64_000
    user_limit: int = 0
    region: str | None = None
    video_quality: int = 1
    default_auto_archive_minutes: int | None = None
    default_thread_slow_mode: int = 0
    tags: list[ForumTag] = field(default_factory=list)
    flags: int = 0
    thread: Thread | None = None

    @property
    def is_dm(self) -> bool:
        """Whether it is a conversation between two people."""
        return self.type is ChannelType.DM

    def overwrite_of(self, target_id: int) -> Overwrite | None:
        """The exception that is made for a role or member."""
        return next((overwrite for overwrite in self.overwrites if overwrite.id == target_id), None)
