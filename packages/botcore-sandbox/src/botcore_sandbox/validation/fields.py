"""What a modal can ask for beside text and selects: files, one of a few, some of a few, yes or no.

Source: developer documentation, "Component Reference": File Upload, Radio Group, Checkbox Group and Checkbox.
"""

from enum import IntEnum
from typing import Any

from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.selects import check_defaults, read_bounds, read_options, read_required

_MOST = 10


class FieldType(IntEnum):
    """The kinds of these fields."""

    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


FIELD_TYPES = frozenset(int(kind) for kind in FieldType)


def read_field(form: Form, kind: FieldType) -> dict[str, Any]:
    """A validated field; its bounds are always written out, as Discord does."""
    field: dict[str, Any] = {
        "type": int(kind),
        "custom_id": form.text("custom_id", low=1, high=100, needed=True),
    }
    match kind:
        case FieldType.FILE_UPLOAD:
            read_bounds(form, field, most=_MOST)
            read_required(form, field)
        case FieldType.RADIO_GROUP:
            read_required(form, field)
            read_options(form, field, low=2, high=_MOST, with_emoji=False)
            check_defaults(form, field, most=1)
        case FieldType.CHECKBOX_GROUP:
            read_options(form, field, low=1, high=_MOST, with_emoji=False)
            read_bounds(form, field, most=_MOST, usual=len(field["options"]) or 1)
            read_required(form, field)
            check_defaults(form, field, most=field["max_values"])
        case FieldType.CHECKBOX:
            field["default"] = bool(form.flag("default"))
    return field
