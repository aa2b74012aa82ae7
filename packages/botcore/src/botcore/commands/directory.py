"""The directory of commands: what a person may use, for help texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from botcore.commands.router import Routes
from botcore.i18n import OPTION
from botcore.permissions import Caller, PermissionLevel, PermissionPolicy


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """One option of a command, as a help text shows it."""

    name: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One command, as a help text shows it.

    Args:
        name: without the slash, such as ``poll create``.
        shown: the same as Discord shows it in the active locale.
        description: its one line, in the active locale.
        permission: who may use it; ``None`` where a Cog decides by itself.
        options: in the order in which Discord shows them.
        rate_limit: how often one person may use it, or ``None``.
    """

    name: str
    shown: str
    description: str
    permission: PermissionLevel | None
    options: tuple[OptionEntry, ...]
    rate_limit: str | None


class CommandDirectory:
    """Lists the commands that somebody may use where they are.

    Args:
        routes: the registered handlers.
        policy: decides who may use what.
    """

    def __init__(self, routes: Routes, policy: PermissionPolicy) -> None:
        self._routes = routes
        self._policy = policy

    def usable_by(self, caller: Caller) -> Sequence[CommandEntry]:
        """The commands that ``caller`` may use where they act, by name."""
        return sorted([*self._own(caller), *self._of_cogs()], key=lambda entry: entry.name)

    def _own(self, caller: Caller) -> list[CommandEntry]:
        return [
            CommandEntry(
                name=command.name,
                shown=command.shown_name,
                description=command.texts(command.description),
                permission=command.permission,
                options=tuple(
                    OptionEntry(
                        command.texts.name(OPTION, option["name"]),
                        command.texts(option["description"]),
                        option.get("required", False),
                    )
                    for option in command.options.to_payload()
                ),
                rate_limit=command.rate_limit,
            )
            for command in self._routes.commands.values()
            if self._policy.allows(command.permission, caller)
        ]

    def _of_cogs(self) -> list[CommandEntry]:
        return [
            CommandEntry(
                name=name,
                shown=name,
                description=entry["description"],
                permission=None,
                options=tuple(
                    OptionEntry(option["name"], option["description"], option.get("required", False))
                    for option in entry.get("options", ())
                ),
                rate_limit=None,
            )
            for command in self._routes.cogs
            if command.menu is None
            for name, entry in command.leaves()
        ]
