"""Reads the settings from where they are, and remembers for each where that was."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from botcore.config.keys import flatten, leaf_keys, nest, read_lists
from botcore.config.mistakes import ENVIRONMENT_PREFIX, unknown_key, wrong_value
from botcore.config.model import Config
from botcore.errors import ConfigurationError

DEFAULT_FILE = Path("botcore.toml")
FILE_VARIABLE = "BOTCORE_CONFIG"
_TESTS = "BOTCORE_TEST_"
_DEFAULT, _COMMAND_LINE = "default", "command line"
_POSITION = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """The settings, and where each came from.

    Args:
        config: the settings.
        origins: by dotted key, `default`, the file as it was named, a variable, or `command line`. Every
            setting of the core is there, and every one that is given for a feature.
    """

    config: Config
    origins: Mapping[str, str]


def find_file(environ: Mapping[str, str], directory: Path = Path()) -> Path | None:
    """The configuration file: what BOTCORE_CONFIG names, or else botcore.toml if it is there."""
    named = environ.get(FILE_VARIABLE)
    if named:
        return Path(named)
    usual = directory / DEFAULT_FILE
    return usual if usual.is_file() else None


def load(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> LoadedConfig:
    """Read all settings; a later source wins over an earlier one, key by key.

    Args:
        path: the file, or None for none.
        environ: the environment. Of its `BOTCORE_` variables, empty ones, `BOTCORE_CONFIG` and
            `BOTCORE_TEST_*` do not count as settings.
        overrides: from the command line, by dotted key; one that is None was not given.

    Raises:
        ConfigurationError: one sentence about the first mistake: a file that cannot be read, a key that does
            not exist, or a value of the wrong kind.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key, value, origin in (
        *_from_file(path),
        *_from_environment(environ or {}),
        *_from_call(overrides or {}),
    ):
        _check_key(key, origin)
        for earlier in [each for each in values if _overlap(each, key)]:
            del values[earlier], origins[earlier]
        values[key], origins[key] = value, origin
    try:
        config = Config.model_validate(read_lists(Config, nest(values)))
    except ValidationError as error:
        raise ConfigurationError(wrong_value(error, Config, origins)) from None
    everywhere = {key: _DEFAULT for key, _ in leaf_keys(Config)}
    return LoadedConfig(config, everywhere | origins)


type _Setting = tuple[str, Any, str]


def _from_file(path: Path | None) -> Iterator[_Setting]:
    if path is None:
        return
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"the configuration file {path} cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"the configuration file {path} is not UTF-8 text") from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(_syntax(path, text, str(error))) from None
    for key, value in flatten(table):
        yield key, value, str(path)


def _syntax(path: Path, text: str, message: str) -> str:
    """What tomllib says, with the position at the beginning, where an operator looks for it."""
    position = _POSITION.search(message)
    line = (position and position["line"]) or str(len(text.splitlines()))
    return f"{path}, line {line}: {_POSITION.sub('', message)}"


def _from_environment(environ: Mapping[str, str]) -> Iterator[_Setting]:
    for name, value in sorted(environ.items()):
        if not name.startswith(ENVIRONMENT_PREFIX) or name.startswith(_TESTS) or name == FILE_VARIABLE or not value:
            continue
        yield name.removeprefix(ENVIRONMENT_PREFIX).lower().replace("__", "."), value, name


def _from_call(overrides: Mapping[str, Any]) -> Iterator[_Setting]:
    for key, value in overrides.items():
        if value is not None:
            yield key, value, _COMMAND_LINE


def _check_key(key: str, origin: str) -> None:
    """Everything below `features.<name>.` is the feature's; all else must be a setting of the core."""
    section, _, rest = key.partition(".")
    feature, _, name = rest.partition(".")
    valid = {each for each, _ in leaf_keys(Config)}
    theirs = section == "features" and feature and name and f"features.{feature}" not in valid
    if key not in valid and not theirs:
        raise ConfigurationError(unknown_key(key, origin, valid))


def _overlap(one: str, other: str) -> bool:
    """Whether one key is, or lies below, the other: a text can overrule a whole table, and vice versa."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
