"""Discord's permission bits and the rule that combines roles and overwrites.

Source: developer documentation, "Permissions" (bit list, "Permission Overwrites", "Implicit Permissions").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from functools import reduce
from operator import or_


class Permissions(IntFlag):
    """Every documented permission bit."""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    PRIORITY_SPEAKER = 1 << 8
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    VIEW_GUILD_INSIGHTS = 1 << 19
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    MUTE_MEMBERS = 1 << 22
    DEAFEN_MEMBERS = 1 << 23
    MOVE_MEMBERS = 1 << 24
    USE_VAD = 1 << 25
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    MANAGE_GUILD_EXPRESSIONS = 1 << 30
    USE_APPLICATION_COMMANDS = 1 << 31
    REQUEST_TO_SPEAK = 1 << 32
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EMBEDDED_ACTIVITIES = 1 << 39
    MODERATE_MEMBERS = 1 << 40
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41
    USE_SOUNDBOARD = 1 << 42
    CREATE_GUILD_EXPRESSIONS = 1 << 43
    CREATE_EVENTS = 1 << 44
    USE_EXTERNAL_SOUNDS = 1 << 45
    SEND_VOICE_MESSAGES = 1 << 46
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


NO_PERMISSIONS = Permissions(0)
ALL_PERMISSIONS = reduce(or_, Permissions, NO_PERMISSIONS)

EVERYONE_DEFAULT = (
    Permissions.CREATE_INSTANT_INVITE
    | Permissions.ADD_REACTIONS
    | Permissions.STREAM
    | Permissions.VIEW_CHANNEL
    | Permissions.SEND_MESSAGES
    | Permissions.EMBED_LINKS
    | Permissions.ATTACH_FILES
    | Permissions.READ_MESSAGE_HISTORY
    | Permissions.USE_EXTERNAL_EMOJIS
    | Permissions.CONNECT
    | Permissions.SPEAK
    | Permissions.USE_VAD
    | Permissions.CHANGE_NICKNAME
    | Permissions.USE_APPLICATION_COMMANDS
    | Permissions.CREATE_PUBLIC_THREADS
    | Permissions.SEND_MESSAGES_IN_THREADS
    | Permissions.USE_EXTERNAL_STICKERS
    | Permissions.SEND_POLLS
)
"""What the @everyone role of a new guild grants."""

BOT_DEFAULT = EVERYONE_DEFAULT | Permissions.MANAGE_MESSAGES | Permissions.MENTION_EVERYONE
"""What the sandbox's bot is invited with, unless it is told otherwise."""

DM_DEFAULT = (
    Permissions.ADD_REACTIONS
    | Permissions.VIEW_CHANNEL
    | Permissions.SEND_MESSAGES
    | Permissions.EMBED_LINKS
    | Permissions.ATTACH_FILES
    | Permissions.READ_MESSAGE_HISTORY
    | Permissions.MENTION_EVERYONE
    | Permissions.USE_EXTERNAL_EMOJIS
    | Permissions.USE_APPLICATION_COMMANDS
    | Permissions.SEND_POLLS
)
"""What either side may do in a direct message."""

_WHILE_TIMED_OUT = Permissions.VIEW_CHANNEL | Permissions.READ_MESSAGE_HISTORY
_NEED_SENDING = (
    Permissions.MENTION_EVERYONE | Permissions.SEND_TTS_MESSAGES | Permissions.ATTACH_FILES | Permissions.EMBED_LINKS
)


class OverwriteType(IntEnum):
    """Whom an overwrite speaks of."""

    ROLE = 0
    MEMBER = 1


@dataclass(slots=True)
class Overwrite:
    """One exception of a channel from what the roles say."""

    id: int
    type: OverwriteType
    allow: Permissions
    deny: Permissions


def base_permissions(roles: Iterable[Permissions], *, owner: bool) -> Permissions:
    """What the roles grant in the guild as a whole; owner and administrators may do everything."""
    granted = reduce(or_, roles, NO_PERMISSIONS)
    return ALL_PERMISSIONS if owner or Permissions.ADMINISTRATOR in granted else granted


def channel_permissions(
    base: Permissions,
    overwrites: Iterable[Overwrite],
    *,
    everyone_id: int,
    role_ids: Iterable[int],
    member_id: int,
    timed_out: bool = False,
    sending: Permissions = Permissions.SEND_MESSAGES,
) -> Permissions:
    """What a member may do in one channel: overwrites of @everyone, then of all roles, then their own.

    `sending` is the bit that lets people write there; without it, what needs writing goes too.
    """
    if Permissions.ADMINISTRATOR in base:
        return ALL_PERMISSIONS
    by_id = {overwrite.id: overwrite for overwrite in overwrites}
    granted = _apply(base, by_id.get(everyone_id))
    of_roles = [by_id[role_id] for role_id in role_ids if role_id in by_id and role_id != everyone_id]
    denied = reduce(or_, (overwrite.deny for overwrite in of_roles), NO_PERMISSIONS)
    allowed = reduce(or_, (overwrite.allow for overwrite in of_roles), NO_PERMISSIONS)
    granted = _apply((granted & ~denied) | allowed, by_id.get(member_id))
    if Permissions.VIEW_CHANNEL not in granted:
        return NO_PERMISSIONS
    if sending not in granted:
        granted &= ~_NEED_SENDING
    return granted & _WHILE_TIMED_OUT if timed_out else granted


def _apply(granted: Permissions, overwrite: Overwrite | None) -> Permissions:
    return granted if overwrite is None else (granted & ~overwrite.deny) | overwrite.allow
