"""Reactions."""

from typing import Any

from botcore_sandbox.state.messages import Emoji
from botcore_sandbox.state.users import User


def emoji_payload(emoji: Emoji) -> dict[str, Any]:
    """An emoji as reactions carry it (`MessageReactionEmojiResponse`)."""
    return {"id": None if emoji.id is None else str(emoji.id), "name": emoji.name}


def reaction_payload(emoji: Emoji, users: dict[int, User], viewer: User) -> dict[str, Any]:
    """How many reacted so, and whether the viewer did (`MessageReactionResponse`)."""
    return {
        "emoji": emoji_payload(emoji),
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me": viewer.id in users,
        "me_burst": False,
    }
