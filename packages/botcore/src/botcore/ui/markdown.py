r"""Discord's markdown: showing what users typed as they typed it, and the marks that only Discord has.

The rule of the house: a template is the author's and is markdown, a value is a user's and is text.

    fill("You rolled **{roll}**, {name}.", roll=6, name="*alice*")   ->   You rolled **6**, \*alice\*.

`Markdown` marks a text that is already right, so that it is not escaped a second time; only the functions
here make one, or an author who wrote the text.
"""

import re
import string
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from botcore.ui.limits import LayoutError

ZERO_WIDTH_SPACE: Final = "\u200b"

# Discord follows a bare address up to the next white space or `<` and shows it unchanged, so escapes inside
# it would be seen and would break it. Its few characters that are also markdown are percent-encoded.
_MARKS: Final = r"\\*`|\[\]~@"
_ADDRESS_MARKS: Final = {ord(mark): f"%{ord(mark):02X}" for mark in "\\*`|[]~@"}

_ESCAPED: Final = re.compile(
    rf"""
      (?P<address> https?://[^\s<>]*[^\s<>{_MARKS}] ) (?P<more> (?=[{_MARKS}]) )?
    | (?P<mention> @ ) (?= everyone | here | [!&]?\d | \Z )
    | (?P<line> ^[^\S\n]*(?:\#|-|\+|>|\d+(?=\.)) )        # heading, small text, list, quotation
    | (?P<mark> [\\*_~`|<\[\]] )
    """,
    re.VERBOSE | re.MULTILINE,
)
_FORMATTER: Final = string.Formatter()


class Markdown(str):
    """A text that is Discord markdown already; `escape` and `fill` leave it as it is."""

    __slots__ = ()


class TimestampStyle(StrEnum):
    """How Discord shows a moment, in the reader's own language and time zone.

    Source: https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
    """

    SHORT_TIME = "t"
    LONG_TIME = "T"
    SHORT_DATE = "d"
    LONG_DATE = "D"
    SHORT = "f"
    LONG = "F"
    RELATIVE = "R"


def escape(text: str) -> Markdown:
    """Make `text` show exactly as it was typed.

    Bold, spoilers, code, masked links, headings, lists, quotations, mentions and custom emoji lose their
    meaning. A bare web address stays one that can be followed. `@everyone`, `@here` and `<@id>` also get an
    invisible character, because Discord looks for them without regard to backslashes.

    Use it for text inside markdown. Where Discord renders none (an embed's footer and author, labels,
    placeholders, choices), the text goes in as it is. Between backticks, use `inline_code` or `code_block`.
    """
    if isinstance(text, Markdown):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Markdown(_ESCAPED.sub(_escape_one, text))


def _escape_one(found: re.Match[str]) -> str:
    matched = found.group()
    if found["address"] is not None:
        # A space ends the address where `**https://example.org**` would otherwise take the stars along.
        return found["address"].translate(_ADDRESS_MARKS) + ("" if found["more"] is None else " ")
    if found["mention"] is not None:
        return matched + ZERO_WIDTH_SPACE
    if found["line"] is not None:
        # A backslash makes punctuation plain but not a digit: `1\.` and `\#`.
        return f"{matched}\\" if matched[-1].isdigit() else f"{matched[:-1]}\\{matched[-1]}"
    return f"\\{matched}"


def fill(template: str, /, **values: object) -> Markdown:
    """Put `values` into the `{names}` of a template that the author wrote, escaped.

    Without values the template is taken as written, braces included. A value may have a format
    (`{price:.2f}`); a `Markdown` value goes in unchanged.

    Raises:
        LayoutError: the template names a value that was not given, or uses `{}`, `{0}`, `{a.b}` or `{a!r}`.
    """
    return Markdown(_fill(template, values, escaped=True) if values else template)


def fill_plain(template: str, /, **values: object) -> str:
    """As `fill`, for the places where Discord renders no markdown and a backslash would be seen.

    Raises:
        LayoutError: as `fill`.
    """
    return _fill(template, values, escaped=False) if values else template


def _fill(template: str, values: dict[str, Any], *, escaped: bool) -> str:
    parts: list[str] = []
    try:
        pieces = list(_FORMATTER.parse(template))
    except ValueError as error:
        raise LayoutError(f"The template {template!r} cannot be read: {error}.") from error
    for literal, name, spec, conversion in pieces:
        parts.append(literal)
        if name is None:
            continue
        if not name.isidentifier() or conversion is not None:
            raise LayoutError(
                f"The template {template!r} has {{{name}}}; only plain names like {{roll}} can be filled in."
            )
        if name not in values:
            given = ", ".join(values)
            raise LayoutError(f"The template {template!r} wants {{{name}}}, which was not given ({given}).")
        value = values[name]
        text = value if isinstance(value, str) and not spec else format(value, spec or "")
        parts.append(escape(text) if escaped and not isinstance(value, int | float) else text)
    return "".join(parts)


def inline_code(text: str) -> Markdown:
    """`text` as code within a line; backticks and line breaks in it cannot end it."""
    text = " ".join(text.split("\n")).replace("`", "`" + ZERO_WIDTH_SPACE)
    fence = "``" if "`" in text else "`"
    return Markdown(f"{fence}{text or ZERO_WIDTH_SPACE}{fence}")


def code_block(text: str, language: str = "") -> Markdown:
    """`text` as a block of code; a fence inside it cannot end it.

    Args:
        text: What to show.
        language: A name for syntax colours, such as `json`.
    """
    text = text.replace("``", f"`{ZERO_WIDTH_SPACE}`").replace("``", f"`{ZERO_WIDTH_SPACE}`")
    return Markdown(f"```{language}\n{text or ZERO_WIDTH_SPACE}\n```")


def timestamp(moment: datetime, style: TimestampStyle | None = None) -> Markdown:
    """A moment that every reader sees in their own language and time zone.

    Args:
        moment: An aware datetime; Discord shows whole seconds.
        style: Default is Discord's own choice, date and time.

    Raises:
        LayoutError: `moment` has no time zone.
    """
    seconds = int(require_aware(moment).timestamp())
    return Markdown(f"<t:{seconds}>" if style is None else f"<t:{seconds}:{style}>")


def require_aware(moment: datetime) -> datetime:
    """Hand `moment` back, or refuse it.

    Raises:
        LayoutError: `moment` has no time zone, so it names no moment.
    """
    if moment.utcoffset() is None:
        raise LayoutError(f"{moment!r} has no time zone, so it names no moment; ask the Clock, or give it tzinfo=UTC.")
    return moment
