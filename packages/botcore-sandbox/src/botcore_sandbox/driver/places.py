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


class _PlaceView[Place: (Guild, Channel)]:
    """What guilds and channels have in common."""

    def __init__(self, world: World, place: Place) -> None:
        self._world = world
        self.state: Place = place

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r}>"

    @property
    def id(self) -> int:
        """Its id."""
        return self.state.id

    @property
    def name(self) -> str:
        """Its name; a channel's is without the hash sign."""
        return self.state.name


class ChannelView(_PlaceView[Channel]):
    """A channel, or a direct message with the bot."""

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


class GuildView(_PlaceView[Guild]):
    """A guild."""

    def channel(self, name: str) -> ChannelView:
        """The channel of that name.

        Raises:
            NotOffered: There is none; the sentence lists those that exist.
        """
        return self._named("channel", name, self.state.channels.values())

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
        return self._named("thread", name, self.state.threads.values())

    def _named(self, kind: str, name: str, channels: Iterable[Channel]) -> ChannelView:
        there = {channel.name: channel for channel in channels}
        if name not in there:
            listed = ", ".join(f"#{each}" for each in there) or "none"
            raise NotOffered(f"{self.name} has no {kind} #{name}; it has {listed}.")
        return ChannelView(self._world, there[name])

    def move_role(self, name: str, position: int) -> None:
        """Put a role higher or lower; a new one stands above the bot's own, which rules over what is below it."""
        governing.move_roles(self._world, self.state, {self.role(name).id: position})

    def add_role(self, name: str, permissions: Permissions = NO_PERMISSIONS, *, mentionable: bool = False) -> Role:
        """A new role above the others."""
        return founding.add_role(self._world, self.state, name, permissions, mentionable=mentionable)
