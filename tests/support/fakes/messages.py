"""Messages and files that nobody has checked: what a messenger must survive."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Raw:
    """A message as its author wants it, right or wrong."""

    payload: dict[str, Any]
    files: Sequence[Any] = ()

    def to_payload(self, *, edit: bool = False) -> dict[str, Any]:
        """A copy."""
        return dict(self.payload)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that nobody has checked."""

    filename: str
    data: bytes
    description: str | None = None
