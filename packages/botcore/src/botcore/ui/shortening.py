"""Cutting a text that is too long where a reader would cut it.

Here: where a text may be cut. Not here: which texts are cut (embeds and messages decide that).
"""

import re
import unicodedata
from typing import Final

ELLIPSIS: Final = "\u2026"
_FENCE: Final = "```"
_ZERO_WIDTH_JOINER: Final = "\u200d"

# A word boundary is looked for in this share of the text's end; further back, too much would be lost.
_WORD_SHARE: Final = 0.25

# A mention or a time (`<@1>`, `<t:1:R>`) that the cut would leave open.
_OPEN_TOKEN: Final = re.compile(r"<[@#t:/a][^<>\s]{0,100}\Z")


def shorten(text: str, limit: int) -> str:
    """Make `text` at most `limit` characters long, and show that something is missing.

    The cut falls between two words when there is a space near the end, otherwise between two whole visible
    characters: never inside an emoji, between a letter and its accent, inside a mention, or after the
    backslash of an escape. A code block that the cut would leave open is closed.

    Args:
        text: Any text; the white space around it is dropped, as Discord does.
        limit: The greatest length, in Unicode code points, as Discord counts; at least 1.

    Raises:
        ValueError: `limit` is below 1.
    """
    if limit < 1:
        raise ValueError(f"A text cannot be shortened to {limit} characters; the ellipsis alone needs 1.")
    text = text.strip()
    if len(text) <= limit:
        return text
    kept = _cut(text, limit - len(ELLIPSIS)) + ELLIPSIS
    closing = "\n" + _FENCE
    if kept.count(_FENCE) % 2 and limit > len(closing):
        kept = _cut(text, limit - len(ELLIPSIS) - len(closing)) + ELLIPSIS
        if kept.count(_FENCE) % 2:
            kept += closing
    return kept


def _cut(text: str, length: int) -> str:
    """The longest good beginning of `text` with at most `length` characters; `text` is longer than that."""
    end = length
    while end > 0 and not _is_boundary(text, end):
        end -= 1
    kept = text[:end]
    if not text[end].isspace() and not kept[-1:].isspace():
        words = kept.rsplit(maxsplit=1)
        if len(words) > 1 and len(words[0]) >= length * (1 - _WORD_SHARE):
            kept = words[0]
    kept = _OPEN_TOKEN.sub("", kept).rstrip()
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return kept[:-1] if backslashes % 2 else kept


def _is_boundary(text: str, index: int) -> bool:
    """Whether a reader sees a new character start at `index`.

    A short form of https://unicode.org/reports/tr29/ (grapheme clusters): enough for accents, emoji with
    skin tones, joined emoji, flags and keycaps.
    """
    before, after = text[index - 1], text[index]
    if _ZERO_WIDTH_JOINER in {before, after} or _extends(after):
        return False
    if _is_flag_letter(before) and _is_flag_letter(after):
        start = index
        while start > 0 and _is_flag_letter(text[start - 1]):
            start -= 1
        return (index - start) % 2 == 0
    return True


def _extends(character: str) -> bool:
    """Whether `character` only changes the one before it: accents, variation selectors, skin tones, tags."""
    return (
        unicodedata.category(character) in {"Mn", "Mc", "Me"}
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
