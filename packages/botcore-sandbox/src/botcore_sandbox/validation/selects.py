"""Select menus, on messages and in modals.

Source: developer documentation, "Component Reference", String Select and the auto-populated ones.
"""

from enum import IntEnum
from typing import Any

from botcore_sandbox.validation.buttons import read_emoji
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.options import CHANNEL_TYPES

_MAX_OPTIONS = 25


class SelectType(IntEnum):
    """What a select menu offers."""

    STRING = 3
    USER = 5
    ROLE = 6
    MENTIONABLE = 7
    CHANNEL = 8


SELECT_TYPES = frozenset(int(kind) for kind in SelectType)

_DEFAULT_KINDS = {
    SelectType.USER: {"user"},
    SelectType.ROLE: {"role"},
    SelectType.MENTIONABLE: {"user", "role"},
    SelectType.CHANNEL: {"channel"},
}


def read_select(form: Form, kind: SelectType, *, in_modal: bool = False) -> dict[str, Any]:
    """A validated select; its bounds are always written out, as Discord does."""
    select: dict[str, Any] = {
        "type": int(kind),
        "custom_id": form.text("custom_id", low=1, high=100, needed=True),
    }
    placeholder = form.text("placeholder", high=150)
    if placeholder is not None:
        select["placeholder"] = placeholder
    low = form.integer("min_values", low=0, high=_MAX_OPTIONS)
    high = form.integer("max_values", low=1, high=_MAX_OPTIONS)
    select["min_values"] = 1 if low is None else low
    select["max_values"] = 1 if high is None else high
    if select["min_values"] > select["max_values"]:
        form.problems.at("min_values").add(
            "SANDBOX_MIN_VALUES_ABOVE_MAX_VALUES", "`min_values` cannot be greater than `max_values`."
        )
    if in_modal:
        needed = form.flag("required")
        select["required"] = True if needed is None else needed
        if select["required"] and select["min_values"] == 0:
            form.problems.at("min_values").add(
                "COMPONENT_REQUIRED_ZERO_MIN_VALUES", "Components marked as required cannot have a min_values of 0"
            )
    else:
        disabled = form.flag("disabled")
        if disabled is not None:
            select["disabled"] = disabled
    if kind is SelectType.STRING:
        _read_options(form, select)
    else:
        _read_automatic(form, kind, select)
    return select


def _read_options(form: Form, select: dict[str, Any]) -> None:
    forms = form.forms("options", low=1, high=_MAX_OPTIONS, needed=True)
    if forms is None:
        return
    if select["max_values"] > len(forms):
        form.problems.at("options").add("BASE_TYPE_MIN_LENGTH", f"Must be {select['max_values']} or more in length.")
    seen: set[str] = set()
    select["options"] = []
    for option in forms:
        read = _read_option(option)
        if read["value"] is not None and read["value"] in seen:
            option.problems.at("value").add(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        seen.add(read["value"])
        select["options"].append(read)
    _check_defaults(form, "options", sum("default" in option for option in select["options"]), select)


def _check_defaults(form: Form, key: str, count: int, select: dict[str, Any]) -> None:
    if count > select["max_values"]:
        form.problems.at(key).add(
            "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
            "The specified number of default values exceeds the specified maximum values",
        )


def _read_option(form: Form) -> dict[str, Any]:
    option: dict[str, Any] = {
        "label": form.text("label", low=1, high=100, needed=True),
        "value": form.text("value", low=1, high=100, needed=True),
    }
    description = form.text("description", high=100)
    if description:
        option["description"] = description
    emoji = read_emoji(form)
    if emoji is not None:
        option["emoji"] = emoji
    if form.flag("default"):
        option["default"] = True
    return option


def _read_automatic(form: Form, kind: SelectType, select: dict[str, Any]) -> None:
    defaults = form.forms("default_values", high=_MAX_OPTIONS)
    if defaults:
        select["default_values"] = []
        for default in defaults:
            value_id = default.snowflake("id", needed=True)
            what = default.text("type", high=16, needed=True)
            if what is not None and what not in _DEFAULT_KINDS[kind]:
                allowed = ", ".join(f"'{name}'" for name in sorted(_DEFAULT_KINDS[kind]))
                default.problems.at("type").add("BASE_TYPE_CHOICES", f"Value must be one of {{{allowed}}}.")
            select["default_values"].append({"id": str(value_id), "type": what})
        _check_defaults(form, "default_values", len(defaults), select)
    if kind is SelectType.CHANNEL:
        types = form.numbers("channel_types", CHANNEL_TYPES)
        if types is not None:
            select["channel_types"] = types
