"""The parser: reads a whole list of tokens by the grammar of one language, or says where it got stuck.

Every rule is read at most once from each place (its results are kept), and of several readings that end at the same
place only the first counts. So the work is bounded by the size of the grammar times the square of the number of tokens,
whatever somebody types; `Parse.steps` counts it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botcore.when import terminals
from botcore.when.meanings import MEANINGS
from botcore.when.notation import Alternative, Literal, Node, Reference, Sequence
from botcore.when.tokens import Token

if TYPE_CHECKING:
    from botcore.when.language import Language

type Ends = Mapping[int, Any]  # the value by the place behind it, the preferred reading first


class Parse:
    """One attempt to read tokens by a rule.

    Args:
        language: whose grammar.
        tokens: what to read.
        explain: whether to note what could have stood at each place; costs time, so only after a failure.
    """

    def __init__(self, language: "Language", tokens: list[Token], *, explain: bool = False) -> None:
        self.language = language
        self.tokens = tokens
        self.steps = 0
        self.furthest = 0
        self._explain = explain
        self._memory: dict[tuple[str, int, bool], Ends] = {}
        self._labelled: list[int] = []  # places at which a labelled rule speaks for everything inside it
        self.labels: dict[int, dict[str, None]] = {}
        self.words: dict[int, dict[str, None]] = {}

    def whole(self, rule: str) -> Any:
        """Return the value of all tokens by ``rule``, or ``None`` where they are not wholly understood."""
        return self._rule(rule, 0).get(len(self.tokens))

    def _named(self, name: str, place: int) -> Ends:
        key = (name, place, place in self._labelled)
        ends = self._memory.get(key)
        if ends is None:
            if name in self.language.rules:
                ends = self._rule(name, place)
            elif name in self.language.tables:
                ends = self._table(name, place)
            else:
                ends = self._terminal(name, place)
            self._memory[key] = ends
            if ends:
                self.furthest = max(self.furthest, *ends)
        return ends

    def _rule(self, name: str, place: int) -> Ends:
        label = self.language.labels.get(name) if self._explain else None
        if label is not None:
            self._note(self.labels, place, label)
            self._labelled.append(place)
        ends: dict[int, Any] = {}
        for alternative in self.language.rules[name]:
            for end, captured in self._sequence(alternative.pattern, place).items():
                if end not in ends:
                    ends[end] = _meaning(alternative, captured)
        if label is not None:
            self._labelled.pop()
        return ends

    def _sequence(self, pattern: Sequence, place: int) -> dict[int, dict[str, Any]]:
        states: dict[int, dict[str, Any]] = {place: {}}
        for node in pattern:
            following: dict[int, dict[str, Any]] = {}
            for start, captured in states.items():
                for end, more in self._node(node, start).items():
                    if end not in following:
                        following[end] = {**captured, **more} if more else captured
            if not following:
                return following
            states = following
        return states

    def _node(self, node: Node, place: int) -> dict[int, dict[str, Any]]:
        self.steps += 1
        if isinstance(node, Literal):
            if place < len(self.tokens) and self.tokens[place].text == node.word:
                self.furthest = max(self.furthest, place + 1)
                return {place + 1: {}}
            if self._explain:
                self._note(self.words, place, node.word)
                self._say(place, f'"{node.word}"')
            return {}
        if isinstance(node, Reference):
            ends = self._named(node.name, place)
            return {end: {node.key: value} if node.key else {} for end, value in ends.items()}
        found: dict[int, dict[str, Any]] = {}
        for option in node.options:
            for end, captured in self._sequence(option, place).items():
                found.setdefault(end, captured)
        if node.optional:
            found.setdefault(place, {})
        return found

    def _table(self, name: str, place: int) -> Ends:
        table = self.language.tables[name]
        ends = {}
        for length in range(min(table.longest, len(self.tokens) - place), 0, -1):
            self.steps += 1
            key = tuple(token.text for token in self.tokens[place : place + length])
            if key in table.values:
                ends[place + length] = table.values[key]
        if not ends and self._explain:
            for words in table.values:
                self._note(self.words, place, " ".join(words))
            self._say(place, self.language.labels.get(name) or f'"{" ".join(next(iter(table.values)))}"')
        return ends

    def _terminal(self, name: str, place: int) -> Ends:
        self.steps += 1
        if place < len(self.tokens):
            value = terminals.TERMINALS[name](self.tokens[place])
            if value is not None:
                return {place + 1: value}
        if self._explain and name in self.language.labels:
            self._say(place, self.language.labels[name])
        return {}

    def _say(self, place: int, label: str) -> None:
        if place not in self._labelled:
            self._note(self.labels, place, label)

    @staticmethod
    def _note(notes: dict[int, dict[str, None]], place: int, text: str) -> None:
        notes.setdefault(place, {})[text] = None


def _meaning(alternative: Alternative, captured: dict[str, Any]) -> Any:
    if not alternative.meaning:
        return next(iter(captured.values()))
    return MEANINGS[alternative.meaning](**captured, **dict(alternative.constants))
