"""What each setting means, read from the docstring of its model: it is written once, where the model is."""

import inspect
import re

from pydantic import BaseModel

from botcore.config.keys import fields_of, submodel

_HEADING = re.compile(r"(?:Args|Attributes):")
_ENTRY = re.compile(r"(?P<name>\w+)(?: \([^)]*\))?: (?P<text>.+)")


def summary_of(model: type[object]) -> str:
    """The first line of a class's own docstring; empty if it has none."""
    return (inspect.cleandoc(model.__doc__ or "").splitlines() or [""])[0]


def meanings_of(model: type[BaseModel], prefix: str = "") -> dict[str, str]:
    """What each setting of a model means, by its dotted key; a setting of which nothing is said is not there.

    A field's own ``description`` comes first, then its entry under ``Args:`` or ``Attributes:`` of the docstring.
    """
    written = _entries(model)
    found: dict[str, str] = {}
    for name, field in fields_of(model).items():
        below = submodel(field)
        text = field.description or written.get(name)
        if below is not None:
            found |= meanings_of(below, f"{prefix}{name}.")
        elif text:
            found[f"{prefix}{name}"] = text
    return found


def _entries(model: type[BaseModel]) -> dict[str, str]:
    """The entries of a google-style list of arguments, each on one line."""
    entries: dict[str, str] = {}
    inside, current = False, ""
    for line in inspect.cleandoc(model.__doc__ or "").splitlines():
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if indent == 0:
            inside, current = bool(_HEADING.fullmatch(text)), ""
        elif inside and indent <= 4 and (match := _ENTRY.fullmatch(text)):  # noqa: PLR2004 - the style's own indentation
            current = match["name"]
            entries[current] = match["text"]
        elif inside and current and text:
            entries[current] += f" {text}"
    return entries
