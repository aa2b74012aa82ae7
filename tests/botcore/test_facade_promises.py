"""What the facade promises to authors: its signatures, and that every one of them is explained."""

import dataclasses
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tools.facade import SNAPSHOT, annotated_members, describe, public_members

import botcore as bc

NAMES = [name for name in bc.__all__ if inspect.isclass(getattr(bc, name)) or inspect.isroutine(getattr(bc, name))]
_SENTENCE = re.compile(r"^\S.*\S", re.DOTALL)


def test_the_signatures_are_those_of_the_snapshot():
    """A change is a change of a promise: `python -m tools.facade` writes it down, and a review sees it."""
    assert describe() == SNAPSHOT.read_text(encoding="utf-8")


def callables(kind: Any) -> Iterator[tuple[str, Any]]:
    """The functions and properties of a class; a function itself."""
    if not inspect.isclass(kind):
        yield kind.__name__, kind
        return
    for name, member in public_members(kind):
        if isinstance(member, property):
            yield name, member
        elif isinstance(member, staticmethod | classmethod):
            yield name, member.__func__
        elif inspect.isfunction(member):
            yield name, member


@pytest.mark.parametrize("name", NAMES)
def test_everything_public_says_what_it_is(name: str):
    """Each class, method, property and function has a docstring of its own or of the method that it overrides."""
    kind = getattr(bc, name)
    assert inspect.getdoc(kind), name
    owner = kind if inspect.isclass(kind) else None
    silent = [key for key, member in callables(kind) if not (inspect.getdoc(getattr(owner, key, member)) or "").strip()]
    assert silent == []


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isclass(getattr(bc, name))])
def test_a_class_explains_what_it_is_made_of(name: str):
    """Every argument of its constructor, and everything that a subclass may declare, by name in a docstring."""
    kind = getattr(bc, name)
    if getattr(kind, "_is_protocol", False) or issubclass(kind, (BaseException, bc.Answers)):
        return
    text = "\n".join(
        inspect.cleandoc(each.__doc__ or "") for each in kind.__mro__ if each.__module__.partition(".")[0] == "botcore"
    )
    wanted = {key for key in inspect.signature(kind).parameters if key not in {"args", "kwargs", "self"}}
    if not dataclasses.is_dataclass(kind) and not hasattr(kind, "__members__"):
        wanted |= {key for key, said in annotated_members(kind) if "ClassVar" in said}
    if hasattr(kind, "__members__"):
        return
    explained = set(re.findall(r"^\s*(\w+(?:, \w+)*): ", text, re.MULTILINE))
    words = {word for entry in explained for word in entry.split(", ")}
    assert sorted(wanted - words - set(EXEMPT)) == []


#: Of these an author need not know.
EXEMPT = {
    "input_type": "taken from the brackets behind the base class",
    "kind": "set by the two kinds of context menu commands",
}
