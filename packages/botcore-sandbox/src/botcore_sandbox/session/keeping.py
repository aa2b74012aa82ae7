"""Keeps a sandbox's state in a file over runs: every object of the state once, and who refers to whom.

The file is JSON. Fields that a later version adds take their defaults, fields that it dropped are left out, and
interactions are not kept: their tokens are good for fifteen minutes, and their deadlines are real time.
"""

import base64
import dataclasses
import importlib
import pkgutil
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import orjson

import botcore_sandbox.state as state_package
from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.server import Sandbox
from botcore_sandbox.state.world import World

_FORMAT = 1
_NOT_KEPT = frozenset({"now", "changes", "snowflakes", "interactions", "cdn_url", "api_url", "messages_kept", "nonces"})


def write(sandbox: Sandbox, file: Path) -> None:
    """Write the state; the file is replaced whole or not at all.

    Raises:
        SandboxError: It cannot be written.
    """
    packed = _Packing()
    world = {name: packed.value(value) for name, value in vars(sandbox.world).items() if name not in _NOT_KEPT}
    body = {
        "format": _FORMAT,
        "token": sandbox.token,
        "clock_moved": sandbox.time.clock.moved.total_seconds(),
        "world": world,
        "objects": packed.objects,
    }
    new = file.with_name(f"{file.name}.new")
    try:
        new.write_bytes(orjson.dumps(body))
        new.replace(file)
    except OSError as error:
        raise SandboxError(f"The state cannot be kept in {file} ({error.strerror}).") from error


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """What a file held: the bot's token, how far the clock had been moved, and the attributes of the world."""

    token: str
    clock_moved: timedelta
    world: Mapping[str, Any]


def read(file: Path) -> Kept | None:
    """The state of an earlier run, None if there is no file yet.

    Raises:
        SandboxError: The file is there and holds something else.
    """
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SandboxError(f"The state in {file} cannot be read ({error.strerror}).") from error
    try:
        body = orjson.loads(raw)
        if body["format"] != _FORMAT:
            raise ValueError(f"format {body['format']}")  # noqa: TRY301 - one sentence for all that can be wrong
        unpacked = _Unpacking(body["objects"])
        moved = timedelta(seconds=body.get("clock_moved", 0))  # the first versions had a clock that could not be moved
        world = {name: unpacked.value(value) for name, value in body["world"].items()}
        return Kept(body["token"], moved, world)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise SandboxError(
            f"{file} holds no state that this version of the sandbox understands; name another file, or remove it."
        ) from error


class _Packing:
    """Objects in a list, by their number; everything else as JSON can say it."""

    def __init__(self) -> None:
        self.objects: list[Any] = []
        self._numbers: dict[int, int] = {}

    def value(self, value: Any) -> Any:
        """A value as JSON: `{"$": kind, ...}` for what JSON has no word for."""
        packed: Any = value
        match value:
            case Enum():
                packed = {"$": "enum", "of": type(value).__name__, "is": value.value}
            case None | bool() | int() | float() | str():
                pass
            case bytes():
                packed = {"$": "bytes", "is": base64.b64encode(value).decode()}
            case datetime():
                packed = {"$": "time", "is": value.isoformat()}
            case list():
                packed = [self.value(item) for item in value]
            case set() | frozenset() | tuple():
                packed = {"$": type(value).__name__, "is": [self.value(item) for item in value]}
            case deque():
                packed = {"$": "deque", "is": [self.value(item) for item in value], "most": value.maxlen}
            case dict():
                packed = {"$": "dict", "is": [[self.value(key), self.value(item)] for key, item in value.items()]}
            case _:
                packed = {"$": "object", "is": self._object(value)}
        return packed

    def _object(self, value: Any) -> int:
        known = self._numbers.get(id(value))
        if known is not None:
            return known
        if type(value).__name__ not in _classes():
            raise TypeError(f"The sandbox cannot keep {type(value).__name__} in a file yet.")
        number = self._numbers[id(value)] = len(self.objects)
        self.objects.append(None)
        fields = {field.name: self.value(getattr(value, field.name)) for field in dataclasses.fields(value)}
        self.objects[number] = {"$": type(value).__name__, **fields}
        return number


class _Unpacking:
    """The way back: every object is made empty first, so that they can refer to one another in circles."""

    def __init__(self, packed: list[dict[str, Any]]) -> None:
        self._objects = [_empty(_classes()[entry["$"]]) for entry in packed]
        both = list(zip(self._objects, packed, strict=True))
        # frozen ones first: they may be the keys of a mapping, which asks for their hash
        for made, entry in sorted(both, key=lambda pair: not pair[0].__dataclass_params__.frozen):
            self._fill(made, entry)

    def value(self, packed: Any) -> Any:
        """A value from JSON."""
        if isinstance(packed, list):
            return [self.value(item) for item in packed]
        if not isinstance(packed, dict):
            return packed
        held = packed["is"]
        read: Mapping[str, Callable[[], Any]] = {
            "enum": lambda: _enums()[packed["of"]](held),
            "bytes": lambda: base64.b64decode(held),
            "time": lambda: datetime.fromisoformat(held),
            "set": lambda: {self.value(item) for item in held},
            "frozenset": lambda: frozenset(self.value(item) for item in held),
            "tuple": lambda: tuple(self.value(item) for item in held),
            "deque": lambda: deque((self.value(item) for item in held), maxlen=packed["most"]),
            "dict": lambda: {self.value(key): self.value(item) for key, item in held},
            "object": lambda: self._objects[held],
        }
        return read[packed["$"]]()

    def _fill(self, made: Any, entry: Mapping[str, Any]) -> None:
        for field in dataclasses.fields(made):
            if field.name in entry:
                value = self.value(entry[field.name])
            elif field.default is not dataclasses.MISSING:
                value = field.default
            elif field.default_factory is not dataclasses.MISSING:
                value = field.default_factory()
            else:
                raise KeyError(field.name)
            object.__setattr__(made, field.name, value)  # frozen ones as well


def _empty(cls: type) -> Any:
    return object.__new__(cls)


def _members() -> list[type]:
    """Every class that the state is made of."""
    modules = [
        importlib.import_module(f"{state_package.__name__}.{info.name}")
        for info in pkgutil.iter_modules(state_package.__path__)
    ]
    return [
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, type) and item.__module__ == module.__name__ and item is not World
    ]


def _classes() -> dict[str, type]:
    if not _CLASSES:
        _CLASSES.update({cls.__name__: cls for cls in _members() if dataclasses.is_dataclass(cls)})
    return _CLASSES


def _enums() -> dict[str, type]:
    if not _ENUMS:
        _ENUMS.update({cls.__name__: cls for cls in _members() if issubclass(cls, Enum)})
    return _ENUMS


_CLASSES: dict[str, type] = {}
_ENUMS: dict[str, type] = {}
