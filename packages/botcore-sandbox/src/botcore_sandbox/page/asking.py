"""Reads what a tab asks for: a page is a stranger too, so every field is looked at before it is used."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botcore_sandbox.driver.errors import NotOffered
from botcore_sandbox.driver.resolving import File
from botcore_sandbox.state.snowflake import MAX_SNOWFLAKE

_MOST_FILES = 10
_MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of a tab, by the name of what it wants done."""

    fields: Mapping[str, Any]

    def text(self, name: str, *, default: str | None = None) -> str:
        """A text.

        Raises:
            NotOffered: It is missing or something else.
        """
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise NotOffered(f"The page sent no text as {name!r}.")
        return value

    def id(self, name: str) -> int:
        """An id.

        Raises:
            NotOffered: It is missing or something else.
        """
        return as_id(self.fields.get(name), name)

    def number(self, name: str, *, default: float | None = None) -> float:
        """A number.

        Raises:
            NotOffered: It is missing or something else.
        """
        value = self.fields.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotOffered(f"The page sent no number as {name!r}.")
        return value

    def flag(self, name: str) -> bool:
        """A yes, or a no where it is missing."""
        return self.fields.get(name) is True

    def has(self, name: str) -> bool:
        """Whether a field is there and not null."""
        return self.fields.get(name) is not None

    def mapping(self, name: str) -> dict[str, Any]:
        """An object; empty where it is missing.

        Raises:
            NotOffered: It is something else.
        """
        value = self.fields.get(name, {})
        if not isinstance(value, dict):
            raise NotOffered(f"The page sent no object as {name!r}.")
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts.

        Raises:
            NotOffered: It is something else.
        """
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise NotOffered(f"The page sent no list of texts as {name!r}.")
        return value

    def files(self, name: str) -> list[File]:
        """Files, each a name, a type and its bytes in base64; none where the field is missing.

        Raises:
            NotOffered: They are too many, too large, or something else.
        """
        value = self.fields.get(name, [])
        if not isinstance(value, list) or len(value) > _MOST_FILES:
            raise NotOffered(f"A message takes up to {_MOST_FILES} files.")
        return [as_file(item) for item in value]


def as_id(value: Any, name: str) -> int:
    """An id, which travels as text because JavaScript's numbers are too small for it.

    Raises:
        NotOffered: It is none.
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal() and int(value) <= MAX_SNOWFLAKE:
        return int(value)
    raise NotOffered(f"The page sent no id as {name!r}.")


def as_file(value: Any) -> File:
    """A file.

    Raises:
        NotOffered: It is too large, or no file.
    """
    match value:
        case {"name": str(name), "type": str(kind), "data": str(data)}:
            try:
                content = base64.b64decode(data, validate=True)
            except binascii.Error as error:
                raise NotOffered(f"The page sent {name!r} without its content.") from error
        case _:
            raise NotOffered("The page sent something that is no file.")
    if len(content) > _MOST_BYTES:
        raise NotOffered(
            f"{name!r} is larger than {_MOST_BYTES // 1024 // 1024} MB; Discord takes no more from an app."
        )
    return File(name.replace("/", "_") or "file", content, kind or "application/octet-stream")
