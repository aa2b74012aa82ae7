"""A language as a file: its words, its grammar, and how it says things back.

``languages/<code>.toml`` holds all of it; a further language is a further file, and no line of code. Files are read
when first used and kept. `Language` holds what was read; what writes with it is in `saying`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from botcore.when.meanings import MEANINGS
from botcore.when.notation import Alternative, Choice, GrammarError, Literal, Reference, Sequence, compile_rule
from botcore.when.terminals import TERMINALS
from botcore.when.tokens import tokenize

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Table:
    """Words that stand for values.

    Args:
        values: the value by the tokens that say it.
        longest: how many tokens the longest of them has.
        names: the first spelling of each value, for saying it back.
    """

    values: Mapping[tuple[str, ...], Any]
    longest: int
    names: Mapping[Any, str]


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Args:
        code: the file's name, such as ``de``.
        rules: the grammar.
        tables: its words.
        labels: how a rule or table is called in an error.
        says, sentences, notes, ordinals: templates for what is said back.
        units, relative_units: one and many of each unit; the latter as they stand after "in".
        examples: phrases for each of the three things that can be read.
    """

    code: str
    rules: Mapping[str, tuple[Alternative, ...]]
    tables: Mapping[str, Table]
    labels: Mapping[str, str]
    says: Mapping[str, Any]
    sentences: Mapping[str, str]
    notes: Mapping[str, str]
    ordinals: Mapping[str, str]
    units: Mapping[str, list[str]]
    relative_units: Mapping[str, list[str]]
    examples: Mapping[str, list[str]]

    def name_of(self, table: str, value: Any) -> str:
        """The first spelling of a value."""
        return self.tables[table].names[value]

    def ordinal(self, number: int) -> str:
        """``3rd``."""
        return self.ordinals.get(str(number), self.ordinals["default"]).format(n=number)


@cache
def codes() -> tuple[str, ...]:
    """The languages that there are."""
    folder = files(__package__).joinpath("languages")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def language_for(locale: str | None) -> "Language":
    """The language of a locale such as ``de-AT``; English where there is no file for it."""
    code = (locale or DEFAULT).replace("_", "-").partition("-")[0].casefold()
    return read_language(code if code in codes() else DEFAULT)


@cache
def read_language(code: str) -> Language:
    """Read a language's file and check it.

    Raises:
        GrammarError: naming what is wrong.
    """
    text = files(__package__).joinpath("languages", f"{code}.toml").read_text(encoding="utf-8")
    return load_language(code, tomllib.loads(text))


def load_language(code: str, data: Mapping[str, Any]) -> Language:
    """Make a language of what its file holds.

    Raises:
        GrammarError: naming the rule that is wrong.
    """
    language = Language(
        code=code,
        rules={name: compile_rule(rule, name) for name, rule in data["rules"].items()},
        tables={name: _table(name, words) for name, words in data["words"].items()},
        labels=data["expects"],
        says=data["says"],
        sentences=data["sentences"],
        notes=data["notes"],
        ordinals=data["ordinals"],
        units=data["units"],
        relative_units=data["relative_units"],
        examples=data["examples"],
    )
    _check(language)
    return language


def _table(name: str, words: Mapping[str, list[str]]) -> Table:
    values: dict[tuple[str, ...], Any] = {}
    names: dict[Any, str] = {}
    for key, spellings in words.items():
        value = int(key) if key.lstrip("-").isdigit() else key
        names[value] = spellings[0]
        for spelling in spellings:
            tokens = tuple(token.text for token in tokenize(spelling))
            if values.get(tokens, value) != value:
                raise GrammarError(f"{name}: {spelling!r} means both {values[tokens]!r} and {value!r}")
            values[tokens] = value
    return Table(values, max(map(len, values)), names)


def _check(language: Language) -> None:
    for name, alternatives in language.rules.items():
        for alternative in alternatives:
            if alternative.meaning and alternative.meaning not in MEANINGS:
                raise GrammarError(f"{name}: there is no meaning {alternative.meaning!r}")
            for reference in _references(alternative.pattern):
                if not any(reference in known for known in (language.rules, language.tables, TERMINALS)):
                    raise GrammarError(f"{name}: there is no rule, table or terminal <{reference}>")
        if name in _reachable_first(language, name):
            raise GrammarError(f"{name}: begins with itself, which would never end")


def _references(pattern: Sequence) -> set[str]:
    found: set[str] = set()
    for node in pattern:
        if isinstance(node, Reference):
            found.add(node.name)
        elif isinstance(node, Choice):
            for option in node.options:
                found |= _references(option)
    return found


def _reachable_first(language: Language, name: str) -> set[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for alternative in language.rules.get(waiting.pop(), ()):
            for first in _firsts(alternative.pattern) - seen:
                seen.add(first)
                waiting.append(first)
    return seen


def _firsts(pattern: Sequence) -> set[str]:
    """The references with which a pattern can begin; no rule reads nothing, only an optional choice does."""
    found: set[str] = set()
    for node in pattern:
        if isinstance(node, Literal):
            return found
        if isinstance(node, Reference):
            return found | {node.name}
        for option in node.options:
            found |= _firsts(option)
        if not node.optional:
            return found
    return found
