"""Messages of channels and direct messages."""

from datetime import timedelta

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import posting
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.messages import SYSTEM_TYPES, Message, MessageFlags, MessageType
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.snowflake import made_at
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.messages import read_message
from botcore_sandbox.validation.problems import Problems

_SEVERAL, _MANY = 2, 100
_BULK_DELETABLE = timedelta(days=14)
_SETTABLE = MessageFlags.SUPPRESS_EMBEDS | MessageFlags.SUPPRESS_NOTIFICATIONS | MessageFlags.IS_COMPONENTS_V2


async def create_message(call: Call) -> Answer:
    """Write into a channel, as far as the bot may."""
    channel = access.channel(call)
    access.require_sending(call, channel)
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
    if message.poll is not None:
        raise ApiError.known(520003)
    if message.type in SYSTEM_TYPES:
        raise ApiError.known(50021)
    access.require_active(channel)
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
    _record_deletion(call, channel, message)
    return NO_CONTENT


async def delete_messages(call: Call) -> Answer:
    """Remove 2 to 100 messages of the last two weeks at once; ids that are not there are passed over."""
    guild, channel = access.guild_channel(call, Permissions.MANAGE_MESSAGES)
    problems = Problems()
    form = Form(access.json_object(call), problems)
    given = form.items("messages", high=_MANY, needed=True)
    if given is None and isinstance(form.raw("messages"), list):
        raise ApiError.known(50016)
    ids = form.ids("messages", high=_MANY) or []
    if len(set(ids)) < len(ids):
        problems.at("messages").add("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
    problems.raise_if_found()
    if len(ids) < _SEVERAL:
        raise ApiError.known(50016)
    oldest = call.world.now() - _BULK_DELETABLE
    if any(made_at(message_id) < oldest for message_id in ids):
        raise ApiError.known(50034)
    kept = [channel.messages[message_id] for message_id in ids if message_id in channel.messages]
    posting.delete_many(call.world, channel, [message for message in kept if not message.ephemeral])
    record(call, guild, AuditAction.MESSAGE_BULK_DELETE, channel.id, options={"count": str(len(kept))})
    return NO_CONTENT


def _record_deletion(call: Call, channel: Channel, message: Message) -> None:
    """Discord logs only the deletion of other people's messages."""
    guild = call.world.guild_of(channel)
    if guild is not None and message.author is not call.world.bot:
        options = {"channel_id": str(channel.id), "count": "1"}
        record(call, guild, AuditAction.MESSAGE_DELETE, message.author.id, options=options)


def _check_rights(call: Call, channel: Channel, draft: Draft) -> None:
    if draft.uploads:
        access.require_permissions(call, channel, Permissions.ATTACH_FILES)
    if draft.embeds:
        access.require_permissions(call, channel, Permissions.EMBED_LINKS)
    if draft.poll is not None:
        access.require_permissions(call, channel, Permissions.SEND_POLLS)
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
    problems = Problems("message_reference")
    if draft.reply_in not in {None, channel.id}:
        problems.add("REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL", "Cannot reply to a message in a different channel")
        problems.raise_if_found()
    replied = channel.messages.get(draft.reply_to)
    if replied is not None and not replied.ephemeral:
        return replied.id
    if draft.reply_must_exist:
        problems.add("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
    problems.raise_if_found()
    return None


_BASE = "/channels/{channel_id}/messages"

ROUTES = (
    Route("POST", _BASE, create_message),
    Route("GET", _BASE, list_messages),
    Route("POST", f"{_BASE}/bulk-delete", delete_messages),
    Route("GET", f"{_BASE}/{{message_id}}", get_message),
    Route("PATCH", f"{_BASE}/{{message_id}}", edit_message),
    Route("DELETE", f"{_BASE}/{{message_id}}", delete_message),
)
