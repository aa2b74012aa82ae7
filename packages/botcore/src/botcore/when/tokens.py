"""Cutting a phrase into tokens: words, numbers, and the few shapes that mean the same in every language.

One regular expression without nested repetition, so the work grows with the length of the text and no faster.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MAX_CHARACTERS = 500
MAX_TOKENS = 40


class Kind(StrEnum):
    """What a token looks like; what it means is for the grammar to say."""

    WORD = "word"
    DIGITS = "digits"
    CLOCK = "clock"  # 17:30
    ISO = "iso"  # 2026-12-24
    SLASH = "slash"  # 31/12
    DOTTED = "dotted"  # 31.12. or 17.30 or 1.5
    COMMA = "comma"  # 1,5
    STAMP = "stamp"  # <t:1798131600:F>
    OFFSET = "offset"  # +02:00, UTC-5
    ZONE = "zone"  # Europe/Berlin
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Args:
        kind: its shape.
        text: what it says, case folded.
        written: the same as it was typed, for echoing it.
    """

    kind: Kind
    text: str
    written: str


class TooLong(Exception):
    """A phrase with more characters or words than a time can need."""


_TOKEN = re.compile(
    r"""
      (?P<stamp> <t:-?[0-9]{1,13}(?::[tTdDfFR])?> )
    | (?P<iso> [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]) )
    | (?P<slash> [0-9]{1,4}(?:/[0-9]{1,4})+(?![0-9]) )
    | (?P<clock> [0-9]{1,2}(?::[0-9]{2})+(?![0-9]) )
    | (?P<dotted> [0-9]{1,4}(?:\.[0-9]{1,4})+\.?(?![0-9]) )
    | (?P<comma> [0-9]{1,6},[0-9]{1,3}(?![0-9]) )
    | (?P<digits> [0-9]+ )
    | (?P<offset> (?:[uU][tT][cC]|[gG][mM][tT])?[+-][0-9]{1,2}(?::?[0-9]{2}){0,2}(?![0-9]) )
    | (?P<zone> [A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+ | (?<=\()[A-Za-z][A-Za-z0-9_+/-]*(?=[,)]) )
    | (?P<word> [^\W\d_]+(?:['\u2019][^\W\d_]+)* )
    | (?P<dot> (?<=[^\W\d_])\. )
    | (?P<separator> [,;] )
    | (?P<punctuation> \S )
    """,
    re.VERBOSE,
)
_HALVES_OF_THE_DAY = re.compile(r"(?i)(?<![^\W\d_])([ap])\.\s?m\.?(?![^\W\d_])")
_SILENT = {"dot", "separator"}  # "Fri." and "Friday, 27 November" say no more than without


def tokenize(text: str, *, limit: bool = True) -> list[Token]:
    """Cut ``text`` into tokens, with Unicode's compatible forms made one.

    Args:
        text: what was typed.
        limit: whether to refuse what is too long.

    Raises:
        TooLong: above 500 characters or 40 tokens.
    """
    if limit and len(text) > MAX_CHARACTERS:
        raise TooLong
    text = _HALVES_OF_THE_DAY.sub(r"\1m", unicodedata.normalize("NFKC", text))
    tokens = [
        Token(Kind(match.lastgroup), match.group().casefold().replace("\u2019", "'"), match.group())
        for match in _TOKEN.finditer(text)
        if match.lastgroup is not None and match.lastgroup not in _SILENT
    ]
    if limit and len(tokens) > MAX_TOKENS:
        raise TooLong
    return tokens
