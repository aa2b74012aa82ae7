"""Opening, changing, joining and leaving threads."""

from collections.abc import Mapping
from typing import Any

from botcore_sandbox.state import building, posting
from botcore_sandbox.state.channels import Channel, ChannelType, Thread
from botcore_sandbox.state.guild_changes import ThreadAdded, ThreadChanged, ThreadGone, ThreadMembersChanged
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.message_changes import MessageEdited
from botcore_sandbox.state.messages import Message, MessageFlags
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


def open_thread(
    world: World,
    guild: Guild,
    parent: Channel,
    *,
    owner: User,
    name: str,
    type: ChannelType,
    fields: Mapping[str, Any],
    start: Message | None = None,
) -> Channel:
    """A new thread with its owner in it; one that starts at a message has the id of that message."""
    now = world.now()
    thread = Channel(
        start.id if start is not None else world.snowflakes.next(),
        type,
        name,
        guild_id=guild.id,
        parent_id=parent.id,
        thread=Thread(owner.id, now, now, members={owner.id: now}),
    )
    _set(thread, fields)
    guild.threads[thread.id] = world.channels[thread.id] = thread
    if start is not None:
        start.thread_id = thread.id
        start.flags |= MessageFlags.HAS_THREAD
    world.changes.publish(ThreadAdded(thread, opened=True))
    if start is not None:
        world.changes.publish(MessageEdited(start))
    return thread


def change_thread(world: World, thread: Channel, fields: Mapping[str, Any]) -> None:
    """Set fields of a thread, be they of the channel or of what only a thread has."""
    _set(thread, fields)
    if "archived" in fields and thread.thread is not None:
        thread.thread.archive_changed_at = world.now()
    world.changes.publish(ThreadChanged(thread))


def delete_thread(world: World, guild: Guild, thread: Channel) -> None:
    """Take a thread away; the message it began at stays."""
    building.forget_thread(world, guild, thread)
    parent = world.channels.get(thread.parent_id or 0)
    start = parent.messages.get(thread.id) if parent is not None else None
    if start is not None:
        start.thread_id = None
        start.flags &= ~MessageFlags.HAS_THREAD
    world.changes.publish(ThreadGone(thread))


def join(world: World, thread: Channel, user: User) -> None:
    """Put somebody into a thread; who is in it already stays."""
    posting.join_thread(world, thread, user)


def leave(world: World, thread: Channel, user: User) -> None:
    """Take somebody out of a thread."""
    if thread.thread is not None and thread.thread.members.pop(user.id, None) is not None:
        world.changes.publish(ThreadMembersChanged(thread, left=(user.id,)))


def _set(thread: Channel, fields: Mapping[str, Any]) -> None:
    for key, value in fields.items():
        setattr(thread.thread if key in Thread.__slots__ else thread, key, value)
