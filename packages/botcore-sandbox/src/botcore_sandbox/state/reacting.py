"""Reactions, votes and pins: what people do with a message that is there."""

from botcore_sandbox.state import posting
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.message_changes import (
    MessageEdited,
    PinsChanged,
    ReactionAdded,
    ReactionsCleared,
    ReactionTaken,
    VoteChanged,
)
from botcore_sandbox.state.messages import Emoji, Message, MessageType
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


def add_reaction(world: World, message: Message, emoji: Emoji, user: User) -> None:
    """React; once for each emoji."""
    users = message.reactions.setdefault(emoji, {})
    if user.id not in users:
        users[user.id] = user
        world.changes.publish(ReactionAdded(message, emoji, user))


def take_reaction(world: World, message: Message, emoji: Emoji, user: User) -> None:
    """Take a reaction away, if it is there."""
    users = message.reactions.get(emoji, {})
    if users.pop(user.id, None) is not None:
        if not users:
            del message.reactions[emoji]
        world.changes.publish(ReactionTaken(message, emoji, user))


def clear_reactions(world: World, message: Message, emoji: Emoji | None = None) -> None:
    """Take away all reactions, or all of one kind."""
    if emoji is None:
        message.reactions.clear()
    else:
        message.reactions.pop(emoji, None)
    world.changes.publish(ReactionsCleared(message, emoji))


def pin(world: World, channel: Channel, message: Message, user: User) -> None:
    """Keep a message on the list of pins, and say so in the channel."""
    message.pinned_at = channel.last_pin_at = world.now()
    world.changes.publish(PinsChanged(channel))
    world.changes.publish(MessageEdited(message))
    posting.post(world, channel, user, Draft(), type=MessageType.CHANNEL_PINNED_MESSAGE, reply_to=message.id)


def unpin(world: World, channel: Channel, message: Message) -> None:
    """Take a message off the list of pins."""
    message.pinned_at = None
    world.changes.publish(PinsChanged(channel))
    world.changes.publish(MessageEdited(message))


def vote(world: World, message: Message, answer_id: int, user: User) -> None:
    """Vote in a native poll; where one answer is all one has, an earlier vote moves."""
    poll = message.poll
    if poll is None or user.id in poll.votes.setdefault(answer_id, {}):
        return
    if not poll.multiple:
        for earlier in [number for number, voters in poll.votes.items() if user.id in voters]:
            take_vote(world, message, earlier, user)
    poll.votes[answer_id][user.id] = user
    world.changes.publish(VoteChanged(message, answer_id, user, voted=True))


def take_vote(world: World, message: Message, answer_id: int, user: User) -> None:
    """Take a vote back, if there is one."""
    poll = message.poll
    if poll is not None and poll.votes.get(answer_id, {}).pop(user.id, None) is not None:
        world.changes.publish(VoteChanged(message, answer_id, user, voted=False))


def end_poll(world: World, message: Message) -> None:
    """Close a native poll before its time, and tell the result in the channel."""
    poll = message.poll
    if poll is None or poll.closed(world.now()):
        return
    poll.ended = True
    poll.expires_at = world.now()
    world.changes.publish(MessageEdited(message))
    counts = {number: len(poll.votes.get(number, {})) for number in poll.answers}
    most = max(counts.values())
    winners = [number for number, count in counts.items() if count == most]
    facts = {"poll_question_text": poll.question, "victor_answer_votes": most, "total_votes": sum(counts.values())}
    if most and len(winners) == 1:
        facts["victor_answer_id"] = winners[0]
        facts["victor_answer_text"] = poll.answers[winners[0]].get("text", "")
    embed = {
        "type": "poll_result",
        "fields": [{"name": name, "value": str(value), "inline": False} for name, value in facts.items()],
    }
    posting.post(
        world,
        world.channels[message.channel_id],
        message.author,
        Draft(embeds=[embed]),
        type=MessageType.POLL_RESULT,
        reply_to=message.id,
    )
