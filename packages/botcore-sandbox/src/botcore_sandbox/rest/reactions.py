"""Reactions to a message."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import reacting
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.messages import Emoji, Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.validation.emoji import read_emoji

MAX_KINDS = 20
_PAGE = 100
_BURST = 1


async def add_own(call: Call) -> Answer:
    """React; an emoji that is there already needs no right to add reactions."""
    _, message, emoji = _target(call, Permissions.READ_MESSAGE_HISTORY, open=True)
    _require_room(call, message, emoji)
    reacting.add_reaction(call.world, message, emoji, call.world.bot)
    return NO_CONTENT


async def remove_own(call: Call) -> Answer:
    """Take the bot's reaction back."""
    _, message, emoji = _target(call, open=True)
    reacting.take_reaction(call.world, message, emoji, call.world.bot)
    return NO_CONTENT


async def remove_of_user(call: Call) -> Answer:
    """Take somebody's reaction away."""
    channel, message, emoji = _target(call, open=True)
    user = access.user(call)
    if user is not call.world.bot:
        _require_moderation(call, channel)
    reacting.take_reaction(call.world, message, emoji, user)
    return NO_CONTENT


async def list_users(call: Call) -> Answer:
    """Who reacted so, by the user's id."""
    _, message, emoji = _target(call, Permissions.READ_MESSAGE_HISTORY)
    limit = call.query_number("limit", default=25, lowest=1, highest=_PAGE)
    after = call.query_id("after") or 0
    if call.query_number("type", default=0, lowest=0, highest=_BURST) == _BURST:
        return Answer(200, [])
    users = message.reactions.get(emoji, {})
    page = sorted(user_id for user_id in users if user_id > after)[:limit]
    return Answer(200, [user_payload(users[user_id]) for user_id in page])


async def remove_all(call: Call) -> Answer:
    """Take all reactions away."""
    channel = access.channel(call)
    message = access.message(call, channel)
    access.require_active(channel)
    _require_moderation(call, channel)
    reacting.clear_reactions(call.world, message)
    return NO_CONTENT


async def remove_kind(call: Call) -> Answer:
    """Take all reactions with one emoji away."""
    channel, message, emoji = _target(call, open=True)
    _require_moderation(call, channel)
    reacting.clear_reactions(call.world, message, emoji)
    return NO_CONTENT


def _target(call: Call, *needed: Permissions, open: bool = False) -> tuple[Channel, Message, Emoji]:
    channel = access.channel(call, *needed)
    message = access.message(call, channel)
    if open:
        access.require_active(channel)
    return channel, message, read_emoji(call.params["emoji_name"])


def _require_room(call: Call, message: Message, emoji: Emoji) -> None:
    if emoji in message.reactions:
        return
    access.require_permissions(call, call.world.channels[message.channel_id], Permissions.ADD_REACTIONS)
    if len(message.reactions) >= MAX_KINDS:
        raise ApiError.known(30010)


def _require_moderation(call: Call, channel: Channel) -> None:
    if channel.is_dm:
        raise ApiError.known(50003)
    access.require_permissions(call, channel, Permissions.MANAGE_MESSAGES)


_BASE = "/channels/{channel_id}/messages/{message_id}/reactions"

ROUTES = (
    Route("DELETE", _BASE, remove_all),
    Route("GET", f"{_BASE}/{{emoji_name}}", list_users),
    Route("DELETE", f"{_BASE}/{{emoji_name}}", remove_kind),
    Route("PUT", f"{_BASE}/{{emoji_name}}/@me", add_own),
    Route("DELETE", f"{_BASE}/{{emoji_name}}/@me", remove_own),
    Route("DELETE", f"{_BASE}/{{emoji_name}}/{{user_id}}", remove_of_user),
)
