"""The whole state of one sandbox, and the questions that everybody asks of it."""

from collections.abc import Callable
from datetime import datetime

from botcore_sandbox.state.changes import Changes
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.commands import CommandBook
from botcore_sandbox.state.files import Files
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.interactions import InteractionLog
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.nonces import Nonces
from botcore_sandbox.state.permissions import DM_DEFAULT, NO_PERMISSIONS, Permissions
from botcore_sandbox.state.snowflake import Snowflakes
from botcore_sandbox.state.users import Application, User
from botcore_sandbox.state.webhooks import Webhook


class World:
    """Everything that exists: one application, its bot, and the places where it lives.

    `messages_kept` bounds each channel; `clock` gives the time that people see and that tokens expire by.
    """

    def __init__(
        self,
        application: Application,
        snowflakes: Snowflakes,
        *,
        clock: Callable[[], datetime],
        messages_kept: int = 1_000,
    ) -> None:
        self.application = application
        self.now = clock
        self.messages_kept = messages_kept
        self.changes = Changes()
        self.snowflakes = snowflakes
        self.users: dict[int, User] = {
            application.bot.id: application.bot,
            application.owner.id: application.owner,
        }
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.dms: dict[int, Channel] = {}
        """Direct messages with the bot, by the other person's id."""
        self.webhooks: dict[int, Webhook] = {}
        self.commands = CommandBook()
        self.interactions = InteractionLog()
        self.files = Files()
        self.nonces = Nonces()
        self.cdn_url = ""
        """Where files are served; the server sets it once it knows its port."""
        self.api_url = ""
        """Where REST is; as above."""

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self.application.bot

    def guild_of(self, channel: Channel) -> Guild | None:
        """The guild that a channel belongs to."""
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def member(self, guild_id: int | None, user_id: int) -> Member | None:
        """A user as a member of a guild."""
        guild = self.guilds.get(guild_id) if guild_id is not None else None
        return guild.members.get(user_id) if guild is not None else None

    def permissions_in(self, channel: Channel, user: User) -> Permissions:
        """What a user may do in a channel; nothing at all for strangers."""
        guild = self.guild_of(channel)
        if guild is None:
            return DM_DEFAULT if any(user.id == person.id for person in channel.recipients) else NO_PERMISSIONS
        member = guild.members.get(user.id)
        return NO_PERMISSIONS if member is None else guild.permissions_in(channel, member, self.now())

    def sees(self, user: User, message: Message) -> bool:
        """Whether a message is on a user's screen."""
        channel = self.channels.get(message.channel_id)
        if channel is None or message.deleted:
            return False
        if message.visible_to is not None:
            return message.visible_to == user.id
        needed = Permissions.VIEW_CHANNEL | Permissions.READ_MESSAGE_HISTORY
        return needed in self.permissions_in(channel, user)

    def shares_guild(self, user: User) -> bool:
        """Whether the bot may write to a user: they have to have a guild in common."""
        return any(user.id in guild.members for guild in self.guilds.values())

    def close(self) -> None:
        """Stop the deadlines of interactions that nobody will answer any more."""
        for interaction in self.interactions:
            if interaction.deadline is not None:
                interaction.deadline.cancel()
