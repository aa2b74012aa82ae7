"""What an event may be: a frozen dataclass of plain values, so that it can leave the process one day."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal, NewType, TypeAliasType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from botcore.errors import BotCoreError

_PLAIN: Final = frozenset({str, int, float, bool, types.NoneType, datetime, date, timedelta, Decimal, UUID})
_HOLDERS: Final = frozenset({tuple, frozenset, Union, types.UnionType})


class InvalidEvent(BotCoreError, TypeError):
    """Something that cannot be an event was published or subscribed to."""


def require_event(event_type: type) -> None:
    """Refuse a type that cannot be an event.

    An event is a frozen dataclass. Its fields hold texts, numbers, truth values, None, moments, dates,
    durations, decimals, UUIDs, enum members, tuples and frozensets of these, or dataclasses like itself.

    Raises:
        InvalidEvent: names the type or the field, and says what to write.
    """
    if not is_dataclass(event_type):
        raise InvalidEvent(
            f"{_name(event_type)} cannot be an event; write it as a dataclass with frozen=True, so that "
            "every subscriber sees the same."
        )
    _require_frozen(event_type, event_type.__name__)
    _require_fields(event_type, event_type.__name__, {event_type})


def _require_frozen(cls: Any, name: str) -> None:
    if not cls.__dataclass_params__.frozen:
        raise InvalidEvent(f"{name} can be changed by its subscribers; write @dataclass(frozen=True).")


def _require_fields(cls: Any, name: str, seen: set[type]) -> None:
    hints = get_type_hints(cls)
    for field in fields(cls):
        _require_plain(hints[field.name], f"{name}.{field.name}", seen)


def _require_plain(hint: Any, name: str, seen: set[type]) -> None:
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    if hint in _PLAIN or get_origin(hint) is Literal or (isinstance(hint, type) and issubclass(hint, Enum)):
        return
    if get_origin(hint) in _HOLDERS:
        for part in get_args(hint):
            if part is not Ellipsis:
                _require_plain(part, name, seen)
        return
    if isinstance(hint, type) and is_dataclass(hint):
        if hint not in seen:
            seen.add(hint)
            _require_frozen(hint, name)
            _require_fields(hint, name, seen)
        return
    raise InvalidEvent(
        f"{name} holds {_name(hint)}, which cannot leave the process; use plain values: texts, numbers, ids, "
        "moments, enum members, tuples and frozensets of them, or frozen dataclasses."
    )


def _name(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) and get_origin(hint) is None else repr(hint)
