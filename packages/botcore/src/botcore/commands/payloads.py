"""Payloads: what a button, select or modal carries in its custom id, so that nothing has to be remembered.

The form is ``<id>:<version>:<value>:<value>...``, at most 100 characters, as Discord allows. A click on a message
that was made by an earlier process, or by another instance, is read back from this text alone.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any
from urllib.parse import quote, unquote

from botcore.commands.inputs import InputDeclarationError, InputField
from botcore.errors import BotCoreError

MAX_CUSTOM_ID = 100

_EMPTY_TEXT = "''"
_SCALARS = (int, str, bool)


class PayloadUnreadable(BotCoreError):
    """A custom id that does not hold what its handler expects: made by another version, or by a stranger."""


def check_payload(fields: Sequence[InputField], owner: str) -> None:
    """Refuse a payload dataclass that cannot travel in a custom id.

    Raises:
        InputDeclarationError: naming the field.
    """
    for field in fields:
        if field.reference is None and not (field.value_type in _SCALARS or issubclass(field.value_type, Enum)):
            raise InputDeclarationError(
                f"{owner}.{field.name}: {field.value_type.__name__} cannot travel in a custom id; use int, str, bool, "
                "an Enum or a bc.Ref."
            )


def encode(component_id: str, version: int, fields: Sequence[InputField], values: Sequence[Any]) -> str:
    """Write a custom id.

    Args:
        component_id: the handler's id, such as ``polls.vote``.
        version: the payload's version.
        fields: the payload's fields.
        values: one a field, in order; for a reference the text or number that its ``load`` takes.

    Raises:
        InputDeclarationError: if values are too many, too few, of the wrong type, or longer than 100 characters.
    """
    if len(values) > len(fields) or any(field.required for field in fields[len(values) :]):
        names = ", ".join(field.name for field in fields) or "nothing"
        raise InputDeclarationError(f"{component_id} carries {names}; {len(values)} values were given.")
    given = [*values, *(field.default for field in fields[len(values) :])]
    parts = [_write(value, field, component_id) for field, value in zip(fields, given, strict=True)]
    custom_id = ":".join([component_id, str(version), *parts])
    if len(custom_id) > MAX_CUSTOM_ID:
        raise InputDeclarationError(
            f"The custom id of {component_id} would have {len(custom_id)} characters; Discord allows {MAX_CUSTOM_ID}. "
            "Keep the long part in the database and carry its id."
        )
    return custom_id


def _write(value: Any, field: InputField, component_id: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quote(value, safe=" /-_.,") or _EMPTY_TEXT
    raise InputDeclarationError(
        f"{component_id}: {field.name} was given {type(value).__name__}; a custom id carries numbers and text."
    )


def component_id(custom_id: str) -> str:
    """The handler's id at the start of a custom id."""
    return custom_id.partition(":")[0]


def decode(custom_id: str, version: int, fields: Sequence[InputField]) -> dict[str, Any]:
    """Read a custom id back into the payload's keyword arguments; references stay the text that was given.

    Raises:
        PayloadUnreadable: if it is of another version or does not fit the fields.
    """
    _id, *rest = custom_id.split(":")
    if not rest or rest[0] != str(version) or len(rest) - 1 != len(fields):
        raise PayloadUnreadable(f"{custom_id!r} is not of version {version} with {len(fields)} values")
    return {field.name: _read(part, field) for field, part in zip(fields, rest[1:], strict=True)}


def _read(part: str, field: InputField) -> Any:
    if part == "":
        if field.required:
            raise PayloadUnreadable(f"{field.name} is missing")
        return None
    text = "" if part == _EMPTY_TEXT else unquote(part)
    if field.reference is not None or field.value_type is str:
        return text
    try:
        if field.value_type is bool:
            return {"0": False, "1": True}[text]
        if issubclass(field.value_type, Enum):
            return next(member for member in field.value_type if str(member.value) == text)
        return int(text)
    except (KeyError, StopIteration, ValueError):
        raise PayloadUnreadable(f"{field.name} cannot be {text!r}") from None
