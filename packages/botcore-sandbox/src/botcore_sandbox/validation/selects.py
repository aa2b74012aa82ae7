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
    read_bounds(form, select, most=_MAX_OPTIONS)
    if in_modal:
        read_required(form, select)
    else:
        disabled = form.flag("disabled")
        if disabled is not None:
            select["disabled"] = disabled
    if kind is SelectType.STRING:
        read_options(form, select, low=1, high=_MAX_OPTIONS)
        check_defaults(form, select, most=select["max_values"])
        if 0 < len(select["options"]) < select["max_values"]:
            too_few = f"Must be {select['max_values']} or more in length."
            form.problems.at("options").add("BASE_TYPE_MIN_LENGTH", too_few)
    else:
        _read_automatic(form, kind, select)
    return select


def read_bounds(form: Form, component: dict[str, Any], *, most: int, usual: int = 1) -> None:
    """How many may be chosen; `usual` is the maximum when none is given."""
    low = form.integer("min_values", low=0, high=most)
    high = form.integer("max_values", low=1, high=most)
    component["min_values"] = 1 if low is None else low
    component["max_values"] = usual if high is None else high
    if component["min_values"] > component["max_values"]:
        form.problems.at("min_values").add(
            "SANDBOX_MIN_VALUES_ABOVE_MAX_VALUES", "`min_values` cannot be greater than `max_values`."
        )


def read_required(form: Form, component: dict[str, Any]) -> None:
    """Whether a field of a modal has to be filled in, which is the default."""
    component["required"] = form.flag("required") is not False
    if component["required"] and component.get("min_values") == 0:
        form.problems.at("min_values").add(
            "COMPONENT_REQUIRED_ZERO_MIN_VALUES", "Components marked as required cannot have a min_values of 0"
        )


def read_options(form: Form, component: dict[str, Any], *, low: int, high: int, with_emoji: bool = True) -> None:
    """What there is to choose from; no value twice."""
    component["options"] = []
    seen: set[str] = set()
    for option in form.forms("options", low=low, high=high, needed=True) or ():
        read = _read_option(option, with_emoji=with_emoji)
        if read["value"] is not None and read["value"] in seen:
            option.problems.at("value").add(
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        seen.add(read["value"])
        component["options"].append(read)


def check_defaults(form: Form, component: dict[str, Any], *, most: int) -> None:
    """No more may be chosen beforehand than may be chosen."""
    for key, count in (
        ("options", sum("default" in option for option in component.get("options", ()))),
        ("default_values", len(component.get("default_values", ()))),
    ):
        if count > most:
            form.problems.at(key).add(
                "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
                "The specified number of default values exceeds the specified maximum values",
            )


def _read_option(form: Form, *, with_emoji: bool) -> dict[str, Any]:
    option: dict[str, Any] = {
        "label": form.text("label", low=1, high=100, needed=True),
        "value": form.text("value", low=1, high=100, needed=True),
    }
    description = form.text("description", high=100)
    if description:
        option["description"] = description
    emoji = read_emoji(form) if with_emoji else None
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
        check_defaults(form, select, most=select["max_values"])
    if kind is SelectType.CHANNEL:
        types = form.numbers("channel_types", CHANNEL_TYPES)
        if types is not None:
            select["channel_types"] = types
