"""Where the description is wrong or too narrow, each correction with the reason for it."""

from typing import Any


def correct(spec: dict[str, Any]) -> dict[str, Any]:
    """The description with every correction made."""
    return spec
