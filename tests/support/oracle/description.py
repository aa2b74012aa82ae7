"""Finding Discord's OpenAPI description, and correcting it where the documentation says otherwise.

It is not part of this repository. `BOTCORE_TEST_OPENAPI` names the file; without it, a folder `shared/discord`
beside the checkout is looked at. An `openapi_overlay.py` beside the file is applied first, then our own rules.
"""

import importlib.util
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from oracle.overlay import correct

VARIABLE = "BOTCORE_TEST_OPENAPI"
_CHECKOUT = Path(__file__).resolve().parents[3]
_BESIDE = _CHECKOUT.parent / "shared" / "discord" / "openapi.json"

WHY_NOT = (
    f"Discord's API description is not here: set {VARIABLE} to the openapi.json of github.com/discord/discord-api-spec"
)


def find() -> Path | None:
    """The file, None where there is none.

    Raises:
        FileNotFoundError: The variable names a file that does not exist.
    """
    named = os.environ.get(VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise FileNotFoundError(f"{VARIABLE} names {named!r}, which is no file.")
        return path
    return _BESIDE if _BESIDE.is_file() else None


@cache
def load(path: Path) -> dict[str, Any]:
    """The corrected description."""
    spec: dict[str, Any] = orjson.loads(path.read_bytes())
    overlay = path.with_name("openapi_overlay.py")
    if overlay.is_file():
        spec = _function_of(overlay, "overlay")(spec)
    return correct(spec)


def _function_of(path: Path, name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    module_spec = importlib.util.spec_from_file_location("discord_openapi_overlay", path)
    if module_spec is None or module_spec.loader is None:
        raise ImportError(f"{path} cannot be loaded as a Python module.")
    module = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(module)
    function: Callable[[dict[str, Any]], dict[str, Any]] = getattr(module, name)
    return function
