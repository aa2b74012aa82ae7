"""The catalogue: every slash command as Discord's command objects, groups put together."""

from collections.abc import Iterable, Mapping
from typing import Any

from botcore.commands.cogs import CogCommand
from botcore.commands.command import BaseCommand
from botcore.commands.interaction import CHAT_INPUT, Payload
from botcore.commands.localisation import localise
from botcore.commands.menus import MenuCommand
from botcore.commands.options import SUB_COMMAND, SUB_COMMAND_GROUP
from botcore.i18n import COMMAND, names_of
from botcore.permissions import PermissionLevel

# Discord's interaction contexts: in a server, in a direct message with the bot.
# https://discord.com/developers/docs/interactions/application-commands#interaction-contexts
IN_GUILD, IN_BOT_DM = 0, 1


def build_catalogue(
    commands: Iterable[BaseCommand[Any]],
    groups: Mapping[str, str],
    menus: Iterable[MenuCommand] = (),
    cogs: Iterable[CogCommand] = (),
) -> list[Payload]:
    """Build Discord's command objects: slash commands by name, then context menu commands, then those of Cogs.

    Args:
        commands: compiled commands whose names do not clash.
        groups: the description of each group by its words, such as ``{"poll": "Ask and vote"}``.
        menus: compiled context menu commands.
        cogs: commands of Cogs, whose names do not clash either.
    """
    catalogue: dict[str, Payload] = {}
    for command in sorted(commands, key=lambda command: command.path):
        root, *rest = command.path
        package = type(command).__module__
        leaf = localise(
            {
                "name": command.path[-1],
                "type": SUB_COMMAND if rest else CHAT_INPUT,
                "description": command.description,
                "options": command.options.to_payload(),
            },
            package,
            command.name,
        )
        if not rest:
            catalogue[root] = {**leaf, **_access(command)}
            continue
        if root not in catalogue:
            catalogue[root] = {**_group(CHAT_INPUT, (root,), groups, package), **_access(command)}
        top = catalogue[root]
        top["contexts"] = sorted({*top["contexts"], *_access(command)["contexts"]})
        place: list[Payload] = top["options"]
        if len(rest) > 1:
            inner = next((option for option in place if option["name"] == rest[0]), None)
            if inner is None:
                inner = _group(SUB_COMMAND_GROUP, (root, rest[0]), groups, package)
                place.append(inner)
            place = inner["options"]
        place.append(leaf)
    listed = sorted(menus, key=lambda menu: (menu.kind, menu.name))
    return [*catalogue.values(), *map(_menu, listed), *(command.payload for command in cogs)]


def _menu(menu: MenuCommand) -> Payload:
    payload: Payload = {"name": menu.name, "type": int(menu.kind), **_access(menu)}
    names = names_of(type(menu).__module__, COMMAND, menu.name)
    if names:
        payload["name_localizations"] = names
    return payload


def _group(kind: int, path: tuple[str, ...], groups: Mapping[str, str], package: str) -> Payload:
    name = " ".join(path)
    payload: Payload = {
        "name": path[-1],
        "type": kind,
        "description": groups.get(name, path[-1]),
        "options": [],
    }
    return localise(payload, package, name)


def _access(command: BaseCommand[Any] | MenuCommand) -> Payload:
    bits = command.default_member_permissions
    in_dm = command.permission in {PermissionLevel.PUBLIC, PermissionLevel.OWNER}
    return {
        "default_member_permissions": None if bits is None else str(bits),
        "contexts": [IN_GUILD, IN_BOT_DM] if in_dm else [IN_GUILD],
        "integration_types": [0],
        "nsfw": False,
    }
