"""The catalogue: every slash command as Discord's command objects, groups put together."""

from collections.abc import Iterable, Mapping
from typing import Any

from botcore.commands.command import BaseCommand
from botcore.commands.interaction import Payload
from botcore.commands.options import SUB_COMMAND, SUB_COMMAND_GROUP
from botcore.permissions import PermissionLevel

CHAT_INPUT = 1

# Discord's interaction contexts: in a server, in a direct message with the bot.
# https://discord.com/developers/docs/interactions/application-commands#interaction-contexts
IN_GUILD, IN_BOT_DM = 0, 1


def build_catalogue(commands: Iterable[BaseCommand[Any]], groups: Mapping[str, str]) -> list[Payload]:
    """Build Discord's command objects, sorted by name.

    Args:
        commands: compiled commands whose names do not clash.
        groups: the description of each group by its words, such as ``{"poll": "Ask and vote"}``.
    """
    catalogue: dict[str, Payload] = {}
    for command in sorted(commands, key=lambda command: command.path):
        root, *rest = command.path
        leaf: Payload = {"description": command.description, "options": command.options.to_payload()}
        if not rest:
            catalogue[root] = {"name": root, "type": CHAT_INPUT, **leaf, **_access(command)}
            continue
        top = catalogue.setdefault(
            root,
            {
                "name": root,
                "type": CHAT_INPUT,
                "description": groups.get(root, root),
                "options": [],
                **_access(command),
            },
        )
        top["contexts"] = sorted({*top["contexts"], *_access(command)["contexts"]})
        place = top["options"]
        if len(rest) > 1:
            place = _group(place, rest[0], groups.get(f"{root} {rest[0]}", rest[0]))
        place.append({"type": SUB_COMMAND, "name": rest[-1], **leaf})
    return list(catalogue.values())


def _group(options: list[Payload], name: str, description: str) -> list[Payload]:
    for option in options:
        if option["name"] == name:
            inner: list[Payload] = option["options"]
            return inner
    group: Payload = {"type": SUB_COMMAND_GROUP, "name": name, "description": description, "options": []}
    options.append(group)
    made: list[Payload] = group["options"]
    return made


def _access(command: BaseCommand[Any]) -> Payload:
    bits = command.default_member_permissions
    in_dm = command.permission in {PermissionLevel.PUBLIC, PermissionLevel.OWNER}
    return {
        "default_member_permissions": None if bits is None else str(bits),
        "contexts": [IN_GUILD, IN_BOT_DM] if in_dm else [IN_GUILD],
        "integration_types": [0],
        "nsfw": False,
    }
