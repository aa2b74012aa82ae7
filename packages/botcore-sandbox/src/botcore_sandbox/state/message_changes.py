"""What can happen to messages: they come, change and go, and people react to them, vote and pin."""

from dataclasses import dataclass

from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.messages import Emoji, Message
from botcore_sandbox.state.users import User


@dataclass(frozen=True, slots=True)
class MessageCreated:
    """A message appeared."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A message changed."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message went away."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessagesDeleted:
    """Several messages of a channel went away at once."""

    channel: Channel
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ReactionAdded:
    """Somebody reacted to a message."""

    message: Message
    emoji: Emoji
    user: User


@dataclass(frozen=True, slots=True)
class ReactionTaken:
    """A reaction of one user was taken away."""

    message: Message
    emoji: Emoji
    user: User


@dataclass(frozen=True, slots=True)
class ReactionsCleared:
    """All reactions of a message, or with `emoji` all of one kind, were taken away."""

    message: Message
    emoji: Emoji | None


@dataclass(frozen=True, slots=True)
class PinsChanged:
    """A channel has other pinned messages."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class VoteChanged:
    """Somebody voted in a native poll, or took a vote back."""

    message: Message
    answer_id: int
    user: User
    voted: bool


@dataclass(frozen=True, slots=True)
class TypingStarted:
    """Somebody is typing."""

    channel: Channel
    user: User


type MessageChange = (
    MessageCreated
    | MessageEdited
    | MessageDeleted
    | MessagesDeleted
    | ReactionAdded
    | ReactionTaken
    | ReactionsCleared
    | PinsChanged
    | VoteChanged
    | TypingStarted
)
