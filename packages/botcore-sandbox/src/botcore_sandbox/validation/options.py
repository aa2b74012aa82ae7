"""Options and choices of application commands.

Source: developer documentation, "Application Command Option Structure"; options are given back with exactly
the keys that came, because clients compare them.
"""

from enum import IntEnum
from typing import Any

from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.locales import Check, read_localizations
from botcore_sandbox.validation.names import check_option_name
from botcore_sandbox.validation.problems import Problems, bad_length, required

MAX_OPTIONS = 25
MAX_CHOICES = 25
_MAX_NAME = 32
_MAX_DESCRIPTION = 100
_MAX_CHOICE = 100
_MAX_TEXT_LENGTH = 6_000
_MAX_SAFE_INTEGER = 2**53

CHANNEL_TYPES = (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
"""Developer documentation, "Channel Types"."""


class OptionType(IntEnum):
    """What an option takes."""

    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


NESTING = frozenset({int(OptionType.SUB_COMMAND), int(OptionType.SUB_COMMAND_GROUP)})
_VALUES = tuple(int(kind) for kind in OptionType if kind not in NESTING)
_AT_TOP = (*sorted(NESTING), *_VALUES)
_WITH_CHOICES = frozenset({OptionType.STRING, OptionType.INTEGER, OptionType.NUMBER})
_NUMERIC = frozenset({OptionType.INTEGER, OptionType.NUMBER})


def read_options(form: Form, *, allowed: tuple[int, ...] = _AT_TOP) -> list[dict[str, Any]] | None:
    """The validated `options` of a command, group or sub-command; None if it has none."""
    forms = form.forms("options", high=MAX_OPTIONS)
    if forms is None:
        return None
    options: list[dict[str, Any]] = []
    names: set[str] = set()
    optional_before = False
    for option in forms:
        read = _read_option(option, allowed)
        if read["name"] is not None and read["name"] in names:
            option.problems.at("name").add(
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists"
            )
        names.add(read["name"])
        if read.get("required") and optional_before:
            option.problems.add(
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        nested = read["type"] in NESTING
        optional_before = optional_before or (not nested and not read.get("required"))
        if options and nested != (options[0]["type"] in NESTING):
            option.problems.add(
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are mutually exclusive to all other types",
            )
        options.append(read)
    return options


def read_name(form: Form) -> str | None:
    """The name of an option or slash command, its length checked and its characters not yet."""
    return form.text("name", low=1, high=_MAX_NAME, needed=True)


def _read_option(form: Form, allowed: tuple[int, ...]) -> dict[str, Any]:
    kind = form.kind(allowed)
    name = read_name(form)
    if name is not None:
        check_option_name(form.problems.at("name"), name)
    option: dict[str, Any] = {
        "type": kind,
        "name": name,
        "description": form.text("description", low=1, high=_MAX_DESCRIPTION, needed=True),
    }
    _keep_localizations(option, form, "name_localizations", _MAX_NAME, check=check_option_name)
    _keep_localizations(option, form, "description_localizations", _MAX_DESCRIPTION)
    if kind is None:
        return option
    if kind in NESTING and form.raw("required"):
        form.problems.at("required").add(
            "APPLICATION_COMMAND_REQUIRED_INVALID", "Required cannot be configured for this type of option"
        )
    if kind == OptionType.SUB_COMMAND_GROUP:
        _keep(option, form, "options", read_options(form, allowed=(int(OptionType.SUB_COMMAND),)))
    elif kind == OptionType.SUB_COMMAND:
        _keep(option, form, "options", read_options(form, allowed=_VALUES))
    else:
        _read_value_rules(form, OptionType(kind), option)
    return option


def _read_value_rules(form: Form, kind: OptionType, option: dict[str, Any]) -> None:
    _keep(option, form, "required", form.flag("required"))
    _keep(option, form, "autocomplete", form.flag("autocomplete"))
    if kind in _WITH_CHOICES:
        _keep(option, form, "choices", _read_choices(form, kind))
    if option.get("autocomplete") and (kind not in _WITH_CHOICES or option.get("choices")):
        form.problems.at("autocomplete").add(
            "SANDBOX_AUTOCOMPLETE_NOT_ALLOWED",
            "Autocomplete is only for string, integer and number options without choices.",
        )
    if kind is OptionType.STRING:
        _keep(option, form, "min_length", form.integer("min_length", low=0, high=_MAX_TEXT_LENGTH))
        _keep(option, form, "max_length", form.integer("max_length", low=1, high=_MAX_TEXT_LENGTH))
    if kind in _NUMERIC:
        for key in ("min_value", "max_value"):
            value = form.integer(key) if kind is OptionType.INTEGER else form.number(key)
            if value is not None and abs(value) > _MAX_SAFE_INTEGER:
                form.problems.at(key).add("NUMBER_TYPE_MAX", "Value must lie between -2^53 and 2^53.")
            _keep(option, form, key, value)
    if kind is OptionType.CHANNEL:
        _keep(option, form, "channel_types", form.numbers("channel_types", CHANNEL_TYPES))


def _read_choices(form: Form, kind: OptionType) -> list[dict[str, Any]] | None:
    forms = form.forms("choices", high=MAX_CHOICES)
    if forms is None:
        return None
    names: set[str | None] = set()
    choices = []
    for form_of_choice in forms:
        choice = read_choice(form_of_choice, kind)
        if choice["name"] in names:
            form_of_choice.problems.at("name").add(
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already exists"
            )
        names.add(choice["name"])
        choices.append(choice)
    return choices


def read_choice(form: Form, kind: OptionType) -> dict[str, Any]:
    """One choice of an option, or one suggestion of an autocomplete."""
    choice: dict[str, Any] = {"name": form.text("name", low=1, high=_MAX_CHOICE, needed=True)}
    value = form.raw("value")
    problems = form.problems.at("value")
    if value is None:
        required(problems)
    elif kind is OptionType.STRING:
        _check_text_value(problems, value)
    elif kind is OptionType.INTEGER:
        form.integer("value", low=-_MAX_SAFE_INTEGER, high=_MAX_SAFE_INTEGER)
    else:
        form.number("value")
    choice["value"] = value
    _keep_localizations(choice, form, "name_localizations", _MAX_CHOICE)
    return choice


def _check_text_value(problems: Problems, value: Any) -> None:
    if not isinstance(value, str):
        problems.add("STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
    elif not 1 <= len(value) <= _MAX_CHOICE:
        bad_length(problems, 1, _MAX_CHOICE)


def _keep(target: dict[str, Any], form: Form, key: str, value: Any) -> None:
    if form.raw(key) is not None:
        target[key] = value


def _keep_localizations(target: dict[str, Any], form: Form, key: str, high: int, *, check: Check | None = None) -> None:
    """Translations come back whenever they were mentioned, also as null."""
    texts = read_localizations(form, key, high, check=check)
    if form.mentions(key):
        target[key] = texts
