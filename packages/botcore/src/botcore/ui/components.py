"""Buttons, selects and modals as plain values, checked against Discord's limits where they are written.

Here: what a component looks like. What happens when someone uses it is `botcore.commands`.
A text that is too long raises: labels come from an author, and an author shortens what users typed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from botcore.ui import limits
from botcore.ui.limits import LayoutError, require_count, require_length, require_unique, require_url

type ComponentPayload = dict[str, Any]
"""A component as Discord's REST API takes it."""

_CUSTOM_EMOJI = re.compile(r"<(?P<animated>a?):(?P<name>\w{2,32}):(?P<id>\d{1,20})>")


class ComponentType(IntEnum):
    """Discord's numbers (https://discord.com/developers/docs/components/reference#component-object)."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4


class ButtonStyle(IntEnum):
    """How a button looks; `LINK` comes by itself with a `url`."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5


class AsComponent(Protocol):
    """Anything that can stand on a message as a button or a select."""

    def to_component(self) -> "Button | Select":
        """The button or select to show."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that answers (`custom_id`) or that opens an address (`url`).

    Attributes:
        custom_id: What comes back when it is pressed, 1 to 100 characters.
        url: The address that it opens instead, at most 512 characters.
        label: At most 80 characters; it may be empty when there is an emoji.
        style: How it looks.
        emoji: One emoji character, or a custom one as `<:name:id>`.
        disabled: Whether it is grey and cannot be pressed.

    Raises:
        LayoutError: it breaks one of these limits.
    """

    custom_id: str | None = None
    url: str | None = None
    label: str = ""
    style: ButtonStyle = ButtonStyle.SECONDARY
    emoji: str | None = None
    disabled: bool = False

    def __post_init__(self) -> None:
        what = f"The button {self.label or self.emoji or self.custom_id!r}"
        if (self.custom_id is None) == (self.url is None):
            raise LayoutError(f"{what} needs either a custom_id (it answers) or a url (it opens a page).")
        if self.custom_id is not None:
            require_length(f"The custom_id of {what}", self.custom_id, limits.CUSTOM_ID)
            if self.style is ButtonStyle.LINK:
                raise LayoutError(f"{what} has the style LINK, which needs a url in place of a custom_id.")
        if self.url is not None:
            require_url(f"The url of {what}", self.url, limits.BUTTON_URL)
        require_length(f"The label of {what}", self.label, limits.BUTTON_LABEL, lowest=0 if self.emoji else 1)

    def to_component(self) -> "Button":
        """The button itself."""
        return self

    def to_payload(self) -> ComponentPayload:
        """The button as Discord's REST API takes it."""
        return _without_none(
            type=int(ComponentType.BUTTON),
            style=int(ButtonStyle.LINK if self.url is not None else self.style),
            custom_id=self.custom_id,
            url=self.url,
            label=self.label or None,
            emoji=emoji_payload(self.emoji),
            disabled=self.disabled or None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectOption:
    """One line of a select.

    Attributes:
        label: What the member reads, 1 to 100 characters.
        value: What comes back, 1 to 100 characters, unlike any other of the same select.
        description: A second line, at most 100 characters.
        emoji: As for a `Button`.
        default: Whether it is chosen from the start.

    Raises:
        LayoutError: it breaks one of these limits.
    """

    label: str
    value: str
    description: str | None = None
    emoji: str | None = None
    default: bool = False

    def __post_init__(self) -> None:
        require_length(f"The label of the option {self.value!r}", self.label, limits.SELECT_TEXT)
        require_length(f"The value of the option {self.label!r}", self.value, limits.SELECT_TEXT)
        if self.description is not None:
            what = f"The description of the option {self.label!r}"
            require_length(what, self.description, limits.SELECT_TEXT, lowest=0)

    def to_payload(self) -> ComponentPayload:
        """The option as Discord's REST API takes it."""
        return _without_none(
            label=self.label,
            value=self.value,
            description=self.description or None,
            emoji=emoji_payload(self.emoji),
            default=self.default or None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """A list to choose from.

    Attributes:
        custom_id: What comes back when members choose, 1 to 100 characters.
        options: 1 to 25 options with different values.
        placeholder: Shown while nothing is chosen, at most 150 characters.
        min_values: The fewest options to choose, 0 to 25.
        max_values: The most options to choose, 1 to the number of options.
        disabled: Whether it is grey and cannot be used.

    Raises:
        LayoutError: it breaks one of these limits.
    """

    custom_id: str
    options: Sequence[SelectOption]
    placeholder: str | None = None
    min_values: int = 1
    max_values: int = 1
    disabled: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(self.options))
        what = f"the select {self.custom_id!r}"
        require_length(f"The custom_id of {what}", self.custom_id, limits.CUSTOM_ID)
        require_count(f"Options of {what}", len(self.options), limits.SELECT_OPTIONS, lowest=1)
        require_unique(f"In {what} the value", (option.value for option in self.options))
        if self.placeholder is not None:
            require_length(f"The placeholder of {what}", self.placeholder, limits.SELECT_PLACEHOLDER, lowest=0)
        require_count(f"max_values of {what}", self.max_values, len(self.options), lowest=1)
        require_count(f"min_values of {what}", self.min_values, self.max_values)
        chosen = sum(option.default for option in self.options)
        require_count(f"Options of {what} that are chosen from the start", chosen, self.max_values)

    def to_component(self) -> "Select":
        """The select itself."""
        return self

    def to_payload(self) -> ComponentPayload:
        """The select as Discord's REST API takes it."""
        return _without_none(
            type=int(ComponentType.STRING_SELECT),
            custom_id=self.custom_id,
            options=[option.to_payload() for option in self.options],
            placeholder=self.placeholder or None,
            min_values=self.min_values,
            max_values=self.max_values,
            disabled=self.disabled or None,
        )


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One row of a message: 1 to 5 buttons, or one select.

    Raises:
        LayoutError: anything else.
    """

    items: Sequence[Button | Select]

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(self.items))
        require_count("Components in one row", len(self.items), limits.ROW_BUTTONS, lowest=1)
        if len(self.items) > 1 and any(isinstance(item, Select) for item in self.items):
            raise LayoutError("A select takes a whole row; rows(...) lays out selects and buttons.")

    def to_payload(self) -> ComponentPayload:
        """The row as Discord's REST API takes it."""
        return {
            "type": int(ComponentType.ACTION_ROW),
            "components": [item.to_payload() for item in self.items],
        }


def rows(items: Iterable[ActionRow | AsComponent]) -> list[ActionRow]:
    """Lay out a message's components in reading order: buttons five to a row, a select on its own.

    A row that is already an `ActionRow` stays as it is.

    Raises:
        LayoutError: more than 5 rows, or a custom_id that appears twice.
    """
    laid_out: list[ActionRow] = []
    waiting: list[Button | Select] = []

    def close_row() -> None:
        if waiting:
            laid_out.append(ActionRow(tuple(waiting)))
            waiting.clear()

    for item in items:
        if isinstance(item, ActionRow):
            close_row()
            laid_out.append(item)
            continue
        component = item.to_component()
        if isinstance(component, Select):
            close_row()
            laid_out.append(ActionRow((component,)))
            continue
        waiting.append(component)
        if len(waiting) == limits.ROW_BUTTONS:
            close_row()
    close_row()
    require_count("Rows of components in one message", len(laid_out), limits.MESSAGE_ROWS)
    custom_ids = (item.custom_id for row in laid_out for item in row.items)
    require_unique("In one message the custom_id", (name for name in custom_ids if name is not None))
    return laid_out


def emoji_payload(emoji: str | None) -> ComponentPayload | None:
    """An emoji as components hold it: a character by its name, a custom one (`<a:name:id>`) by its id."""
    if not emoji:
        return None
    custom = _CUSTOM_EMOJI.fullmatch(emoji)
    if custom is None:
        return {"name": emoji}
    return {"id": custom["id"], "name": custom["name"], "animated": bool(custom["animated"])}


def _without_none(**payload: Any) -> ComponentPayload:
    return {key: value for key, value in payload.items() if value is not None}
