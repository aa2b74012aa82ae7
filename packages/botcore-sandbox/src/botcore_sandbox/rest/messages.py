"""Messages of channels and direct messages."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import posting
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.messages import Message, MessageFlags, MessageType
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.validation.messages import read_message

_SETTABLE = MessageFlags.SUPPRESS_EMBEDS | MessageFlags.SUPPRESS_NOTIFICATIONS | MessageFlags.IS_COMPONENTS_V2


async def create_message(call: Call) -> Answer:
    """Write into a channel, as far as the bot may."""
    channel = access.channel(call, Permissions.SEND_MESSAGES)
    draft = read_message(access.json_object(call), call.uploads)
    if channel.is_dm:
        _check_recipient(call, channel)
    _check_rights(call, channel, draft)
    if draft.flags is not None:
        draft.flags &= _SETTABLE
    repeated = _same_nonce(call, draft)
    if repeated is not None:
        return Answer(200, message_payload(call.world, repeated))
    reply_to = _reply_target(call, channel, draft)
    message = posting.post(
        call.world,
        channel,
        call.world.bot,
        draft,
        type=MessageType.DEFAULT if reply_to is None else MessageType.REPLY,
        reply_to=reply_to,
    )
    return Answer(200, message_payload(call.world, message))


async def list_messages(call: Call) -> Answer:
    """Messages of a channel, newest first; none without the right to read its history."""
    channel = access.channel(call)
    limit = call.query_number("limit", default=50, lowest=1, highest=100)
    before, after, around = call.query_id("before"), call.query_id("after"), call.query_id("around")
    if Permissions.READ_MESSAGE_HISTORY not in call.world.permissions_in(channel, call.world.bot):
        return Answer(200, [])
    kept = [message for message in channel.messages.values() if not message.ephemeral]
    if around is not None:
        older = [message for message in kept if message.id < around][-(limit // 2) :] if limit > 1 else []
        newer = [message for message in kept if message.id >= around][: limit - len(older)]
        page = older + newer
    elif after is not None:
        page = [message for message in kept if message.id > after][:limit]
    else:
        page = [message for message in kept if before is None or message.id < before][-limit:]
    return Answer(200, [message_payload(call.world, message) for message in reversed(page)])


async def get_message(call: Call) -> Answer:
    """One message."""
    channel = access.channel(call, Permissions.READ_MESSAGE_HISTORY)
    return Answer(200, message_payload(call.world, access.message(call, channel)))


async def edit_message(call: Call) -> Answer:
    """Change a message of the bot's own."""
    channel = access.channel(call)
    message = access.message(call, channel)
    if message.author is not call.world.bot:
        raise ApiError.known(50005)
    draft = read_message(access.json_object(call), call.uploads, edited=message)
    _check_rights(call, channel, draft)
    posting.edit(call.world, message, draft)
    return Answer(200, message_payload(call.world, message))


async def delete_message(call: Call) -> Answer:
    """Remove the bot's own message, or with MANAGE_MESSAGES anybody's."""
    channel = access.channel(call)
    message = access.message(call, channel)
    if message.author is not call.world.bot:
        if channel.is_dm:
            raise ApiError.known(50003)
        access.require_permissions(call, channel, Permissions.MANAGE_MESSAGES)
    posting.delete(call.world, message)
    return NO_CONTENT


def _check_rights(call: Call, channel: Channel, draft: Draft) -> None:
    if draft.uploads:
        access.require_permissions(call, channel, Permissions.ATTACH_FILES)
    if draft.embeds:
        access.require_permissions(call, channel, Permissions.EMBED_LINKS)
    if draft.tts:
        access.require_permissions(call, channel, Permissions.SEND_TTS_MESSAGES)


def _check_recipient(call: Call, channel: Channel) -> None:
    recipient = next(user for user in channel.recipients if not user.bot)
    if not call.world.shares_guild(recipient):
        raise ApiError.known(50278)
    if not recipient.accepts_dms:
        raise ApiError.known(50007)


def _same_nonce(call: Call, draft: Draft) -> Message | None:
    """With `enforce_nonce`, the message that the bot sent a few minutes ago with the same one.

    Raises:
        ApiError: It was deleted since; Discord does not send it again.
            Source: https://github.com/discord/discord-api-docs/pull/6647
    """
    if not draft.enforce_nonce or draft.nonce is None:
        return None
    sent = call.world.nonces.find(call.world.bot, draft.nonce, call.world.now())
    if sent is not None and (sent.deleted or sent.channel_id not in call.world.channels):
        raise ApiError.known(10008)
    return sent


def _reply_target(call: Call, channel: Channel, draft: Draft) -> int | None:
    if draft.reply_to is None:
        return None
    if Permissions.READ_MESSAGE_HISTORY not in call.world.permissions_in(channel, call.world.bot):
        raise ApiError.known(160002)
    replied = channel.messages.get(draft.reply_to)
    if replied is not None and not replied.ephemeral:
        return replied.id
    if draft.reply_must_exist:
        raise ApiError.invalid_form(
            {
                "message_reference": {
                    "_errors": [{"code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": "Unknown message"}]
                }
            }
        )
    return None


_BASE = "/channels/{channel_id}/messages"

ROUTES = (
    Route("POST", _BASE, create_message),
    Route("GET", _BASE, list_messages),
    Route("GET", f"{_BASE}/{{message_id}}", get_message),
    Route("PATCH", f"{_BASE}/{{message_id}}", edit_message),
    Route("DELETE", f"{_BASE}/{{message_id}}", delete_message),
)
