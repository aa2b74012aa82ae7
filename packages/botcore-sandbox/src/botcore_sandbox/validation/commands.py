"""Application commands, one by one and as the whole list of a scope.

Source: developer documentation, "Application Commands" (naming, structure, limits).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.state.commands import CommandType
from botcore_sandbox.state.permissions import ALL_PERMISSIONS
from botcore_sandbox.validation.form import Form, as_form
from botcore_sandbox.validation.locales import longest, read_localizations
from botcore_sandbox.validation.names import check_command_name
from botcore_sandbox.validation.options import read_name, read_options
from botcore_sandbox.validation.problems import Problems

MAX_COMMAND_SIZE = 8_000
LIMITS = {CommandType.CHAT_INPUT: 100, CommandType.USER: 15, CommandType.MESSAGE: 15}
_LONGEST_LIST = sum(LIMITS.values())
_MAX_DESCRIPTION = 100
_MAX_NAME = 32


def read_command(body: dict[str, Any], *, in_guild: bool) -> dict[str, Any]:
    """The validated fields of one command.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    command = _read(Form(body, problems), in_guild=in_guild)
    problems.raise_if_found()
    return command


def read_command_list(body: Any, *, in_guild: bool) -> list[dict[str, Any]]:
    """The validated commands of a bulk overwrite; the error tree is keyed by their position.

    Raises:
        ApiError: 50035 with the tree of what is wrong, or 30032 for more than a scope may have.
    """
    problems = Problems()
    if not isinstance(body, list):
        problems.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        problems.raise_if_found()
    if len(body) > _LONGEST_LIST:
        check_count([CommandType.CHAT_INPUT] * len(body))
    forms = [as_form(item, problems.at(index)) for index, item in enumerate(body)]
    commands = [_read(form, in_guild=in_guild) for form in forms if form is not None]
    problems.raise_if_found()
    check_count(CommandType(command["type"]) for command in commands)
    _check_unique(commands, problems)
    problems.raise_if_found()
    return commands


def check_count(types: Iterable[CommandType]) -> None:
    """A scope may have only so many commands of each type.

    Raises:
        ApiError: 30032 with the limit that was passed.
    """
    for kind, count in Counter(types).items():
        if count > LIMITS[kind]:
            message = f"Maximum number of application commands reached ({LIMITS[kind]})"
            raise ApiError.known(30032, message=message)


def _check_unique(commands: Sequence[dict[str, Any]], problems: Problems) -> None:
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        key = (command["type"], command["name"])
        if key in seen:
            problems.at(index).add("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        seen.add(key)


def _read(form: Form, *, in_guild: bool) -> dict[str, Any]:
    kind = form.choice("type", [int(kind) for kind in CommandType])
    is_slash = kind in {None, CommandType.CHAT_INPUT}
    command: dict[str, Any] = {
        "type": int(CommandType.CHAT_INPUT) if kind is None else kind,
        "name": _read_name(form, is_slash=is_slash),
        "name_localizations": read_localizations(
            form, "name_localizations", _MAX_NAME, check=check_command_name if is_slash else None
        ),
        "description": _read_description(form, is_slash=is_slash),
        "description_localizations": read_localizations(form, "description_localizations", _MAX_DESCRIPTION),
        "default_member_permissions": _read_permissions(form),
        "nsfw": bool(form.flag("nsfw")),
        "integration_types": form.numbers("integration_types", (0, 1), low=1) or [0],
    }
    contexts = form.numbers("contexts", (0, 1, 2), low=1)
    command["contexts"] = contexts
    if not in_guild:
        allowed = form.flag("dm_permission")
        command["dm_permission"] = 1 in contexts if contexts is not None else allowed is not False
    options = read_options(form)
    if options and not is_slash:
        form.problems.at("options").add("SANDBOX_OPTIONS_NOT_ALLOWED", "Context menu commands cannot have options.")
    if options:
        command["options"] = options
    if not form.problems.found and command_size(command) > MAX_COMMAND_SIZE:
        form.problems.add("APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MAX_COMMAND_SIZE})")
    return command


def _read_name(form: Form, *, is_slash: bool) -> str | None:
    name = read_name(form)
    if name is None:
        return None
    if is_slash:
        check_command_name(form.problems.at("name"), name)
    return name if is_slash else name.strip()


def _read_description(form: Form, *, is_slash: bool) -> str | None:
    if is_slash:
        return form.text("description", low=1, high=_MAX_DESCRIPTION, needed=True)
    if form.raw("description"):
        form.problems.at("description").add(
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", "Context menu commands cannot have description"
        )
    return ""


def _read_permissions(form: Form) -> str | None:
    number = form.integer("default_member_permissions", low=0)
    return None if number is None else str(number & int(ALL_PERMISSIONS))


def command_size(command: dict[str, Any]) -> int:
    """Characters of all names, descriptions and choice values; of translations only the longest counts."""
    name = max(len(command["name"]), longest(command.get("name_localizations")))
    description = max(len(command.get("description", "")), longest(command.get("description_localizations")))
    value = command.get("value")
    inner = (*command.get("options", ()), *command.get("choices", ()))
    return name + description + (len(value) if isinstance(value, str) else 0) + sum(map(command_size, inner))
