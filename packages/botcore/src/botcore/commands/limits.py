"""What Discord accepts of a slash command, checked where it is declared instead of when it is refused."""

import re
from itertools import pairwise
from typing import Any

from botcore.commands.command import BaseCommand
from botcore.commands.inputs import InputDeclarationError
from botcore.commands.interaction import CHAT_INPUT, Payload
from botcore.commands.menus import check_menu_name
from botcore.commands.options import MAX_CHOICES, MAX_OPTIONS

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
    owner = f"/{command.name}"
    if len(command.path) > MAX_DEPTH:
        raise InputDeclarationError(f"{owner}: a name has at most {MAX_DEPTH} words: command, group, sub-command.")
    for word in command.path:
        _check_name(word, owner)
    _check_entry(
        {"name": command.name, "description": command.description, "options": command.options.to_payload()}, owner
    )


def check_payload(payload: Payload, owner: str) -> None:
    """Refuse a whole command object that Discord would refuse.

    Args:
        payload: Discord's command object.
        owner: what to call it.

    Raises:
        InputDeclarationError: naming the command or option and what to write instead.
    """
    if payload["type"] != CHAT_INPUT:
        check_menu_name(payload["name"])
        return
    _check_name(payload["name"], owner)
    _check_entry(payload, owner)


def _check_entry(entry: Payload, owner: str) -> None:
    _check_below(entry, owner)
    size = command_size(entry)
    if size > MAX_COMMAND_CHARACTERS:
        raise InputDeclarationError(
            f"{owner}: its names, descriptions and choices have {size} characters; Discord allows "
            f"{MAX_COMMAND_CHARACTERS}."
        )


def _check_below(entry: Payload, owner: str) -> None:
    """Check the description of a command or option, and everything below it."""
    _check_description(entry["description"], owner)
    choices = entry.get("choices") or ()
    if len(choices) > MAX_CHOICES:
        raise InputDeclarationError(f"{owner}: at most {MAX_CHOICES} choices, not {len(choices)}; use autocomplete.")
    for choice in choices:
        if len(str(choice["name"])) > MAX_CHOICE or len(str(choice["value"])) > MAX_CHOICE:
            raise InputDeclarationError(f"{owner}: a choice has at most {MAX_CHOICE} characters, name and value.")
    options = entry.get("options") or ()
    if len(options) > MAX_OPTIONS:
        raise InputDeclarationError(f"{owner}: a command has at most {MAX_OPTIONS} options, not {len(options)}.")
    for before, after in pairwise(options):
        if after.get("required") and not before.get("required"):
            raise InputDeclarationError(f"{owner}: put {after['name']}, which must be given, before {before['name']}.")
    names = [option["name"] for option in options]
    if len(set(names)) != len(names):
        raise InputDeclarationError(f"{owner}: two options have the same name.")
    for option in options:
        _check_name(option["name"], f"{owner} {option['name']}")
        _check_below(option, f"{owner} {option['name']}")


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
