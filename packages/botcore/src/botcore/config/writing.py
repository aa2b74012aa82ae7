"""Writes a first `botcore.toml`: every setting that there is, as a comment that says its default."""

import json
import os
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from botcore.config.keys import fields_of, leaf_keys, submodel
from botcore.config.meanings import meanings_of, summary_of
from botcore.config.model import Config
from botcore.errors import ConfigurationError

_WIDTH = 110
_HEAD = """\
# The settings of this bot. Each stands here as a comment with its default (... where there is none): take the # away
# and change the value. `botcore config check` says whether the file is sound, `botcore config show` what holds.
"""


@dataclass(frozen=True, slots=True)
class FeatureSettings:
    """The settings of one installed feature.

    Args:
        feature: the feature's name.
        summary: what the feature is, in one line.
        model: its model.
    """

    feature: str
    summary: str
    model: type[BaseModel]


def write_file(path: Path, features: Sequence[FeatureSettings], *, replace: bool = False) -> None:
    """Write the file; only its owner can read it, because a token may come into it.

    Args:
        path: where to.
        features: the installed features that have settings.
        replace: whether a file that is there is replaced.

    Raises:
        ConfigurationError: there is such a file, or it cannot be written.
    """

    def private(name: str, flags: int) -> int:
        return os.open(name, flags, mode=0o600)

    try:
        with open(path, "w" if replace else "x", encoding="utf-8", opener=private) as file:
            file.write(text_of(features))
    except FileExistsError:
        raise ConfigurationError(f"{path} is there already; name another file, or replace it with --force") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"{path} cannot be written: {reason}") from None


def text_of(features: Sequence[FeatureSettings]) -> str:
    """The whole text of the file."""
    parts = [_HEAD]
    for name, field in fields_of(Config).items():
        section = submodel(field)
        if section is not None:
            parts.append("\n".join(_section(name, summary_of(section), section)))
    parts += ["\n".join(_section(f"features.{each.feature}", each.summary, each.model)) for each in features]
    return "\n".join(parts)


def default_text(field: FieldInfo) -> str:
    """A setting's default as TOML; ``...`` where there is none."""
    if field.is_required() or field.default_factory_takes_validated_data:
        return "..."
    return _toml(field.get_default(call_default_factory=True))


def _section(name: str, summary: str, model: type[BaseModel]) -> Iterable[str]:
    if summary:
        yield from _comment(summary)
    yield f"[{name}]"
    meanings = meanings_of(model)
    for key, field in leaf_keys(model):
        default = default_text(field)
        needed = " This has to be set." if field.is_required() else ""
        said = f"{meanings.get(key, '')}{needed}".strip()
        if said:
            yield from _comment(said)
        yield f"#{key} = {default}"
    yield ""


def _comment(text: str) -> list[str]:
    return textwrap.wrap(
        text[:1].upper() + text[1:],
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _toml(value: Any) -> str:
    match value:
        case None:
            return "..."
        case bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)  # TOML reads these four as JSON writes them
        case list() | tuple() | set() | frozenset():
            return f"[{', '.join(_toml(each) for each in value)}]"
        case _:
            return json.dumps(str(value), ensure_ascii=False)
