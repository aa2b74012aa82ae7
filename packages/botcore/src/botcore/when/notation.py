"""The notation in which a language file writes its grammar, compiled into nodes.

One alternative a line::

    [the] day after tomorrow        -> day days=2
    {next|coming} <weekday>         -> weekday which=next
    <amount> <unit> [and] <:filler> -> quantity

A bare word stands for itself; ``[...]`` may be left out; ``{a|b}`` and ``[a|b]`` choose; ``<name>`` is a rule, a
table of words or a terminal of that name and hands its value to the meaning under the same name, ``<other:name>``
under another one and ``<:name>`` under none. After the arrow come the meaning's name and its constants. An
alternative without an arrow means what its only ``<name>`` means.
"""

import re
from dataclasses import dataclass

from botcore.errors import BotCoreError


class GrammarError(BotCoreError):
    """A language file says something that cannot be a grammar."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A word that stands for itself."""

    word: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a rule, a table or a terminal reads.

    Args:
        key: the name under which the meaning gets the value, or ``""`` for none.
        name: the rule, table or terminal.
    """

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, the first that fits; or none at all, where it may be left out."""

    options: tuple["Sequence", ...]
    optional: bool


type Node = Literal | Reference | Choice
type Sequence = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One line of a rule.

    Args:
        pattern: what it reads.
        meaning: the name of the function that makes a value of it, or ``""`` to pass on the only captured one.
        constants: what the function gets beside what was captured.
    """

    pattern: Sequence
    meaning: str
    constants: tuple[tuple[str, int | str], ...]


_PIECE = re.compile(r"\s*(<[a-z_:]+>|[\[\]{}|]|[^\s\[\]{}|<>]+)")


def compile_rule(text: str, name: str) -> tuple[Alternative, ...]:
    """Compile the lines of one rule.

    Raises:
        GrammarError: naming the rule and the line.
    """
    return tuple(_alternative(line.strip(), name) for line in text.strip().splitlines() if line.strip())


def _alternative(line: str, rule: str) -> Alternative:
    pattern_text, _arrow, action = line.partition("->")
    pieces = _PIECE.findall(pattern_text)
    if "".join(pieces) != "".join(pattern_text.split()):
        raise GrammarError(f"{rule}: {line!r} has a piece that cannot be read")
    pattern, rest = _sequence(pieces, 0, rule, line)
    if rest != len(pieces) or not pattern:
        raise GrammarError(f"{rule}: the brackets of {line!r} do not match")
    meaning, *constants = action.split() or [""]
    keys = list(_keys(pattern))
    if not meaning and len(keys) != 1:
        raise GrammarError(f"{rule}: {line!r} captures {len(keys)} values; say after -> what they mean")
    return Alternative(pattern, meaning, tuple(_constant(constant) for constant in constants))


def _constant(text: str) -> tuple[str, int | str]:
    key, _equals, value = text.partition("=")
    return key, int(value) if value.lstrip("-").isdigit() else value


def _sequence(pieces: list[str], place: int, rule: str, line: str) -> tuple[Sequence, int]:
    nodes: list[Node] = []
    while place < len(pieces) and pieces[place] not in {"]", "}", "|"}:
        piece = pieces[place]
        if piece in {"[", "{"}:
            choice, place = _choice(pieces, place, rule, line)
            nodes.append(choice)
            continue
        if piece.startswith("<"):
            key, colon, name = piece[1:-1].partition(":")
            nodes.append(Reference(key, name if colon else key))
        else:
            nodes.append(Literal(piece.casefold()))
        place += 1
    return tuple(nodes), place


def _choice(pieces: list[str], place: int, rule: str, line: str) -> tuple[Choice, int]:
    optional = pieces[place] == "["
    options: list[Sequence] = []
    while True:
        sequence, place = _sequence(pieces, place + 1, rule, line)
        options.append(sequence)
        if place == len(pieces):
            raise GrammarError(f"{rule}: the brackets of {line!r} do not match")
        if pieces[place] != "|":
            break
    if pieces[place] != ("]" if optional else "}") or not all(options):
        raise GrammarError(f"{rule}: the brackets of {line!r} do not match")
    return Choice(tuple(options), optional), place + 1


def _keys(pattern: Sequence) -> "list[str]":
    found: list[str] = []
    for node in pattern:
        if isinstance(node, Reference) and node.key:
            found.append(node.key)
        elif isinstance(node, Choice):
            for option in node.options:
                found += [key for key in _keys(option) if key not in found]
    return found
