"""Pinned messages, by the present routes and by the older ones that some clients still use."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads import timestamp
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import reacting
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.messages import SYSTEM_TYPES, Message
from botcore_sandbox.state.permissions import Permissions

MAX_PINS = 250
_PAGE = 50


async def list_pins(call: Call) -> Answer:
    """Pinned messages with the time at which each was pinned, the latest first."""
    channel = access.channel(call)
    limit = call.query_number("limit", default=_PAGE, lowest=1, highest=_PAGE)
    before = call.query_moment("before")
    pins = [
        {"pinned_at": timestamp(message.pinned_at), "message": message_payload(call.world, message)}
        for message in _pinned(call, channel)
        if message.pinned_at is not None and (before is None or message.pinned_at < before)
    ]
    return Answer(200, {"items": pins[:limit], "has_more": len(pins) > limit})


async def list_pinned_messages(call: Call) -> Answer:
    """The older list: messages alone."""
    channel = access.channel(call)
    return Answer(200, [message_payload(call.world, message) for message in _pinned(call, channel)[:_PAGE]])


async def pin(call: Call) -> Answer:
    """Pin a message; one that is pinned stays."""
    channel, message = _target(call)
    if message.type in SYSTEM_TYPES:
        raise ApiError.known(50021)
    if message.pinned:
        return NO_CONTENT
    if sum(1 for kept in channel.messages.values() if kept.pinned) >= MAX_PINS:
        raise ApiError.known(30003)
    reacting.pin(call.world, channel, message, call.world.bot)
    _record(call, AuditAction.MESSAGE_PIN, channel, message)
    return NO_CONTENT


async def unpin(call: Call) -> Answer:
    """Take a message off the pins."""
    channel, message = _target(call)
    if message.pinned:
        reacting.unpin(call.world, channel, message)
        _record(call, AuditAction.MESSAGE_UNPIN, channel, message)
    return NO_CONTENT


def _pinned(call: Call, channel: Channel) -> list[Message]:
    if Permissions.READ_MESSAGE_HISTORY not in call.world.permissions_in(channel, call.world.bot):
        return []
    pinned = [(message.pinned_at, message.id, message) for message in channel.messages.values() if message.pinned_at]
    return [message for *_, message in sorted(pinned, key=lambda entry: entry[:2], reverse=True)]


def _target(call: Call) -> tuple[Channel, Message]:
    channel = access.channel(call)
    if not channel.is_dm:
        access.require_permissions(call, channel, Permissions.PIN_MESSAGES)
    access.require_active(channel)
    return channel, access.message(call, channel)


def _record(call: Call, action: AuditAction, channel: Channel, message: Message) -> None:
    guild = call.world.guild_of(channel)
    if guild is not None:
        options = {"channel_id": str(channel.id), "message_id": str(message.id)}
        record(call, guild, action, message.author.id, options=options)


_PINS = "/channels/{channel_id}/messages/pins"
_OLD_PINS = "/channels/{channel_id}/pins"

ROUTES = (
    Route("GET", _PINS, list_pins),
    Route("PUT", f"{_PINS}/{{message_id}}", pin),
    Route("DELETE", f"{_PINS}/{{message_id}}", unpin),
    Route("GET", _OLD_PINS, list_pinned_messages),
    Route("PUT", f"{_OLD_PINS}/{{message_id}}", pin),
    Route("DELETE", f"{_OLD_PINS}/{{message_id}}", unpin),
)
