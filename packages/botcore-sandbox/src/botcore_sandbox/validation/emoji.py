"""Emoji in paths and polls.

Discord knows each emoji by name; the sandbox goes by the blocks of Unicode that emoji live in, which refuses plain
text and takes a few symbols too many.
"""

import re

from botcore_sandbox.errors import ApiError
from botcore_sandbox.state.messages import Emoji

_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3\\Z")
_BASE = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_UNICODE = re.compile(f"[{_BASE}][{_BASE}\u200d\ufe0f\U000e0020-\U000e007f]{{0,15}}\\Z")


def read_emoji(text: str) -> Emoji:
    """An emoji as a path names it: its characters, or `name:id`.

    Raises:
        ApiError: 10014; the sandbox's guilds have no emoji of their own, so each of those is unknown.
    """
    if is_unicode_emoji(text):
        return Emoji(text)
    raise ApiError.known(10014)


def is_unicode_emoji(text: str) -> bool:
    """Whether a text is one emoji of Unicode."""
    return bool(_UNICODE.match(text) or _KEYCAP.match(text))
