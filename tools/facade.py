"""Writes down the facade: every public name with its signatures, in a form that a review can read.

``python -m tools.facade`` brings ``tests/botcore/facade.txt`` up to date. A test compares; what changes there is a
promise to authors that changes.
"""

import dataclasses
import enum
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botcore as bc

_MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Z])")  # where a type lives is not promised
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")

SNAPSHOT = Path(__file__).parents[1] / "tests" / "botcore" / "facade.txt"


def describe() -> str:
    """The whole facade as text."""
    text = "\n".join(line for name in bc.__all__ for line in (*_describe(name, getattr(bc, name)), ""))
    return _ADDRESS.sub("", _MODULE.sub("", text))


def public_members(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    """What a class of botcore offers beside its constructor: by name, inherited from botcore's own classes too."""
    seen: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.partition(".")[0] == "botcore":
            seen |= {name: value for name, value in vars(each).items() if not name.startswith("_")}
    yield from sorted(seen.items())


def annotated_members(kind: type[Any]) -> Iterator[tuple[str, str]]:
    """What a class declares with an annotation alone: its name and type."""
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.partition(".")[0] == "botcore":
            found |= {name: said for name, said in inspect.get_annotations(each).items() if not name.startswith("_")}
    yield from sorted((name, inspect.formatannotation(said)) for name, said in found.items())


def _describe(name: str, value: Any) -> Iterator[str]:
    if not inspect.isclass(value):
        yield f"{name}{_signature(value)}" if callable(value) else f"{name}: {type(value).__name__}"
        return
    bases = [each.__name__ for each in value.__bases__ if each.__name__ not in {"object", "Generic", "Protocol"}]
    yield f"class {name}({', '.join(bases)})" if bases else f"class {name}"
    if issubclass(value, enum.Enum):
        yield from (f"    {member.name} = {member.value!r}" for member in value)
    elif not getattr(value, "_is_protocol", False) and "__init__" in dir(value):
        yield f"    (){_signature(value)[2:]}" if _signature(value) == "()" else f"    {_signature(value)}"
    annotated = dict(annotated_members(value))
    if not dataclasses.is_dataclass(value):
        yield from (f"    {key}: {said}" for key, said in annotated.items())
    for key, member in public_members(value):
        if isinstance(member, property):
            said = inspect.signature(member.fget).return_annotation if member.fget is not None else Any
            yield f"    {key} -> {inspect.formatannotation(said)}"
        elif isinstance(member, staticmethod | classmethod):
            yield f"    {type(member).__name__} {key}{_signature(member.__func__)}"
        elif inspect.isfunction(member):
            asynchronous = "async " if inspect.iscoroutinefunction(inspect.unwrap(member)) else ""
            yield f"    {asynchronous}{key}{_signature(member)}"


def _signature(value: Any) -> str:
    try:
        return str(inspect.signature(value))
    except ValueError:
        return "(...)"


def main() -> None:
    """Bring the snapshot up to date."""
    SNAPSHOT.write_text(describe(), encoding="utf-8")
    print(f"{SNAPSHOT}: {len(bc.__all__)} names")  # noqa: T201 - it is run by hand


if __name__ == "__main__":
    main()
