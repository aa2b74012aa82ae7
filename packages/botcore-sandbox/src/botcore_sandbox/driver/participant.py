"""What a member does beside using the bot: reacting, voting, typing, showing interest."""

from botcore_sandbox.driver.errors import NotAllowed, NotOffered
from botcore_sandbox.driver.places import ChannelView
from botcore_sandbox.driver.views import MessageView
from botcore_sandbox.state import governing, reacting, scheduling
from botcore_sandbox.state.message_changes import TypingStarted
from botcore_sandbox.state.messages import Emoji, Message, Poll
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.scheduled_events import ScheduledEvent
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


class Participant:
    """Somebody in a guild; nothing here waits for the bot, which hears of it by events."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.user = user

    @property
    def name(self) -> str:
        """The user name."""
        return self.user.username

    def react(self, message: MessageView, emoji: str) -> None:
        """Add a reaction.

        Raises:
            NotAllowed: This person does not see the message, or may not add a new kind of reaction there.
        """
        state = self._seen(message)
        channel = self._world.channels[state.channel_id]
        may_add = Permissions.ADD_REACTIONS in self._world.permissions_in(channel, self.user)
        if Emoji(emoji) not in state.reactions and not may_add:
            raise NotAllowed(f"{self.name} may not add reactions in #{channel.name}.")
        reacting.add_reaction(self._world, state, Emoji(emoji), self.user)

    def unreact(self, message: MessageView, emoji: str) -> None:
        """Take a reaction back.

        Raises:
            NotAllowed: This person does not see the message.
        """
        reacting.take_reaction(self._world, self._seen(message), Emoji(emoji), self.user)

    def vote(self, message: MessageView, *answers: str) -> None:
        """Vote in a native poll, by the texts of answers.

        Raises:
            NotOffered: The message has no poll, the poll is closed, or it has no such answer.
            NotAllowed: This person does not see the message, or chose several where one is all one has.
        """
        state, poll = self._open_poll(message)
        if len(answers) > 1 and not poll.multiple:
            raise NotAllowed(f"The poll {poll.question!r} takes one answer of each person.")
        for number in [_answer(poll, answer) for answer in answers]:
            reacting.vote(self._world, state, number, self.user)

    def take_vote_back(self, message: MessageView) -> None:
        """Remove every vote of this person from a native poll.

        Raises:
            NotOffered: The message has no poll, or the poll is closed.
            NotAllowed: This person does not see the message.
        """
        state, poll = self._open_poll(message)
        for number in list(poll.votes):
            reacting.take_vote(self._world, state, number, self.user)

    def start_typing(self, channel: ChannelView) -> None:
        """Be seen typing.

        Raises:
            NotAllowed: This person may not write there.
        """
        needed = Permissions.SEND_MESSAGES if channel.state.thread is None else Permissions.SEND_MESSAGES_IN_THREADS
        if needed not in self._world.permissions_in(channel.state, self.user):
            raise NotAllowed(f"{self.name} may not write in #{channel.name}.")
        self._world.changes.publish(TypingStarted(channel.state, self.user))

    def set_interest(self, event: ScheduledEvent, *, interested: bool = True) -> None:
        """Show interest in a scheduled event, or no longer."""
        scheduling.set_interest(self._world, event, self.user, interested=interested)

    def leave_guild(self, guild_id: int) -> None:
        """Go out of a guild; the owner cannot.

        Raises:
            NotAllowed: This person owns it.
        """
        guild = self._world.guilds[guild_id]
        if guild.owner_id == self.user.id:
            raise NotAllowed(f"{self.name} owns {guild.name}, and an owner cannot leave.")
        governing.remove_member(self._world, guild, self.user)

    def _seen(self, message: MessageView) -> Message:
        if not self._world.sees(self.user, message.state):
            raise NotAllowed(f"{self.name} does not see this message.")
        return message.state

    def _open_poll(self, message: MessageView) -> tuple[Message, Poll]:
        state = self._seen(message)
        if state.poll is None:
            raise NotOffered("This message has no poll.")
        if state.poll.closed(self._world.now()):
            raise NotOffered(f"The poll {state.poll.question!r} is closed.")
        return state, state.poll


def _answer(poll: Poll, text: str) -> int:
    for number, media in poll.answers.items():
        if media.get("text") == text:
            return number
    listed = ", ".join(repr(media.get("text", "")) for media in poll.answers.values())
    raise NotOffered(f"The poll {poll.question!r} has no answer {text!r}; it has {listed}.")
