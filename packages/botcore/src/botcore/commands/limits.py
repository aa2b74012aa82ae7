"""What Discord accepts of a slash command, checked where it is declared instead of when it is refused."""

import re
from typing import Any

from botcore.commands.command import BaseCommand
from botcore.commands.inputs import InputDeclarationError
from botcore.commands.interaction import Payload

MAX_DESCRIPTION = 100
MAX_CHOICE = 100
MAX_COMMAND_CHARACTERS = 8000
MAX_DEPTH = 3

# Discord allows letters and numbers of any script, "-", "_" and "'", in lower case where there is one.
# https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
_NAME = re.compile(r"[-_'\w]{1,32}")


def check_limits(command: BaseCommand[Any]) -> None:
    """Refuse what Discord would refuse.

    Raises:
        InputDeclarationError: naming the command or option and what to write instead.
    """
    if len(command.path) > MAX_DEPTH:
        raise InputDeclarationError(
            f"/{command.name}: a name has at most {MAX_DEPTH} words: command, group, sub-command."
        )
    for word in command.path:
        _check_name(word, f"/{command.name}")
    _check_description(command.description, f"/{command.name}")
    for option in command.options.to_payload():
        owner = f"/{command.name} {option['name']}"
        _check_name(option["name"], owner)
        _check_description(option["description"], owner)
        for choice in option.get("choices", ()):
            if len(str(choice["name"])) > MAX_CHOICE or len(str(choice["value"])) > MAX_CHOICE:
                raise InputDeclarationError(f"{owner}: a choice has at most {MAX_CHOICE} characters, name and value.")
    names = [option.name for option in command.options.options]
    if len(set(names)) != len(names):
        raise InputDeclarationError(f"/{command.name}: two options have the same name.")
    size = command_size(
        {"name": command.name, "description": command.description, "options": command.options.to_payload()}
    )
    if size > MAX_COMMAND_CHARACTERS:
        raise InputDeclarationError(
            f"/{command.name}: its names, descriptions and choices have {size} characters; Discord allows "
            f"{MAX_COMMAND_CHARACTERS}."
        )


def command_size(payload: Payload) -> int:
    """The characters that Discord counts: names, descriptions and the values of choices, nested ones too."""
    own = sum(len(str(payload.get(key, ""))) for key in ("name", "description", "value"))
    nested = [*payload.get("options", ()), *payload.get("choices", ())]
    return own + sum(command_size(part) for part in nested)


def is_name(text: str) -> bool:
    """Whether Discord takes this as the name of a command or an option."""
    return bool(_NAME.fullmatch(text)) and text == text.lower()


def _check_name(name: str, owner: str) -> None:
    if not is_name(name):
        raise InputDeclarationError(
            f"{owner}: {name!r} is no name for Discord; use 1 to 32 lower-case letters, digits, - and _."
        )


def _check_description(text: object, owner: str) -> None:
    if not isinstance(text, str) or not 1 <= len(text) <= MAX_DESCRIPTION:
        raise InputDeclarationError(f"{owner}: write a `description` of 1 to {MAX_DESCRIPTION} characters.")
