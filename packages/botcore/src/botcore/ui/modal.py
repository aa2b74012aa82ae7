"""A modal: the form that Discord opens over the conversation.

Here: what a form looks like. What happens with what was typed is `botcore.commands`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from botcore.ui import limits
from botcore.ui.components import ComponentPayload, ComponentType
from botcore.ui.limits import require_count, require_length, require_unique


class TextInputStyle(IntEnum):
    """One line, or several."""

    SHORT = 1
    PARAGRAPH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInput:
    """One line or paragraph of a modal.

    Attributes:
        custom_id: The name under which the text comes back, 1 to 100 characters.
        label: What stands above it, 1 to 45 characters.
        style: One line or several.
        required: Whether the form can be sent without it.
        min_length: The fewest characters, 0 to 4,000.
        max_length: The most characters, 1 to 4,000.
        value: What it holds when the form opens, at most 4,000 characters.
        placeholder: Shown while it is empty, at most 100 characters.

    Raises:
        LayoutError: it breaks one of these limits.
    """

    custom_id: str
    label: str
    style: TextInputStyle = TextInputStyle.SHORT
    required: bool = True
    min_length: int | None = None
    max_length: int | None = None
    value: str | None = None
    placeholder: str | None = None

    def __post_init__(self) -> None:
        what = f"the text input {self.label!r}"
        require_length(f"The custom_id of {what}", self.custom_id, limits.CUSTOM_ID)
        require_length(f"The label of {what}", self.label, limits.INPUT_LABEL)
        longest = limits.INPUT_LENGTH if self.max_length is None else self.max_length
        require_count(f"max_length of {what}", longest, limits.INPUT_LENGTH, lowest=1)
        require_count(f"min_length of {what}", self.min_length or 0, longest)
        if self.value is not None:
            require_length(f"The value of {what}", self.value, longest, lowest=0)
        if self.placeholder is not None:
            require_length(f"The placeholder of {what}", self.placeholder, limits.INPUT_PLACEHOLDER, lowest=0)

    def to_payload(self) -> ComponentPayload:
        """The input inside its own row, the form that every client library reads."""
        entries: dict[str, Any] = {
            "type": int(ComponentType.TEXT_INPUT),
            "custom_id": self.custom_id,
            "label": self.label,
            "style": int(self.style),
            "required": self.required,
            "min_length": self.min_length,
            "max_length": self.max_length,
            "value": self.value or None,
            "placeholder": self.placeholder or None,
        }
        entries = {key: value for key, value in entries.items() if value is not None}
        return {"type": int(ComponentType.ACTION_ROW), "components": [entries]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal:
    """A form.

    Attributes:
        custom_id: What comes back when it is sent, 1 to 100 characters.
        title: 1 to 45 characters.
        inputs: 1 to 5 text inputs with different custom_ids.

    Raises:
        LayoutError: it breaks one of these limits.
    """

    custom_id: str
    title: str
    inputs: Sequence[TextInput]

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", tuple(self.inputs))
        what = f"the modal {self.title!r}"
        require_length(f"The custom_id of {what}", self.custom_id, limits.CUSTOM_ID)
        require_length(f"The title of {what}", self.title, limits.MODAL_TITLE)
        require_count(f"Inputs of {what}", len(self.inputs), limits.MODAL_INPUTS, lowest=1)
        require_unique(f"In {what} the custom_id", (entry.custom_id for entry in self.inputs))

    def to_payload(self) -> ComponentPayload:
        """The modal as the `data` of an interaction response of type 9."""
        return {
            "custom_id": self.custom_id,
            "title": self.title,
            "components": [entry.to_payload() for entry in self.inputs],
        }
