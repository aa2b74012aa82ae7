"""Guilds and channels as a test or script uses them."""

from collections.abc import Callable, Iterable

from botcore_sandbox.driver.errors import NotOffered
from botcore_sandbox.driver.reply import PATIENCE
from botcore_sandbox.driver.views import MessageView
from botcore_sandbox.state import founding, governing
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Guild, Role
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, Permissions
from botcore_sandbox.state.world import World


class ChannelView:
    """A channel, or a direct message with the bot."""

    def __init__(self, world: World, channel: Channel) -> None:
        self._world = world
        self.state = channel

    def __repr__(self) -> str:
        return f"<ChannelView #{self.name}>"

    @property
    def id(self) -> int:
        """The channel's id."""
        return self.state.id

    @property
    def name(self) -> str:
        """The channel's name, without the hash sign."""
        return self.state.name

    @property
    def messages(self) -> list[MessageView]:
        """What everybody in the channel sees, oldest first."""
        return [MessageView(self._world, message) for message in self.state.messages.values() if not message.ephemeral]

    async def until_message(
        self,
        condition: Callable[[MessageView], bool] = lambda _: True,
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a bound in seconds is what callers think in
    ) -> MessageView:
        """Wait for a message of which something holds; one that is there already counts, the newest first.

        Raises:
            TimeoutError: There was none in time; the sentence lists what is there.
        """
        found: list[MessageView] = []

        def look() -> bool:
            found[:] = [message for message in reversed(self.messages) if condition(message)][:1]
            return bool(found)

        try:
            await self._world.changes.until(look, timeout=timeout)
        except TimeoutError:
            there = ", ".join(repr(message.text) for message in self.messages[-5:]) or "none"
            raise TimeoutError(
                f"No such message came into #{self.name} within {timeout:g} s; the last ones there: {there}."
            ) from None
        return found[0]


class GuildView:
    """A guild."""

    def __init__(self, world: World, guild: Guild) -> None:
        self._world = world
        self.state = guild

    def __repr__(self) -> str:
        return f"<GuildView {self.name!r}>"

    @property
    def id(self) -> int:
        """The guild's id."""
        return self.state.id

    @property
    def name(self) -> str:
        """The guild's name."""
        return self.state.name

    def channel(self, name: str) -> ChannelView:
        """The channel of that name.

        Raises:
            NotOffered: There is none; the sentence lists those that exist.
        """
        for channel in self.state.channels.values():
            if channel.name == name:
                return ChannelView(self._world, channel)
        listed = ", ".join(f"#{channel.name}" for channel in self.state.channels.values())
        raise NotOffered(f"{self.name} has no channel #{name}; it has {listed}.")

    def role(self, name: str) -> Role:
        """The role of that name.

        Raises:
            NotOffered: There is none; the sentence lists those that exist.
        """
        role = self.state.role_named(name)
        if role is None:
            listed = ", ".join(role.name for role in self.state.roles.values())
            raise NotOffered(f"{self.name} has no role {name!r}; it has {listed}.")
        return role

    def add_channel(self, name: str, *, topic: str | None = None, overwrites: Iterable[Overwrite] = ()) -> ChannelView:
        """A new text channel."""
        channel = founding.add_channel(self._world, self.state, name, topic=topic, overwrites=tuple(overwrites))
        return ChannelView(self._world, channel)

    def thread(self, name: str) -> ChannelView:
        """The thread of that name, in whatever channel.

        Raises:
            NotOffered: There is none; the sentence lists those that exist.
        """
        for thread in self.state.threads.values():
            if thread.name == name:
                return ChannelView(self._world, thread)
        listed = ", ".join(repr(thread.name) for thread in self.state.threads.values()) or "none"
        raise NotOffered(f"{self.name} has no thread {name!r}; it has {listed}.")

    def move_role(self, name: str, position: int) -> None:
        """Put a role higher or lower; a new one stands above the bot's own, which rules over what is below it."""
        governing.move_roles(self._world, self.state, {self.role(name).id: position})

    def add_role(self, name: str, permissions: Permissions = NO_PERMISSIONS, *, mentionable: bool = False) -> Role:
        """A new role above the others."""
        return founding.add_role(self._world, self.state, name, permissions, mentionable=mentionable)
