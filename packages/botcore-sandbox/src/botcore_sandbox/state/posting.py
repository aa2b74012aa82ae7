"""Writing, changing and removing messages."""

import re
from datetime import timedelta
from typing import Any

from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.drafts import AllowedMentions, Draft, PollDraft
from botcore_sandbox.state.guild_changes import ThreadAdded, ThreadChanged, ThreadMembersChanged
from botcore_sandbox.state.message_changes import MessageCreated, MessageDeleted, MessageEdited, MessagesDeleted
from botcore_sandbox.state.messages import (
    NO_FLAGS,
    Attachment,
    Mentions,
    Message,
    MessageFlags,
    MessageType,
    Poll,
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
    webhook_id: int | None = None,
    thread_id: int | None = None,
    id: int | None = None,
    loading: bool = False,
) -> Message:
    """Put a new message into a channel; `visible_to` makes it ephemeral.

    `thread_id` is the thread that it tells of; `id` is only given for the first message of a forum's post.
    """
    if channel.thread is not None and visible_to is None:
        _enter_thread(world, channel, author)
    flags = draft.flags or NO_FLAGS
    if visible_to is not None:
        flags |= MessageFlags.EPHEMERAL
    if loading:
        flags |= MessageFlags.LOADING
    message = Message(
        id=world.snowflakes.next() if id is None else id,
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
        webhook_id=webhook_id,
        thread_id=thread_id,
    )
    if author is world.bot:
        message.application_id = world.application.id
    if by_interaction is not None:
        message.webhook_id = world.application.id
        message.interaction_metadata = by_interaction
    _apply(world, channel, message, draft)
    if type is MessageType.REPLY and by_interaction is None and draft.allowed_mentions.replied_user:
        _mention_replied(channel, message)
    channel.messages[message.id] = message
    world.nonces.remember(message)
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


def delete_many(world: World, channel: Channel, messages: list[Message]) -> None:
    """Take several messages of a channel away at once."""
    for message in messages:
        channel.messages.pop(message.id, None)
        _forget_files(world, message)
        message.deleted = True
    if messages:
        world.changes.publish(MessagesDeleted(channel, tuple(messages)))


def forget_all(world: World, channel: Channel) -> None:
    """Let the messages of a channel go with it."""
    for message in channel.messages.values():
        _forget_files(world, message)
        message.deleted = True
    channel.messages.clear()


def join_thread(world: World, channel: Channel, user: User) -> None:
    """Put somebody into a thread; who is in it already stays."""
    thread = channel.thread
    if thread is None or user.id in thread.members or world.member(channel.guild_id, user.id) is None:
        return
    thread.members[user.id] = world.now()
    if user is world.bot:
        world.changes.publish(ThreadAdded(channel, opened=False))
    world.changes.publish(ThreadMembersChanged(channel, joined=(user.id,)))


def _enter_thread(world: World, channel: Channel, author: User) -> None:
    """Writing brings the writer into a thread, and an archived one back to life."""
    thread = channel.thread
    if thread is None:
        return
    if thread.archived:
        thread.archived = False
        thread.archive_changed_at = world.now()
        world.changes.publish(ThreadChanged(channel))
    thread.messages_sent += 1
    join_thread(world, channel, author)


def _poll(world: World, draft: PollDraft) -> Poll:
    return Poll(
        draft.question,
        dict(enumerate(draft.answers, start=1)),
        world.now() + timedelta(hours=draft.hours),
        draft.multiple,
        draft.layout,
    )


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
    if draft.poll is not None:
        message.poll = _poll(world, draft.poll)


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


def _mention_replied(channel: Channel, message: Message) -> None:
    """A reply reaches whom it answers, unless it says otherwise."""
    replied = channel.messages.get(message.reply_to or 0)
    if replied is not None and replied.author not in message.mentions.users:
        message.mentions.users.append(replied.author)


def _forget_files(world: World, message: Message) -> None:
    for attachment in message.attachments:
        world.files.remove(attachment.id)
