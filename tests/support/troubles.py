"""A server in which something is wrong, and whoever has made reminders there; for tests of what becomes of them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import botcore as bc
from botcore_reminders.services.values import Reminder, Where
from botcore_sandbox import ChannelView, Permissions, Person, Sandbox
from botcore_sandbox.state import building, governing, thread_life
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, OverwriteType
from reminders import Process

PATIENCE = 2.0
"""Real seconds for each message; the bot itself waits for longer."""

POSTS = ("POST", "/channels/*/messages")
DM_OPENINGS = ("POST", "/users/@me/channels")

SECRET = "my secret"


@dataclass
class Scene:
    """Who and what is there, and the services that remind alice.

    Attributes:
        place: where she makes her reminders.
    """

    sandbox: Sandbox
    services: Process
    alice: Person
    place: ChannelView

    async def remind(self, where: Where) -> Reminder:
        """Make a reminder that is due in an hour."""
        return await self.services.remind(
            SECRET, owner=self.alice.id, guild=self.sandbox.guild.id, channel=self.place.id, where=where
        )

    @property
    def direct(self) -> list[str]:
        """What alice got directly."""
        return [message.text for message in self.alice.dm.messages]

    @property
    def there(self) -> list[str]:
        """What stands in the place."""
        return [message.text for message in self.place.messages]

    def overwrite(self, denied: Permissions, target: int | None = None) -> None:
        """Take a permission from the bot, or from somebody else, in the place."""
        who = self.sandbox.application_id if target is None else target
        overwrite = Overwrite(who, OverwriteType.MEMBER, NO_PERMISSIONS, denied)
        building.set_overwrite(self.sandbox.world, self.place.state, overwrite)

    async def known(self) -> None:
        """Wait until the bot has heard what alice may do in the place."""
        allowed = self.sandbox.world.permissions_in(self.place.state, self.alice.user)
        sees, writes = Permissions.VIEW_CHANNEL in allowed, Permissions.SEND_MESSAGES in allowed
        async with asyncio.timeout(10):
            while True:
                there = (self.sandbox.guild.id, self.place.id, self.alice.id)
                access = await self.services.members.access(*there)
                if isinstance(access, bc.Access) and (access.sees, access.writes) == (sees, sees and writes):
                    return

    def restore(self) -> None:
        """Give all of it back."""
        self.sandbox.faults.clear()
        self.alice.user.accepts_dms = True
        self.sandbox.member("alice")
        for overwrite in list(self.place.state.overwrites):
            building.drop_overwrite(self.sandbox.world, self.place.state, overwrite.id)


type Trouble = Callable[[Scene], None]


def dm_closed(scene: Scene) -> None:
    """Alice takes no direct messages."""
    scene.alice.user.accepts_dms = False


def recipient_left(scene: Scene) -> None:
    """And shares no server with the bot any more."""
    governing.remove_member(scene.sandbox.world, scene.sandbox.guild.state, scene.alice.user)


def account_gone(scene: Scene) -> None:
    """Discord knows nobody of that id."""
    scene.sandbox.faults.refuse(*DM_OPENINGS, status=404, code=10013)


def channel_gone(scene: Scene) -> None:
    """Somebody has deleted it."""
    building.delete_channel(scene.sandbox.world, scene.sandbox.guild.state, scene.place.state)


def server_gone(scene: Scene) -> None:
    """The bot was put out."""
    scene.sandbox.send_event("GUILD_DELETE", {"id": str(scene.sandbox.guild.id)})


def hidden_from_the_bot(scene: Scene) -> None:
    """The bot does not see the channel."""
    scene.overwrite(Permissions.VIEW_CHANNEL)


def silent_for_the_bot(scene: Scene) -> None:
    """The bot may only read there."""
    scene.overwrite(Permissions.SEND_MESSAGES)


def hidden_from_alice(scene: Scene) -> None:
    """Alice does not see the channel."""
    scene.overwrite(Permissions.VIEW_CHANNEL, scene.alice.id)


def silent_for_alice(scene: Scene) -> None:
    """Alice may only read there."""
    scene.overwrite(Permissions.SEND_MESSAGES, scene.alice.id)


def closed_and_hidden(scene: Scene) -> None:
    """No direct messages, and no notice where she could not read it."""
    dm_closed(scene)
    hidden_from_alice(scene)


def refused_with(status: int, code: int) -> Trouble:
    """Discord refuses the first message, whatever the state."""

    def trouble(scene: Scene) -> None:
        scene.sandbox.faults.refuse(*POSTS, status=status, code=code)

    return trouble


def in_a_thread(**fields: bool) -> Trouble:
    """The place is a thread, in which nobody may write now."""

    def trouble(scene: Scene) -> None:
        thread_life.change_thread(scene.sandbox.world, scene.place.state, fields)

    return trouble


def slow(scene: Scene) -> None:
    """No answer in time, and nothing was done."""
    scene.sandbox.faults.slow(30, *POSTS)


def slow_but_taken(scene: Scene) -> None:
    """No answer in time, although it was done."""
    scene.sandbox.faults.slow(30, *POSTS, taken=True)


def dropped(*, taken: bool) -> Trouble:
    """The connection breaks, again and again."""

    def trouble(scene: Scene) -> None:
        scene.sandbox.faults.drop_rest(*POSTS, times=4, taken=taken)

    return trouble


def failing(status: int) -> Trouble:
    """Discord fails as long as anybody tries."""

    def trouble(scene: Scene) -> None:
        scene.sandbox.faults.refuse(*POSTS, status=status, times=9)

    return trouble


def members_unknown(scene: Scene) -> None:
    """Discord does not say what alice may do."""
    scene.sandbox.faults.slow(30, "GET", "/guilds/*/members/*")
