"""Finding the button, select or field that a person means."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botcore_sandbox.driver.errors import NotOffered
from botcore_sandbox.driver.resolving import Resolved, kind_of
from botcore_sandbox.driver.views import MessageView, ModalField, ModalView
from botcore_sandbox.validation.buttons import BUTTON
from botcore_sandbox.validation.components import TEXT_INPUT, walk
from botcore_sandbox.validation.fields import FIELD_TYPES, FieldType
from botcore_sandbox.validation.modals import LABEL
from botcore_sandbox.validation.selects import SELECT_TYPES, SelectType

_MAX_INPUT = 4_000

_THINGS: dict[int, tuple[str, ...]] = {
    FieldType.FILE_UPLOAD: ("file",),
    SelectType.USER: ("user",),
    SelectType.ROLE: ("role",),
    SelectType.MENTIONABLE: ("user", "role"),
    SelectType.CHANNEL: ("channel",),
}


def find_button(messages: Sequence[MessageView], wanted: str) -> tuple[MessageView, dict[str, Any]]:
    """The button of a label or custom id; a part of the label will do when it fits one button only.

    Raises:
        NotOffered: There is no such button, several fit, or it cannot be clicked.
    """
    buttons = [(m, c) for m in messages for c in walk(m.components) if c["type"] == BUTTON]
    found = _pick(buttons, wanted, lambda entry: (entry[1].get("custom_id"), _button_label(entry[1])), "button")
    button = found[1]
    if "custom_id" not in button:
        raise NotOffered(f"The button {wanted!r} opens a page and makes no interaction.")
    _require_enabled(button, wanted)
    return found


def find_select(messages: Sequence[MessageView], wanted: str | None) -> tuple[MessageView, dict[str, Any]]:
    """The select of a custom id or placeholder, or without one the only select there is.

    Raises:
        NotOffered: There is no such select, several fit, or it is disabled.
    """
    selects = [(m, c) for m in messages for c in walk(m.components) if c["type"] in SELECT_TYPES]
    if wanted is None and len(selects) == 1:
        found = selects[0]
    else:
        found = _pick(
            selects,
            wanted or "",
            lambda entry: (entry[1]["custom_id"], entry[1].get("placeholder", "")),
            "select",
        )
    _require_enabled(found[1], found[1]["custom_id"])
    return found


def chosen_values(select: dict[str, Any], wanted: Sequence[Any], resolved: Resolved) -> list[str]:
    """The values that the client sends for a choice by value, by label or by driver object.

    Raises:
        NotOffered: Too few, too many, or something that is not on the list.
    """
    low, high = select.get("min_values", 1), select.get("max_values", 1)
    if not low <= len(wanted) <= high:
        raise NotOffered(f"This select takes {low} to {high} values, not {len(wanted)}.")
    if "options" in select:
        return [
            _pick(select["options"], choice, lambda option: (option["value"], option["label"]), "choice")["value"]
            for choice in wanted
        ]
    things = _THINGS[select["type"]]
    for value in wanted:
        if kind_of(value) not in things:
            raise NotOffered(f"This select takes a {' or '.join(things)}, not {value!r}.")
    return [resolved.add(value) for value in wanted]


def fill_modal(modal: ModalView, values: Mapping[str, Any], resolved: Resolved) -> list[dict[str, Any]]:
    """The components that the client sends for a filled form; fields go by custom id or by label.

    Raises:
        NotOffered: A field does not exist, is missing, or does not take that value.
    """
    fields = modal.fields
    answers: dict[str, Any] = {}
    for name, value in values.items():
        field = _pick(fields, name, lambda field: (field.custom_id, field.label), "field")
        answers[field.custom_id] = value
    sent = {field.custom_id: _field_value(field, answers.get(field.custom_id), resolved) for field in fields}
    return [_block(block, sent) for block in modal.payload["components"]]


def _field_value(field: ModalField, value: Any, resolved: Resolved) -> dict[str, Any]:
    component = field.component
    described = {key: component[key] for key in ("type", "id", "custom_id")}
    if component["type"] == FieldType.CHECKBOX:
        return described | {"value": component["default"] if value is None else bool(value)}
    if component["type"] in SELECT_TYPES | FIELD_TYPES:
        wanted = _wanted(component, value)
        if not wanted and field.required:
            raise NotOffered(f"The field {field.label!r} has to be filled in.")
        chosen = chosen_values(component, wanted, resolved) if wanted else []
        if component["type"] == FieldType.RADIO_GROUP:
            return described | {"value": chosen[0] if chosen else None}
        return described | {"values": chosen}
    text = field.value if value is None else value
    if not isinstance(text, str):
        raise NotOffered(f"The field {field.label!r} takes text, not {text!r}.")
    low, high = component.get("min_length", 0), component.get("max_length", _MAX_INPUT)
    if not text and field.required:
        raise NotOffered(f"The field {field.label!r} has to be filled in.")
    if text and not low <= len(text) <= high:
        raise NotOffered(f"The field {field.label!r} takes {low} to {high} characters, not {len(text)}.")
    return described | {"value": text}


def _wanted(component: dict[str, Any], value: Any) -> list[Any]:
    """What is chosen: what a test says, else what the bot has chosen beforehand."""
    if value is None:
        return [option["value"] for option in component.get("options", ()) if option.get("default")]
    return list(value) if isinstance(value, list | tuple) else [value]


def _block(block: dict[str, Any], sent: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    described = {"type": block["type"], "id": block["id"]}
    if block["type"] == LABEL:
        return described | {"component": sent[block["component"]["custom_id"]]}
    if "components" in block:
        inputs = [item for item in block["components"] if item["type"] == TEXT_INPUT]
        return described | {"components": [sent[item["custom_id"]] for item in inputs]}
    return described


def _pick[Thing](
    things: Sequence[Thing], wanted: str, names: Callable[[Thing], tuple[str | None, str]], what: str
) -> Thing:
    """The one that is meant: by its id, its whole label, its label in any case, or a part of its label."""
    folded = str(wanted).casefold()
    tests: tuple[Callable[[str | None, str], bool], ...] = (
        lambda known_id, label: wanted in {known_id, label},
        lambda _, label: label.casefold() == folded,
        lambda _, label: bool(folded) and folded in label.casefold(),
    )
    for test in tests:
        fitting = [thing for thing in things if test(*names(thing))]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            listed = ", ".join(repr(names(thing)[0]) for thing in fitting)
            raise NotOffered(f"{wanted!r} fits more than one {what}; use one of the ids {listed}.")
    listed = ", ".join(repr(label or known_id) for known_id, label in map(names, things)) or "none"
    raise NotOffered(f"There is no {what} {wanted!r}; there is: {listed}.")


def _button_label(button: dict[str, Any]) -> str:
    emoji = button.get("emoji", {}).get("name") or ""
    return f"{emoji} {button.get('label', '')}".strip() if not button.get("label") else str(button["label"])


def _require_enabled(component: dict[str, Any], wanted: str) -> None:
    if component.get("disabled"):
        raise NotOffered(f"{wanted!r} is disabled; the client does not let anybody use it.")
