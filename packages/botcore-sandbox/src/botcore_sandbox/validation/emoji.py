"""Telling an emoji from other text, as far as a name without an id goes."""

import unicodedata

_KEYCAP = "\u20e3"
_KEYCAPPED = frozenset("#*0123456789")
_LETTER_LIKE = frozenset("\u2139\u24c2")
"""The two emoji that Unicode counts among letters and marks of enumeration: information and the circled M."""

_ASCII_END = 0x80


def is_unicode_emoji(name: str) -> bool:
    """Whether a text can be one of Unicode's emoji: symbols only, no letters, digits or spaces.

    Discord knows the exact list; this refuses what bots get wrong (`pizza`, `:pizza:`, nothing at all) and takes
    emoji that are younger than this machine's tables.
    """
    if not name:
        return False
    if name.endswith(_KEYCAP):
        return name[0] in _KEYCAPPED
    return all(_is_part(character) for character in name)


def _is_part(character: str) -> bool:
    if character in _LETTER_LIKE:
        return True
    return ord(character) >= _ASCII_END and unicodedata.category(character)[0] not in "LNZ"
