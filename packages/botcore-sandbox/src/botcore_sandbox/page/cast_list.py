"""The setting of a session that is written down: who took part, and where, as lines of Python."""

import json
import keyword
import re

from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Guild, Role
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


class CastList:
    """Names people, channels and roles as they are used, and says afterwards how to make them.

    Args:
        world: where they are.
    """

    usual_place = 'bot.channel("general")'
    """Where the driver acts unless it is told otherwise."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people: dict[str, User] = {}
        self._channels: dict[int, Channel] = {}
        self._roles: dict[int, Role] = {}

    def person(self, user: User) -> str:
        """The variable that holds somebody."""
        if user is self._world.application.owner:
            return "bot.sandbox.application_owner"
        if user.id == self._home.owner_id:
            return "bot.sandbox.guild_owner"
        name = as_name(user.username)
        while self._people.get(name, user) is not user:
            name += "_"
        self._people[name] = user
        return name

    def place(self, channel: Channel) -> str:
        """An expression for a channel or direct message."""
        if channel.is_dm:
            other = next(user for user in channel.recipients if not user.bot)
            return f"{self.person(other)}.dm"
        if channel.name != "general":
            self._channels[channel.id] = channel
        return f"bot.channel({json.dumps(channel.name)})"

    def role(self, role: Role) -> str:
        """An expression for a role."""
        self._roles[role.id] = role
        return f"bot.sandbox.guild.role({json.dumps(role.name)})"

    def lines(self) -> list[str]:
        """What has to be there before anybody acts."""
        people = {name: self._held(user) for name, user in self._people.items()}
        for held in people.values():
            self._roles |= {role.id: role for role in held}
        roles = [
            f"bot.sandbox.guild.add_role({json.dumps(role.name)}, {_permissions(role.permissions)})"
            for role in sorted(self._roles.values(), key=lambda role: role.position)
            if not role.managed and role.id != self._home.id
        ]
        channels = [f"bot.sandbox.guild.add_channel({json.dumps(c.name)})" for c in self._channels.values()]
        members = [
            f"{name} = bot.member({json.dumps(self._people[name].username)}"
            + (f", roles=({', '.join(json.dumps(role.name) for role in held)},)" if held else "")
            + ")"
            for name, held in people.items()
        ]
        return [*roles, *channels, *members]

    @property
    def _home(self) -> Guild:
        return next(iter(self._world.guilds.values()))

    def _held(self, user: User) -> list[Role]:
        member = self._home.members.get(user.id)
        return [self._home.roles[held] for held in member.role_ids] if member is not None else []


def as_name(text: str) -> str:
    """A name that Python takes."""
    name = re.sub(r"\W", "_", text)
    name = f"_{name}" if not name or name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in {"bot", "pytest"} else name


def _permissions(held: Permissions) -> str:
    return f"Permissions({int(held)})"
