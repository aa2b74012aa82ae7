"""Modals.

Source: developer documentation, "Modal" callback data, Label and Text Input.
"""

from typing import Any

from botcore_sandbox.validation.components import (
    ACTION_ROW,
    MAX_ROW_WIDTH,
    TEXT_DISPLAY,
    TEXT_INPUT,
    check_unique_ids,
    number_components,
    read_text_display,
    too_wide,
)
from botcore_sandbox.validation.fields import FIELD_TYPES, FieldType, read_field
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import bad_length
from botcore_sandbox.validation.selects import SELECT_TYPES, SelectType, read_select

LABEL = 18
_IN_LABEL = tuple(sorted({TEXT_INPUT} | SELECT_TYPES | FIELD_TYPES))
MAX_MODAL_COMPONENTS = 5
_MAX_LABEL = 45
_MAX_INPUT = 4_000
_STYLES = (1, 2)


def read_modal(form: Form) -> dict[str, Any]:
    """The validated data of callback type 9."""
    modal: dict[str, Any] = {
        "custom_id": form.text("custom_id", low=1, high=100, needed=True),
        "title": form.text("title", low=1, high=45, needed=True),
        "components": [],
    }
    forms = form.forms("components", low=1, high=MAX_MODAL_COMPONENTS, needed=True)
    for block in forms or ():
        kind = block.kind((ACTION_ROW, TEXT_DISPLAY, LABEL))
        if kind == ACTION_ROW:
            modal["components"].append(_read_row(block))
        elif kind == LABEL:
            modal["components"].append(_read_label(block))
        elif kind == TEXT_DISPLAY:
            modal["components"].append(read_text_display(block))
    check_unique_ids(form, modal["components"])
    number_components(modal["components"])
    return modal


def _read_row(form: Form) -> dict[str, Any]:
    items = form.forms("components", low=1, high=MAX_ROW_WIDTH, needed=True)
    row: dict[str, Any] = {"type": ACTION_ROW, "components": []}
    for index, item in enumerate(items or ()):
        if item.kind((TEXT_INPUT,)) is not None:
            row["components"].append(_read_input(item, labelled=True))
        if index:  # a text input is as wide as the row
            too_wide(item.problems)
    return row


def _read_label(form: Form) -> dict[str, Any]:
    label: dict[str, Any] = {"type": LABEL, "label": form.text("label", low=1, high=_MAX_LABEL, needed=True)}
    description = form.text("description", high=100)
    if description:
        label["description"] = description
    inner = form.form("component", needed=True)
    if inner is None:
        return label
    kind = inner.kind(_IN_LABEL)
    if kind == TEXT_INPUT:
        label["component"] = _read_input(inner, labelled=False)
    elif kind in FIELD_TYPES:
        label["component"] = read_field(inner, FieldType(kind))
    elif kind is not None:
        label["component"] = read_select(inner, SelectType(kind), in_modal=True)
    return label


def _read_input(form: Form, *, labelled: bool) -> dict[str, Any]:
    """A text input; inside a Label it has no label of its own."""
    field: dict[str, Any] = {
        "type": TEXT_INPUT,
        "custom_id": form.text("custom_id", low=1, high=100, needed=True),
        "style": form.choice("style", _STYLES, needed=True),
    }
    if labelled:
        field["label"] = form.text("label", low=1, high=_MAX_LABEL, needed=True)
    for key, high in (("value", _MAX_INPUT), ("placeholder", 100)):
        text = form.text(key, high=high)
        if text is not None:
            field[key] = text
    low = form.integer("min_length", low=0, high=_MAX_INPUT)
    high_bound = form.integer("max_length", low=1, high=_MAX_INPUT)
    if low is not None:
        field["min_length"] = low
    if high_bound is not None:
        field["max_length"] = high_bound
    _check_value(form, field)
    needed = form.flag("required")
    field["required"] = True if needed is None else needed
    return field


def _check_value(form: Form, field: dict[str, Any]) -> None:
    """What a text input starts with has to be something that could be sent."""
    value = field.get("value")
    low, high = field.get("min_length", 0), field.get("max_length", _MAX_INPUT)
    if value and not low <= len(value) <= high:
        bad_length(form.problems.at("value"), low, high)
