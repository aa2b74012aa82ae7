"""What may be shown of the settings, and what must never be."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import BaseModel, SecretBytes, SecretStr

from botcore.config.keys import flatten, leaf_keys
from botcore.config.model import Config
from botcore.config.reading import LoadedConfig
from botcore.errors import ConfigurationError
from botcore.log import REDACTED, Redactor

_shapes = Redactor()  # knows what a password in an address looks like

# A feature's raw table does not say which of its values are secret, so their names have to.
_SECRET_NAME = re.compile(r"token|secret|passw|credential|(?:^|_)key$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One setting, fit to be shown.

    Args:
        key: its dotted key.
        value: its value as text, masked if it is secret.
        origin: where it came from.
    """

    key: str
    value: str
    origin: str


def rows(loaded: LoadedConfig) -> list[Row]:
    """Every setting, in the order of the model, then those of the features; secrets masked."""
    config = loaded.config
    shown = [(key, _get(config, key)) for key, _ in leaf_keys(Config)]
    shown += [
        (f"features.{feature}.{name}", _mask(name, value))
        for feature, section in config.features.sections.items()
        for name, value in flatten(section)
    ]
    return [Row(key, _text(value), loaded.origins.get(key, "default")) for key, value in shown]


def secrets(config: Config) -> list[str]:
    """Every value that must not appear in a log: for `Redactor.add`."""
    found = secrets_of(config)
    with suppress(ConfigurationError):  # it is reported when somebody needs the token
        found.append(config.discord.require_token())
    found += _passwords(config.database.url)
    for section in config.features.sections.values():
        found += [value for name, value in flatten(section) if isinstance(value, str) and _is_secret_name(name)]
    return list(dict.fromkeys(found))


def secrets_of(model: BaseModel) -> list[str]:
    """Every secret in a model that was read, a feature's for example."""
    return list(_secrets_in(model))


def _secrets_in(value: Any) -> Iterator[str]:
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, SecretBytes):
        yield value.get_secret_value().decode(errors="replace")
    elif isinstance(value, BaseModel):
        for _, each in value:
            yield from _secrets_in(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _secrets_in(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _secrets_in(each)


def _passwords(url: str) -> list[str]:
    """The password of an address, as it is written and as it is sent."""
    try:
        parts = urlsplit(url)
        written = [parts.password] if parts.password else []
        return [*written, *map(unquote, written), *parse_qs(parts.query).get("password", [])]
    except ValueError:
        return []  # no address at all; the database says so


def _is_secret_name(name: str) -> bool:
    return _SECRET_NAME.search(name.rpartition(".")[2]) is not None


def _mask(name: str, value: Any) -> Any:
    return REDACTED if value and _is_secret_name(name) else value


def _get(config: Config, key: str) -> Any:
    value: Any = config
    for part in key.split("."):
        value = getattr(value, part)
    return value


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case SecretStr():
            return REDACTED
        case list() | tuple():
            return ", ".join(map(_text, value))
        case _:
            return _shapes.redact(str(value))
