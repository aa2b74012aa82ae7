"""Channels of a guild.

Source: developer documentation, "Create Guild Channel" and "Modify Channel".
"""

import re
from dataclasses import dataclass, field
from typing import Any

from botcore_sandbox.state.channels import VOICE_TYPES, ChannelType, ForumTag
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, OverwriteType
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.lists import read_list
from botcore_sandbox.validation.problems import Problems

MAX_CHANNELS = 500
MAX_IN_CATEGORY = 50
MAX_SLOW_MODE = 21_600
ARCHIVE_AFTER = (60, 1_440, 4_320, 10_080)
"""The minutes after which threads can be archived."""

_CREATABLE = (
    ChannelType.TEXT,
    ChannelType.VOICE,
    ChannelType.CATEGORY,
    ChannelType.ANNOUNCEMENT,
    ChannelType.STAGE,
    ChannelType.FORUM,
)
_CONVERTIBLE = (ChannelType.TEXT, ChannelType.ANNOUNCEMENT)
_MAX_TOPIC, _MAX_FORUM_TOPIC = 1_024, 4_096
_MIN_BITRATE, _MAX_BITRATE = 8_000, 96_000
_MAX_USERS = 99
_MAX_OVERWRITES = 100
_MAX_TAGS = 20
_LOWER_CASE = frozenset({ChannelType.TEXT, ChannelType.ANNOUNCEMENT})


@dataclass(slots=True)
class ChannelDraft:
    """Validated fields of a channel; `fields` holds what was given, under the names of the state."""

    type: ChannelType
    name: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    overwrites: list[Overwrite] | None = None
    tags: list[ForumTag] | None = None
    """Ids of new tags are 0."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a channel should stand; `parent_id` is only said if `moves_parent`."""

    channel_id: int
    position: int | None
    moves_parent: bool
    parent_id: int | None
    sync_permissions: bool


def read_channel(body: dict[str, Any], *, edited: ChannelType | None = None) -> ChannelDraft:
    """A validated channel; `edited` is the type of the one that is changed.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    given_type = form.choice("type", _CONVERTIBLE if edited in _CONVERTIBLE else _CREATABLE)
    kind = ChannelType(given_type) if given_type is not None else (edited or ChannelType.TEXT)
    if edited is not None and kind is not edited and edited not in _CONVERTIBLE:
        problems.at("type").add("CHANNEL_TYPE_INVALID", "Invalid channel type")
    draft = ChannelDraft(kind)
    name = form.text("name", low=1, high=100, needed=edited is None, strip=True)
    if name is not None:
        draft.name = _channel_name(name) if kind in _LOWER_CASE else name
    _read_plain(form, draft)
    if form.mentions("parent_id"):
        draft.fields["parent_id"] = form.snowflake("parent_id")
    if form.mentions("permission_overwrites"):
        entries = form.forms("permission_overwrites", high=_MAX_OVERWRITES) or []
        read = (read_overwrite(entry) for entry in entries)
        draft.overwrites = [overwrite for overwrite in read if overwrite is not None]
    _read_forum(form, draft)
    problems.raise_if_found()
    return draft


def read_overwrite(form: Form, target_id: int | None = None) -> Overwrite | None:
    """An exception for a role or member; its target stands in the form unless it is given."""
    target = form.snowflake("id", needed=True) if target_id is None else target_id
    kind = form.choice("type", OverwriteType) or 0
    allow, deny = form.bits("allow") or NO_PERMISSIONS, form.bits("deny") or NO_PERMISSIONS
    return None if target is None else Overwrite(target, OverwriteType(kind), allow, deny & ~allow)


def read_moves(body: Any) -> list[Move]:
    """Where channels should stand.

    Raises:
        ApiError: 50035, the error tree is keyed by the index.
    """
    problems = Problems()
    moves = [
        Move(
            form.snowflake("id", needed=True) or 0,
            form.integer("position", low=0),
            form.mentions("parent_id"),
            form.snowflake("parent_id"),
            bool(form.flag("lock_permissions")),
        )
        for form in read_list(body, problems)
    ]
    problems.raise_if_found()
    return moves


def _channel_name(name: str) -> str:
    """Discord writes the names of text channels in lower case, with dashes for spaces."""
    return re.sub(r"\s+", "-", name.lower())


def _read_plain(form: Form, draft: ChannelDraft) -> None:
    high_topic = _MAX_FORUM_TOPIC if draft.type is ChannelType.FORUM else _MAX_TOPIC
    if form.mentions("topic"):
        draft.fields["topic"] = form.text("topic", high=high_topic) or None
    numbers = {
        "position": ("position", 0, None),
        "rate_limit_per_user": ("slow_mode", 0, MAX_SLOW_MODE),
        "default_thread_rate_limit_per_user": ("default_thread_slow_mode", 0, MAX_SLOW_MODE),
    }
    if draft.type in VOICE_TYPES:
        numbers["bitrate"] = ("bitrate", _MIN_BITRATE, _MAX_BITRATE)
        numbers["user_limit"] = ("user_limit", 0, _MAX_USERS)
    for key, (name, low, high) in numbers.items():
        number = form.integer(key, low=low, high=high)
        if number is not None:
            draft.fields[name] = number
    nsfw = form.flag("nsfw")
    if nsfw is not None:
        draft.fields["nsfw"] = nsfw
    quality = form.choice("video_quality_mode", (1, 2))
    if quality is not None:
        draft.fields["video_quality"] = quality
    if form.mentions("rtc_region"):
        draft.fields["region"] = form.text("rtc_region", high=100)
    after = form.choice("default_auto_archive_duration", ARCHIVE_AFTER)
    if after is not None:
        draft.fields["default_auto_archive_minutes"] = after


def _read_forum(form: Form, draft: ChannelDraft) -> None:
    """What only a forum has; of any other channel it is checked and passed over."""
    tags = form.forms("available_tags", high=_MAX_TAGS)
    read = [_read_tag(entry) for entry in tags or ()]
    if draft.type is ChannelType.FORUM and form.mentions("available_tags"):
        draft.tags = read
    form.choice("default_sort_order", (0, 1))
    form.choice("default_forum_layout", (0, 1, 2))
    reaction = form.form("default_reaction_emoji")
    if reaction is not None:
        reaction.snowflake("emoji_id")
        reaction.text("emoji_name", high=100)


def _read_tag(form: Form) -> ForumTag:
    return ForumTag(
        form.snowflake("id") or 0,
        form.text("name", low=1, high=20, needed=True) or "",
        bool(form.flag("moderated")),
        form.snowflake("emoji_id"),
        form.text("emoji_name", high=100),
    )
