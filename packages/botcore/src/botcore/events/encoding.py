"""How the values of an event become JSON and come back, each by the annotation of its field.

One codec for each kind of value. `codec_of` finds the one of an annotation, and refuses what no codec can take.
"""

import types
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, NewType, Protocol, TypeAliasType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import orjson

from botcore.errors import BotCoreError


class InvalidEvent(BotCoreError, TypeError):
    """Something that cannot be an event was published, subscribed to, or read."""


class Codec(Protocol):
    """Turns one kind of value into JSON and back."""

    def encode(self, value: Any, where: str) -> Any:
        """The value as JSON.

        Raises:
            InvalidEvent: it is of another kind; names `where`.
        """
        ...

    def decode(self, value: Any, where: str) -> Any:
        """The value that was encoded.

        Raises:
            InvalidEvent: nothing is encoded like this; names `where`.
        """
        ...


class _Plain:
    """Values of one class, by two functions."""

    def __init__(
        self,
        cls: type,
        encode: Callable[[Any], Any] = lambda value: value,
        decode: Callable[[Any], Any] = lambda value: value,
    ) -> None:
        self._cls, self._encode, self._decode = cls, encode, decode

    def encode(self, value: Any, where: str) -> Any:
        """The value, if it is exactly of the class: a subclass would come back as something else."""
        if type(value) is not self._cls:
            raise wrong(where, value, self._cls.__name__)
        try:
            return self._encode(value)
        except (ValueError, OverflowError) as error:
            raise InvalidEvent(f"{where}: {error}") from None

    def decode(self, value: Any, where: str) -> Any:
        """The value."""
        try:
            decoded = self._decode(value)
        except (ValueError, TypeError, ArithmeticError, KeyError):
            decoded = None
        if type(decoded) is not self._cls:
            raise wrong(where, value, self._cls.__name__)
        return decoded


class _Float(_Plain):
    """Floats; whole numbers are taken too, as everywhere in Python."""

    def __init__(self) -> None:
        super().__init__(float, decode=float)

    def encode(self, value: Any, where: str) -> Any:
        """The value as a float; JSON has no infinity."""
        number = super().encode(float(value) if type(value) is int else value, where)
        if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - only nan differs from itself
            raise wrong(where, value, "a finite float")
        return number


class _Literal:
    """One of a few values."""

    def __init__(self, allowed: Sequence[Any]) -> None:
        self._allowed = allowed

    def encode(self, value: Any, where: str) -> Any:
        """The value, if it is one of them."""
        if not any(type(value) is type(one) and value == one for one in self._allowed):
            raise wrong(where, value, " or ".join(map(repr, self._allowed)))
        return value

    decode = encode


class _Many:
    """Tuples of any length, and sets, whose parts are all of one kind."""

    def __init__(self, holder: type[tuple[Any, ...]] | type[frozenset[Any]], part: Codec) -> None:
        self._holder, self._part = holder, part

    def encode(self, value: Any, where: str) -> Any:
        """A list; of a set in an order that does not depend on chance."""
        if type(value) is not self._holder:
            raise wrong(where, value, self._holder.__name__)
        parts = [self._part.encode(part, where) for part in value]
        return sorted(parts, key=orjson.dumps) if self._holder is frozenset else parts

    def decode(self, value: Any, where: str) -> Any:
        """The tuple or the set."""
        return self._holder(self._part.decode(part, where) for part in _a_list(value, where))


class _Each:
    """Tuples of a fixed length, each part of its own kind."""

    def __init__(self, parts: Sequence[Codec]) -> None:
        self._parts = parts

    def encode(self, value: Any, where: str) -> Any:
        """A list."""
        if type(value) is not tuple or len(value) != len(self._parts):
            raise wrong(where, value, f"a tuple of {len(self._parts)}")
        return [codec.encode(part, where) for codec, part in zip(self._parts, value, strict=True)]

    def decode(self, value: Any, where: str) -> Any:
        """The tuple."""
        given = _a_list(value, where)
        if len(given) != len(self._parts):
            raise wrong(where, value, f"a list of {len(self._parts)}")
        return tuple(codec.decode(part, where) for codec, part in zip(self._parts, given, strict=True))


class _OneOf:
    """A union: None as it is, and anything else beside the name of its kind, unless there is only one."""

    def __init__(self, members: dict[str, Codec], *, optional: bool) -> None:
        self._members, self._optional = members, optional

    def encode(self, value: Any, where: str) -> Any:
        """The value, or ``{"kind": value}``."""
        if value is None and self._optional:
            return None
        if len(self._members) == 1:
            return next(iter(self._members.values())).encode(value, where)
        for name, codec in self._members.items():
            try:
                return {name: codec.encode(value, where)}
            except InvalidEvent:
                continue
        raise wrong(where, value, " or ".join(self._members))

    def decode(self, value: Any, where: str) -> Any:
        """The value."""
        if value is None and self._optional:
            return None
        if len(self._members) == 1:
            return next(iter(self._members.values())).decode(value, where)
        if isinstance(value, dict) and len(value) == 1:
            [(name, encoded)] = value.items()
            if name in self._members:
                return self._members[name].decode(encoded, where)
        raise wrong(where, value, " or ".join(self._members))


class DataclassCodec:
    """Frozen dataclasses, as objects by the names of their fields."""

    def __init__(self, cls: Any) -> None:
        self._cls = cls
        self._fields: dict[str, tuple[Field[Any], Codec]] = {}

    def fill(self, where: str, known: "dict[type, DataclassCodec]") -> None:
        """Find the codecs of the fields; apart from construction, because a dataclass may hold others like itself."""
        try:
            hints = get_type_hints(self._cls)
        except NameError as error:
            raise InvalidEvent(f"The annotations of {where} cannot be read: {error}; import what they name.") from error
        for field in fields(self._cls):
            name = f"{where}.{field.name}"
            if not field.init:
                raise InvalidEvent(f"{name} is not given to the constructor (init=False), so nobody could rebuild it.")
            self._fields[field.name] = (field, codec_of(hints[field.name], name, known))

    def encode(self, value: Any, where: str) -> Any:
        """An object."""
        if type(value) is not self._cls:
            raise wrong(where, value, self._cls.__name__)
        return {
            name: codec.encode(getattr(value, name), f"{where}.{name}") for name, (_, codec) in self._fields.items()
        }

    def decode(self, value: Any, where: str) -> Any:
        """The dataclass; a key that is not known is of a newer version, and one that is missing has its default."""
        if not isinstance(value, dict):
            raise wrong(where, value, self._cls.__name__)
        given = {
            name: codec.decode(value[name], f"{where}.{name}")
            for name, (_, codec) in self._fields.items()
            if name in value
        }
        for name, (field, _) in self._fields.items():
            if name not in given and field.default is MISSING and field.default_factory is MISSING:
                raise InvalidEvent(f"{where}.{name} is missing, and has no default.")
        return self._cls(**given)


def wrong(where: str, value: Any, expected: str) -> InvalidEvent:
    """The error for a value of the wrong kind; it does not show the value, which may be somebody's secret."""
    return InvalidEvent(f"{where} is {type(value).__name__}, and should be {expected}.")


def _a_list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise wrong(where, value, "a list")
    return value


def _whole(value: int) -> int:
    if not -(2**63) <= value < 2**64:
        raise ValueError("a whole number beyond 64 bits")
    return value


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment without a timezone; take the time from Clock.now()")
    return value.astimezone(UTC).isoformat()


def _enum_codec(cls: type[Enum]) -> Codec:
    members = cls.__members__

    def name_in(value: Enum) -> str:
        if value.name not in members:
            raise ValueError(f"a combination of {cls.__name__}, which has no name")
        return value.name

    return _Plain(cls, name_in, members.__getitem__)


_MICROSECOND = timedelta(microseconds=1)

_PLAIN: dict[Any, Codec] = {
    str: _Plain(str),
    int: _Plain(int, _whole),
    float: _Float(),
    bool: _Plain(bool),
    types.NoneType: _Plain(types.NoneType),
    datetime: _Plain(datetime, _moment, datetime.fromisoformat),
    date: _Plain(date, date.isoformat, date.fromisoformat),
    timedelta: _Plain(
        timedelta, lambda value: _whole(value // _MICROSECOND), lambda value: timedelta(microseconds=value)
    ),
    Decimal: _Plain(Decimal, str, Decimal),
    UUID: _Plain(UUID, str, UUID),
}


def codec_of(hint: Any, where: str, known: dict[type, DataclassCodec]) -> Codec:
    """The codec of an annotation.

    Args:
        hint: the annotation, resolved.
        where: the field, for the sentence.
        known: the dataclasses that were met already; it grows.

    Raises:
        InvalidEvent: nothing that could leave the process is annotated like this.
    """
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    if hint in _PLAIN:
        return _PLAIN[hint]
    codec = _compound(hint, where, known)
    if codec is None:
        raise InvalidEvent(
            f"{where} holds {name_of(hint)}, which cannot leave the process; use plain values: texts, numbers, ids, "
            "moments, enum members, tuples and frozensets of them, or frozen dataclasses."
        )
    return codec


def _compound(hint: Any, where: str, known: dict[type, DataclassCodec]) -> Codec | None:
    origin, arguments = get_origin(hint), get_args(hint)
    codec: Codec | None = None
    if isinstance(hint, type) and origin is None and issubclass(hint, Enum):
        codec = _enum_codec(hint)
    elif isinstance(hint, type) and is_dataclass(hint):
        codec = dataclass_codec(hint, where, known)
    elif origin is Literal and all(type(value) in (str, int, bool, types.NoneType) for value in arguments):
        codec = _Literal(arguments)
    elif origin is tuple and arguments[1:] != (Ellipsis,):
        codec = _Each([codec_of(part, where, known) for part in arguments])
    elif origin in (tuple, frozenset):
        codec = _Many(origin, codec_of(arguments[0], where, known))
    elif origin in (Union, types.UnionType):
        codec = _union(arguments, where, known)
    return codec


def _union(arguments: Sequence[Any], where: str, known: dict[type, DataclassCodec]) -> Codec:
    members: dict[str, Codec] = {}
    for part in arguments:
        if part is not types.NoneType:
            name = name_of(part)
            if name in members:
                raise InvalidEvent(f"{where} may hold two kinds of {name}, which a reader could not tell apart.")
            members[name] = codec_of(part, where, known)
    return _OneOf(members, optional=types.NoneType in arguments)


def dataclass_codec(cls: Any, where: str, known: dict[type, DataclassCodec]) -> DataclassCodec:
    """The codec of a dataclass.

    Raises:
        InvalidEvent: it is not frozen, or a field of it is none that `codec_of` takes.
    """
    if cls not in known:
        if not cls.__dataclass_params__.frozen:
            raise InvalidEvent(f"{where} can be changed by its subscribers; write @dataclass(frozen=True).")
        known[cls] = DataclassCodec(cls)
        known[cls].fill(where, known)
    return known[cls]


def name_of(hint: Any) -> str:
    """An annotation as authors wrote it."""
    return hint.__name__ if isinstance(hint, type) and get_origin(hint) is None else repr(hint)
