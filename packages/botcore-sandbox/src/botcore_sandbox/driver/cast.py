"""The people and guilds of one sandbox, made when they are first named."""

import asyncio
from collections.abc import Callable, Sequence

from botcore_sandbox.driver.errors import NoAnswer, SandboxError
from botcore_sandbox.driver.person import Person
from botcore_sandbox.driver.places import GuildView
from botcore_sandbox.state import founding
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World

_ADMINISTRATOR = "administrator"


class Cast:
    """Who is there: the guild "Sandbox", its owner, the application's owner, and whoever a test names.

    A world that has guilds already keeps them, and its people.
    """

    def __init__(self, world: World, bot_is_there: Callable[[], bool], *, bot_permissions: Permissions) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self._world = world
        self._bot_is_there = bot_is_there
        self._bot_permissions = bot_permissions
        self._people: dict[str, Person] = {}
        state = next(iter(world.guilds.values()), None) or self._found_guild()
        for user in world.users.values():
            if not user.bot:
                self._know(Person(world, user, self))
        self.guild_owner = self.person(world.users[state.owner_id])
        self.application_owner = self.person(world.application.owner)
        self._guild = GuildView(world, state)

    def _found_guild(self) -> Guild:
        owner = founding.add_user(self._world, "owner", global_name="Owner")
        guild = founding.add_guild(self._world, "Sandbox", owner, bot_permissions=self._bot_permissions)
        founding.add_member(self._world, guild, self._world.application.owner)
        return guild

    def person(self, user: User) -> Person:
        """Who an account belongs to."""
        return self._people.get(user.username) or self._know(Person(self._world, user, self))

    @property
    def guild(self) -> GuildView:
        """The guild that is there from the start."""
        return self._guild

    def member(
        self,
        name: str,
        *,
        administrator: bool,
        roles: Sequence[str],
        guild: GuildView | None,
        locale: str | None,
        accepts_dms: bool | None,
    ) -> Person:
        """The member of that name, with everything that is asked for added to what they already are."""
        person = self._people.get(name)
        if person is None:
            user = founding.add_user(self._world, name, global_name=name.capitalize())
            person = self._know(Person(self._world, user, self))
        if locale is not None:
            person.user.locale = locale
        if accepts_dms is not None:
            person.user.accepts_dms = accepts_dms
        state = (guild or self._guild).state
        member = founding.add_member(self._world, state, person.user)
        for role_name in (*roles, *([_ADMINISTRATOR] if administrator else ())):
            role = state.role_named(role_name)
            if role is None:
                granted = Permissions.ADMINISTRATOR if role_name == _ADMINISTRATOR else Permissions(0)
                role = founding.add_role(self._world, state, role_name, granted)
            founding.give_role(self._world, state, member, role)
        return person

    def add_guild(self, name: str, *, owner: Person | None) -> GuildView:
        """Another guild with the bot in it."""
        user = (owner or self.guild_owner).user
        return GuildView(
            self._world, founding.add_guild(self._world, name, user, bot_permissions=self._bot_permissions)
        )

    def leave(self) -> None:
        """Let nobody of this cast act any more: their world is gone."""
        self.loop = None

    def require_audience(self) -> None:
        """There has to be a bot, and the caller has to be in the sandbox's event loop.

        Raises:
            NoAnswer: No bot is connected, nor one that could still come back.
            SandboxError: The sandbox is not running, or it runs in another event loop.
        """
        if self.loop is None:
            raise SandboxError(
                "The sandbox is not running, or was reset since this person was named: use `async with "
                "Sandbox() as sandbox:`, and ask it for people anew after a reset."
            )
        if self.loop is not asyncio.get_running_loop():
            raise SandboxError(
                "The driver has to be used in the event loop that started the sandbox; with pytest-asyncio, "
                "give the test the loop scope of the fixture (session)."
            )
        if not self._bot_is_there():
            raise NoAnswer(
                "No bot is connected to the sandbox: start one, and wait for it with `await sandbox.bot_ready()`."
            )

    def _know(self, person: Person) -> Person:
        self._people[person.name] = person
        return person
