"""The client's list of commands: which there are, and which of them a person is shown."""

from dataclasses import dataclass
from typing import Any

from botcore_sandbox.driver.errors import CommandHidden, NotOffered
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.commands import Command, CommandType
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.options import NESTING

_IN_GUILD, _IN_BOT_DM = 0, 1


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command with the path to the sub-command; `options` are those that take values."""

    command: Command
    path: tuple[dict[str, Any], ...]
    options: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """As a person types it, without the slash."""
        return " ".join((self.command.name, *(step["name"] for step in self.path)))


def find_slash(world: World, guild_id: int | None, name: str) -> Invocation:
    """The slash command of a name such as "poll create".

    Raises:
        NotOffered: There is none; the sentence lists those that exist.
    """
    first, *rest = name.removeprefix("/").split()
    offered = [c for c in world.commands.offered_in(guild_id) if c.type is CommandType.CHAT_INPUT]
    for command in offered:
        if command.name == first:
            found = _descend(command, rest)
            if found is not None:
                return found
    listed = ", ".join(f"/{full}" for command in offered for full in _full_names(command)) or "none at all"
    raise NotOffered(f"There is no command /{name} here; registered are {listed}.")


def find_menu(world: World, guild_id: int | None, kind: CommandType, name: str) -> Command:
    """The context menu command of a name.

    Raises:
        NotOffered: There is none; the sentence lists those that exist.
    """
    offered = [c for c in world.commands.offered_in(guild_id) if c.type is kind]
    for command in offered:
        if command.name == name:
            return command
    listed = ", ".join(repr(command.name) for command in offered) or "none at all"
    raise NotOffered(f"There is no {kind.name.lower()} command {name!r} here; registered are {listed}.")


def require_shown(world: World, user: User, channel: Channel, command: Command) -> None:
    """The client has to list a command for a person in a place.

    Raises:
        CommandHidden: It does not; the sentence says why and how to send it nevertheless.
    """
    reason = why_hidden(world, user, channel, command)
    if reason is not None:
        raise CommandHidden(
            f"The client does not show /{command.name} to {user.username} here: {reason}. "
            "Pass force=True to send it nevertheless, as a hostile client could."
        )


def why_hidden(world: World, user: User, channel: Channel, command: Command) -> str | None:
    """Why the client does not list a command for a person in a place; None where it does."""
    contexts = command.body.get("contexts")
    if channel.is_dm:
        in_dm = _IN_BOT_DM in contexts if contexts is not None else command.body.get("dm_permission", True)
        return None if in_dm and command.guild_id is None else "it is not for direct messages"
    held = world.permissions_in(channel, user)
    needed = Permissions(int(command.body.get("default_member_permissions") or 0))
    only_administrators = command.body.get("default_member_permissions") == "0"
    administrator = Permissions.ADMINISTRATOR in held
    obstacles = (
        (contexts is not None and _IN_GUILD not in contexts, "it is not for guilds"),
        (Permissions.VIEW_CHANNEL not in held, f"they do not see #{channel.name}"),
        (Permissions.USE_APPLICATION_COMMANDS not in held, f"they may not use commands in #{channel.name}"),
        (bool(command.body.get("nsfw")) and not channel.nsfw, f"#{channel.name} is not age-restricted"),
        (only_administrators and not administrator, "it is for administrators only"),
        (needed not in held, f"it needs {needed.name}"),
    )
    return next((reason for stands_in_the_way, reason in obstacles if stands_in_the_way), None)


def _descend(command: Command, names: list[str]) -> Invocation | None:
    options = command.options
    path = []
    for name in names:
        step = next((o for o in options if o["type"] in NESTING and o["name"] == name), None)
        if step is None:
            return None
        path.append(step)
        options = step.get("options", [])
    if any(option["type"] in NESTING for option in options):
        return None
    return Invocation(command, tuple(path), options)


def _full_names(command: Command) -> list[str]:
    def below(prefix: str, options: list[dict[str, Any]]) -> list[str]:
        nested = [option for option in options if option["type"] in NESTING]
        if not nested:
            return [prefix]
        return [full for option in nested for full in below(f"{prefix} {option['name']}", option.get("options", []))]

    return below(command.name, command.options)
