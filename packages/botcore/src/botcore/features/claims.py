"""The names that a feature wants: nobody else's, as many as Discord takes, and granted all together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botcore.commands import BaseCommand, BaseModal, CogCommand, Component, InteractionHandler, MenuCommand
from botcore.errors import FeatureError

# https://discord.com/developers/docs/interactions/application-commands#registering-a-command
MAX_COMMANDS = 100
MAX_SUB_COMMANDS = 25
MAX_MENU_COMMANDS = 15


@dataclass(slots=True)
class Taken:
    """The names that are taken, and by which feature.

    Attributes:
        commands: slash commands, as they are typed: ``/poll create``.
        components: ids of buttons, selects and modals.
        menus: context menu commands, after their kind.
        roots: the first words that are all a Cog's, such as ``/guestbook``.
        groups: the description of each group by its words.
    """

    commands: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    menus: dict[str, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)


class Claims:
    """What one feature claims.

    Args:
        feature: the feature's name.
        taken: the names that are taken.
    """

    def __init__(self, feature: str, taken: Taken) -> None:
        self._feature = feature
        self._taken = taken
        self._commands: list[str] = []
        self._components: list[str] = []
        self._menus: list[str] = []
        self._roots: list[str] = []

    def claim_handlers(self, handlers: Iterable[type[InteractionHandler[Any]]]) -> None:
        """Claim the names of commands and the ids of buttons, selects and modals.

        Raises:
            FeatureError: one is taken, is not the feature's to take, or is one too many for Discord.
        """
        for handler in handlers:
            if issubclass(handler, BaseCommand):
                self._refuse_root_of_cog(f"/{handler.name}")
                self._claim_command(f"/{handler.name}")
            elif issubclass(handler, MenuCommand):
                self._claim_menu(handler.kind.name.lower(), handler.name)
            elif issubclass(handler, (Component, BaseModal)):
                self._claim_component(handler)
            else:
                raise FeatureError(self._feature, f"{handler!r} is no command, button, select or modal")
        self._refuse_too_many()

    def claim_cog_commands(self, commands: Iterable[CogCommand]) -> None:
        """Claim the names of commands of Cogs; what stands under the first word of one is all the Cog's.

        Raises:
            FeatureError: one is taken, or is one too many for Discord.
        """
        for command in commands:
            if command.menu is not None:
                self._claim_menu(command.menu.name.lower(), command.name)
                continue
            root = f"/{command.name}"
            for other, owner in self._all_commands().items():
                if other.split()[0] == root:
                    raise FeatureError(
                        self._feature,
                        f"the command {root} of a Cog is taken by {other} of the feature {owner!r}; rename one",
                    )
            for name, _entry in command.leaves():
                self._claim_command(f"/{name}")
            self._roots.append(root)
        self._refuse_too_many()

    def grant(self, groups: Mapping[str, str]) -> None:
        """Make everything that was claimed the feature's own, and its descriptions of groups those of the bot."""
        self._taken.commands.update(dict.fromkeys(self._commands, self._feature))
        self._taken.components.update(dict.fromkeys(self._components, self._feature))
        self._taken.roots.update(dict.fromkeys(self._roots, self._feature))
        self._taken.menus.update(dict.fromkeys(self._menus, self._feature))
        self._taken.groups.update(groups)

    def _claim_command(self, name: str) -> None:
        self._claim("the command", name, self._taken.commands, self._commands)
        for other, owner in self._all_commands().items():
            shorter, longer = sorted((name, other), key=len)
            if longer.startswith(f"{shorter} "):  # Discord has /poll or /poll create, never both
                raise FeatureError(
                    self._feature,
                    f"Discord cannot have both {shorter} and {longer} (of the feature {owner!r}); rename one",
                )

    def _refuse_root_of_cog(self, name: str) -> None:
        root, *rest = name.split()
        if rest and root in self._taken.roots:
            raise FeatureError(
                self._feature,
                f"the command {name} is taken by a Cog of the feature {self._taken.roots[root]!r}, whose is all of "
                f"{root}; rename one",
            )

    def _claim_menu(self, kind: str, name: str) -> None:
        self._claim("the", f"{kind} command {name!r}", self._taken.menus, self._menus)

    def _claim_component(self, handler: type[Component[Any] | BaseModal[Any]]) -> None:
        if not handler.id.startswith(f"{self._feature}."):
            raise FeatureError(
                self._feature, f"the id {handler.id!r} of {handler.__name__} must start with {self._feature + '.'!r}"
            )
        self._claim("the component id", handler.id, self._taken.components, self._components)

    def _claim(self, what: str, name: str, taken: Mapping[str, str], claimed: list[str]) -> None:
        if name in taken:
            raise FeatureError(self._feature, f"{what} {name} is taken by the feature {taken[name]!r}")
        if name in claimed:
            raise FeatureError(self._feature, f"{what} {name} is registered twice")
        claimed.append(name)

    def _all_commands(self) -> dict[str, str]:
        return {**self._taken.commands, **dict.fromkeys(self._commands, self._feature)}

    def _refuse_too_many(self) -> None:
        """Discord takes so many commands, and so many sub-commands in each; one more and it refuses them all."""
        for depth, limit in ((1, MAX_COMMANDS), (2, MAX_SUB_COMMANDS), (3, MAX_SUB_COMMANDS)):
            children: dict[str, set[str]] = {}
            for name in self._all_commands():
                words = name.split()
                if len(words) >= depth:
                    children.setdefault(" ".join(words[: depth - 1]), set()).add(words[depth - 1])
            for parent, below in children.items():
                if len(below) > limit:
                    raise FeatureError(
                        self._feature,
                        f"with it there would be {len(below)} commands {f'in {parent}' if parent else 'in all'}, "
                        f"and Discord takes {limit}; make some of them sub-commands, or leave out another feature",
                    )
        for kind, count in Counter(name.split()[0] for name in (*self._taken.menus, *self._menus)).items():
            if count > MAX_MENU_COMMANDS:
                raise FeatureError(
                    self._feature,
                    f"with it there would be {count} {kind} commands, and Discord takes {MAX_MENU_COMMANDS}",
                )
