"""Discord's numbers for what a message may hold, and the check that names the one that was broken.

Every number is stated once, here. Source: Discord's published API description and
https://discord.com/developers/docs (Message, Embed Limits, Component Reference). Lengths are counted in
Unicode code points, after Discord has trimmed the white space at both ends.
"""

from collections.abc import Hashable, Iterable
from typing import Final
from urllib.parse import urlsplit

from botcore.errors import BotCoreError

MESSAGE_CONTENT: Final = 2000
MESSAGE_EMBEDS: Final = 10
MESSAGE_FILES: Final = 10
MESSAGE_ROWS: Final = 5
MESSAGE_MENTIONS: Final = 100

EMBED_TITLE: Final = 256
EMBED_DESCRIPTION: Final = 4096
EMBED_FIELDS: Final = 25
EMBED_FIELD_NAME: Final = 256
EMBED_FIELD_VALUE: Final = 1024
EMBED_FOOTER: Final = 2048
EMBED_AUTHOR: Final = 256
EMBED_URL: Final = 2048
EMBED_TEXT_IN_TOTAL: Final = 6000
"""Over all embeds of one message together."""

COLOUR_HIGHEST: Final = 0xFFFFFF

CUSTOM_ID: Final = 100
ROW_BUTTONS: Final = 5
BUTTON_LABEL: Final = 80
BUTTON_URL: Final = 512
SELECT_OPTIONS: Final = 25
SELECT_TEXT: Final = 100
SELECT_PLACEHOLDER: Final = 150

MODAL_TITLE: Final = 45
MODAL_INPUTS: Final = 5
INPUT_LABEL: Final = 45
INPUT_PLACEHOLDER: Final = 100
INPUT_LENGTH: Final = 4000

FILE_BYTES: Final = 10 * 1024 * 1024
FILE_DESCRIPTION: Final = 1024


class LayoutError(BotCoreError, ValueError):
    """A message, component or modal was written in a way that Discord will never accept.

    It is the author's mistake, not the user's: what users typed is shortened instead.
    """


def require_length(what: str, text: str, highest: int, *, lowest: int = 1) -> None:
    """Refuse `text` when it has fewer than `lowest` or more than `highest` characters once trimmed.

    Raises:
        LayoutError: names `what`, the length it has and the length it may have.
    """
    length = len(text.strip())
    if length < lowest:
        raise LayoutError(f"{what} is empty; Discord wants at least {lowest} character.")
    if length > highest:
        raise LayoutError(
            f"{what} has {length} characters and Discord allows {highest}: {text[:40]!r}... "
            f"Shorten what a user typed with shorten(text, {highest})."
        )


def require_count(what: str, count: int, highest: int, *, lowest: int = 0) -> None:
    """Refuse a number of things outside `lowest..highest`.

    Raises:
        LayoutError: names `what` and both numbers.
    """
    if not lowest <= count <= highest:
        raise LayoutError(f"{what}: {count}, and Discord allows {lowest} to {highest}.")


def require_unique(what: str, values: Iterable[Hashable]) -> None:
    """Refuse a value that appears twice.

    Raises:
        LayoutError: names `what` and the first repeated value.
    """
    seen: set[Hashable] = set()
    for value in values:
        if value in seen:
            raise LayoutError(f"{what} {value!r} is used twice; Discord wants each one once.")
        seen.add(value)


def require_url(what: str, url: str, highest: int = EMBED_URL, *, attachment: bool = False) -> None:
    """Refuse an address that Discord does not follow.

    Args:
        what: What the address is for, as the message names it.
        url: The address.
        highest: The longest address allowed, in characters.
        attachment: Whether `attachment://name.png` (a file of the same message) is allowed too.

    Raises:
        LayoutError: names the address and the schemes that are allowed.
    """
    require_length(what, url, highest)
    schemes = ("http", "https", "attachment") if attachment else ("http", "https")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise LayoutError(f"{what} is not an address: {url!r} ({error}).") from error
    if parts.scheme not in schemes or not parts.netloc:
        allowed = " or ".join(f"{scheme}://" for scheme in schemes)
        raise LayoutError(f"{what} is {url!r}; Discord follows only {allowed} addresses.")
