"""One plain sentence for each mistake in a setting: the key, where it came from, and the way out."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from botcore.config.keys import fields_of, is_secret, submodel

ENVIRONMENT_PREFIX = "BOTCORE_"

_WORDS = {
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "string": "text",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "frozen": "a list",
    "dict": "a table",
    "model": "a table",
    "path": "a path",
}
_LIMITS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "string_too_short": "at least {min_length} characters long",
    "string_too_long": "at most {max_length} characters long",
    "literal_error": "{expected}",
    "enum": "{expected}",
}


def variable(key: str) -> str:
    """The environment variable that sets a key: `discord.token` is `BOTCORE_DISCORD__TOKEN`."""
    return ENVIRONMENT_PREFIX + key.replace(".", "__").upper()


def unknown_key(key: str, origin: str | None, valid: Iterable[str]) -> str:
    """The sentence for a key that nothing reads."""
    valid = sorted(valid)
    last = key.rpartition(".")[2]
    near = get_close_matches(key, valid, n=1) or [each for each in valid if each.rpartition(".")[2] == last]
    from_variable = origin is not None and origin.startswith(ENVIRONMENT_PREFIX)
    if near:
        hint = f"did you mean {variable(near[0]) if from_variable else near[0]}?"
    elif valid:
        hint = f"there are {', '.join(valid)}"
    else:
        hint = "there are no settings here"
    return f"there is no setting {_named(key, origin)}; {hint}"


def wrong_value(error: ValidationError, model: type[BaseModel], origins: Mapping[str, str], prefix: str = "") -> str:
    """The sentence for the first value that a model refused.

    Args:
        error: what the model raised.
        model: the model.
        origins: where each value came from, by its dotted key.
        prefix: the dotted key of the model itself, with a dot at its end.
    """
    details = error.errors()
    key, secret, entry = _locate(model, details[0]["loc"])
    same = [each for each in details if _locate(model, each["loc"])[0] == key]
    first = same[0]
    full = prefix + key
    named = _named(full, origins.get(full))
    if entry is not None:
        named = f"entry {entry + 1} of {named}"
    if first["type"] == "missing":
        section = full.rpartition(".")[0]
        return f"{full} is missing; set it under [{section}] in botcore.toml, or as {variable(full)}"
    if first["type"] == "value_error":
        return f"{named} {first['ctx']['error']}"
    expected = " or ".join(dict.fromkeys(_expected(each) for each in same))
    got = "" if secret else f", not {first['input']!r}"
    return f"{named} must be {expected}{got}"


def _named(key: str, origin: str | None) -> str:
    return f"{key} (from {origin})" if origin else key


def _locate(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, bool, int | None]:
    """The dotted key of an error, whether its value is secret, and which entry of a list is meant.

    What follows the last field is the name of an alternative, or a position.
    """
    path: list[str] = []
    secret, entry = False, None
    here: type[BaseModel] | None = model
    for part in loc:
        if here is not None and isinstance(part, str):
            path.append(part)
            field = fields_of(here).get(part)
            secret = field is not None and is_secret(field)
            here = submodel(field) if field is not None else None
        elif isinstance(part, int):
            entry = part
            break
    return ".".join(path), secret, entry


def _expected(error: ErrorDetails) -> str:
    kind = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind in _LIMITS:
        return _LIMITS[kind].format(**context)
    words = _WORDS.get(kind.partition("_")[0])
    return words or f"valid ({error['msg']})"
