from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, NewType
from uuid import UUID

import pytest

from botcore.events.event import InvalidEvent, require_event

PollId = NewType("PollId", int)
type Names = tuple[str, ...]


class Colour(Enum):
    """An enumeration."""

    RED = "red"


@dataclass(frozen=True)
class Choice:
    """A part of an event; it can hold others like itself."""

    label: str
    parts: tuple["Choice", ...] = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """One field of each kind that can leave the process."""

    text: str
    number: int | float | None
    truth: bool
    moment: datetime
    day: date
    pause: timedelta
    price: Decimal
    id: UUID
    poll: PollId
    colour: Colour
    kind: Literal["a", "b"]
    names: Names
    noted: Annotated[int, "a note"]
    ids: frozenset[int]
    pair: tuple[int, str]
    choice: Choice


def test_an_event_holds_plain_values() -> None:
    """And frozen dataclasses of plain values."""
    require_event(Everything)


@dataclass
class Changeable:
    """Not frozen."""

    text: str


@dataclass(frozen=True)
class HoldsList:
    """Its list could be changed by a subscriber."""

    names: list[str]


@dataclass(frozen=True)
class HoldsAny:
    """Could hold anything."""

    value: Any


@dataclass(frozen=True)
class HoldsDeep:
    """The object is deep inside."""

    values: tuple[int | tuple[object, ...], ...]


@dataclass(frozen=True)
class HoldsChangeable:
    """A part of it is not frozen."""

    part: Changeable


@pytest.mark.parametrize(
    ("event_type", "sentence"),
    [
        (str, r"str cannot be an event; write it as a dataclass with frozen=True"),
        (Changeable, r"Changeable can be changed by its subscribers; write @dataclass\(frozen=True\)"),
        (HoldsList, r"HoldsList\.names holds list\[str\], which cannot leave the process; use plain values"),
        (HoldsAny, r"HoldsAny\.value holds .*Any"),
        (HoldsDeep, r"HoldsDeep\.values holds object"),
        (HoldsChangeable, r"HoldsChangeable\.part can be changed by its subscribers"),
    ],
)
def test_what_cannot_be_an_event_is_named(event_type: type, sentence: str) -> None:
    """With the field, and what to write instead."""
    with pytest.raises(InvalidEvent, match=sentence):
        require_event(event_type)
