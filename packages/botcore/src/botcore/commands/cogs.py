"""nextcord Cogs, as far as they are no client's matter: what commands they bring, and what they know as their bot."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nextcord import ClientCog as ClientCog  # noqa: PLC0414 - handed on to packages that know no nextcord

from botcore.commands.inputs import InputDeclarationError
from botcore.commands.interaction import CHAT_INPUT, Payload
from botcore.commands.limits import check_payload
from botcore.commands.menus import MenuKind
from botcore.commands.options import SUB_COMMAND, SUB_COMMAND_GROUP

# Where nextcord leaves it to the application's settings, which a comparison cannot see, this is what botcore's own
# commands say: in a server and in a direct message with the bot, where the bot is a member.
_EVERYWHERE = {"contexts": [0, 1], "integration_types": [0]}


@dataclass(frozen=True, slots=True)
class CogCommand:
    """One application command of a Cog.

    Args:
        payload: Discord's command object.
    """

    payload: Payload

    @property
    def name(self) -> str:
        """The first word that is typed, or what a menu shows."""
        return str(self.payload["name"])

    @property
    def menu(self) -> MenuKind | None:
        """In which menu it is, or ``None`` for a slash command."""
        return None if self.payload["type"] == CHAT_INPUT else MenuKind(self.payload["type"])

    def leaves(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What can be typed, such as ``guestbook sign``, with the command's or option's object."""
        return _leaves(self.name, self.payload)


class RunningClient:
    """What a Cog knows as its ``bot``: nextcord's client, which is made later than the Cog, and perhaps twice.

    Args:
        current: the client; raises before there is one.
        made: waits until there is one.
    """

    def __init__(self, current: Callable[[], Any], made: Callable[[], Awaitable[object]]) -> None:
        self._current = current
        self._made = made

    def __getattr__(self, name: str) -> Any:
        """Whatever the client has."""
        return getattr(self._current(), name)

    async def wait_until_ready(self) -> None:
        """Wait as nextcord's client does, which a Cog may ask for before there is one."""
        await self._made()
        await self._current().wait_until_ready()


def read_cog(cog: ClientCog) -> list[CogCommand]:
    """The application commands of a Cog.

    Raises:
        InputDeclarationError: for what Discord would refuse, or a command for some servers only.
    """
    commands = []
    for command in cog.application_commands:
        owner = f"{command.name!r} of the Cog {type(cog).__name__}"
        if not command.is_global:
            raise InputDeclarationError(
                f"{owner} is for some servers only, and botcore has one catalogue for all of them; take `guild_ids` "
                "away, and say with `default_member_permissions` who sees it."
            )
        payload = {**_EVERYWHERE, **command.get_payload(None)}
        check_payload(payload, owner)
        commands.append(CogCommand(payload))
    return commands


def listeners_of(cog: ClientCog) -> Sequence[tuple[str, Callable[..., Any]]]:
    """The listeners of a Cog: the name of the event, with ``on_``, and the method; nextcord has Cogs without any."""
    listeners: Sequence[tuple[str, Callable[..., Any]]] = getattr(cog, "get_listeners", tuple)()
    return listeners


def _leaves(name: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    below = [each for each in entry.get("options", ()) if each["type"] in {SUB_COMMAND, SUB_COMMAND_GROUP}]
    if not below:
        yield name, entry
    for each in below:
        yield from _leaves(f"{name} {each['name']}", each)
