"""Writing, changing and removing messages."""

import re
from typing import Any

from botcore_sandbox.state.changes import MessageCreated, MessageDeleted, MessageEdited
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.drafts import AllowedMentions, Draft
from botcore_sandbox.state.messages import (
    NO_FLAGS,
    Attachment,
    Mentions,
    Message,
    MessageFlags,
    MessageType,
)
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World

_USER_MENTION = re.compile(r"<@!?(\d{1,20})>")
_ROLE_MENTION = re.compile(r"<@&(\d{1,20})>")
_EVERYONE_MENTION = re.compile(r"@(?:everyone|here)\b")


def post(
    world: World,
    channel: Channel,
    author: User,
    draft: Draft,
    *,
    type: MessageType = MessageType.DEFAULT,
    visible_to: int | None = None,
    reply_to: int | None = None,
    by_interaction: dict[str, Any] | None = None,
    loading: bool = False,
) -> Message:
    """Put a new message into a channel; `visible_to` makes it ephemeral."""
    flags = draft.flags or NO_FLAGS
    if visible_to is not None:
        flags |= MessageFlags.EPHEMERAL
    if loading:
        flags |= MessageFlags.LOADING
    message = Message(
        id=world.snowflakes.next(),
        channel_id=channel.id,
        guild_id=channel.guild_id,
        author=author,
        timestamp=world.now(),
        type=type,
        flags=flags,
        tts=draft.tts,
        nonce=draft.nonce,
        reply_to=reply_to,
        visible_to=visible_to,
    )
    if author is world.bot:
        message.application_id = world.application.id
    if by_interaction is not None:
        message.webhook_id = world.application.id
        message.interaction_metadata = by_interaction
    _apply(world, channel, message, draft)
    channel.messages[message.id] = message
    if visible_to is None:
        channel.last_message_id = message.id
    while len(channel.messages) > world.messages_kept:
        _forget_files(world, channel.messages.pop(next(iter(channel.messages))))
    world.changes.publish(MessageCreated(message))
    return message


def edit(world: World, message: Message, draft: Draft) -> None:
    """Change what the draft mentions and leave the rest; an edit also ends "is thinking..."."""
    channel = world.channels[message.channel_id]
    if draft.flags is not None:
        settable = MessageFlags.SUPPRESS_EMBEDS | MessageFlags.IS_COMPONENTS_V2
        message.flags = (message.flags & ~MessageFlags.SUPPRESS_EMBEDS) | (draft.flags & settable)
    was_loading = message.loading
    message.flags &= ~MessageFlags.LOADING
    _apply(world, channel, message, draft)
    if not was_loading:
        message.edited_at = world.now()
    world.changes.publish(MessageEdited(message))


def delete(world: World, message: Message) -> None:
    """Take a message away."""
    channel = world.channels[message.channel_id]
    channel.messages.pop(message.id, None)
    _forget_files(world, message)
    message.deleted = True
    world.changes.publish(MessageDeleted(message))


def _apply(world: World, channel: Channel, message: Message, draft: Draft) -> None:
    if draft.kept is not None:
        dropped = [attachment for attachment in message.attachments if attachment.id not in draft.kept]
        message.attachments = [kept for kept in message.attachments if kept.id in draft.kept]
        for attachment in dropped:
            world.files.remove(attachment.id)
    for upload in draft.uploads:
        attachment = Attachment(
            world.snowflakes.next(),
            upload.filename,
            upload.content,
            upload.content_type,
            draft.descriptions.get(upload.index),
            ephemeral=message.ephemeral,
        )
        message.attachments.append(attachment)
        world.files.add(attachment)
    if draft.content is not None:
        message.content = draft.content
        message.mentions = _mentioned(world, channel, message.author, draft.content, draft.allowed_mentions)
    if draft.embeds is not None:
        message.embeds = draft.embeds
    if draft.components is not None:
        message.components = draft.components


def _mentioned(world: World, channel: Channel, author: User, content: str, allowed: AllowedMentions) -> Mentions:
    users = [world.users.get(int(user_id)) for user_id in dict.fromkeys(_USER_MENTION.findall(content))]
    guild = world.guild_of(channel)
    may_reach_all = Permissions.MENTION_EVERYONE in world.permissions_in(channel, author)
    role_ids = []
    for role_id in map(int, dict.fromkeys(_ROLE_MENTION.findall(content))):
        role = guild.roles.get(role_id) if guild is not None else None
        if role is not None and (role.mentionable or may_reach_all) and allowed.allows_role(role_id):
            role_ids.append(role_id)
    everyone = "everyone" in allowed.parse and may_reach_all and bool(_EVERYONE_MENTION.search(content))
    return Mentions([user for user in users if user is not None and allowed.allows_user(user.id)], role_ids, everyone)


def _forget_files(world: World, message: Message) -> None:
    for attachment in message.attachments:
        world.files.remove(attachment.id)
