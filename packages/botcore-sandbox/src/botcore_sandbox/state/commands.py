"""The application commands that a bot registered, global and per guild."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any


class CommandType(IntEnum):
    """Where a command appears in the client."""

    CHAT_INPUT = 1
    USER = 2
    MESSAGE = 3


@dataclass(slots=True)
class Command:
    """One registered command; `body` holds the validated fields as they go over the wire."""

    id: int
    version: int
    application_id: int
    guild_id: int | None
    body: dict[str, Any]

    @property
    def type(self) -> CommandType:
        """Where it appears."""
        return CommandType(self.body["type"])

    @property
    def name(self) -> str:
        """Its name, unique among commands of its type and scope."""
        name: str = self.body["name"]
        return name

    @property
    def options(self) -> list[dict[str, Any]]:
        """Options, sub-commands or groups, in the order that the bot gave."""
        options: list[dict[str, Any]] = self.body.get("options") or []
        return options


@dataclass(slots=True)
class CommandBook:
    """Every registered command; scope None is global, otherwise a guild's id."""

    scopes: dict[int | None, dict[int, Command]] = field(default_factory=dict)

    def of(self, scope: int | None) -> dict[int, Command]:
        """The commands of one scope by id, in the order of registration."""
        return self.scopes.setdefault(scope, {})

    def named(self, scope: int | None, type: CommandType, name: str) -> Command | None:
        """The command that a new one of that type and name would replace."""
        return next((c for c in self.of(scope).values() if c.type is type and c.name == name), None)

    def find(self, command_id: int) -> Command | None:
        """A command of whatever scope."""
        return next((book[command_id] for book in self.scopes.values() if command_id in book), None)

    def offered_in(self, guild_id: int | None) -> list[Command]:
        """What a client lists in a guild (its own commands first) or, for None, in a direct message."""
        own = list(self.of(guild_id).values()) if guild_id is not None else []
        return [*own, *self.of(None).values()]

    def names(self) -> set[str]:
        """The names of all commands of all scopes."""
        return {command.name for book in self.scopes.values() for command in book.values()}
