"""Discord's markdown as text for a terminal: what is bold there is bold here, and no mark is left to be seen.

Knows the marks that messages of bots are made of (https://discord.com/developers/docs/reference#message-formatting and
https://support.discord.com/hc/en-us/articles/210298617); others stay as they are.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from rich.style import Style
from rich.text import Text

_MARK = re.compile(
    r"""
      \\ (?P<escaped> [^\w\s] | _ )
    | ``` (?: \w*\n )? (?P<block> .*? ) \n? ```
    | ` (?P<code> [^`\n]+ ) `
    | (?P<bold> \*\* )
    | (?P<underline> __ )
    | (?P<strike> ~~ )
    | (?P<italic> \* | (?<!\w)_ | _(?!\w) )
    | <t: (?P<moment> \d+ ) (?: : (?P<form> \w ) )? >
    | < (?P<mention> @&? | \# ) !? (?P<id> \d+ ) >
    | \[ (?P<label> [^\]\n]+ ) \]\( (?P<address> https?://[^)\s]+ ) \)
    """,
    re.VERBOSE | re.DOTALL,
)
_MENTION = Style(color="#7983f5")
_CODE = Style(color="bright_white", bgcolor="grey19")
_FORMS = {"t": "%H:%M", "T": "%H:%M:%S", "d": "%d/%m/%Y", "D": "%d %B %Y", "F": "%A, %d %B %Y %H:%M"}
_UNITS = (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
_USUAL_FORM = "%d %B %Y %H:%M"


def from_markdown(source: str, names: Mapping[str, str] | None = None, now: datetime | None = None) -> Text:
    """The text that Discord would show.

    Args:
        source: the markdown.
        names: what mentions stand for: ``{"@1": "@Bob", "#2": "#general", "@&3": "@Keepers"}``; others stay numbers.
        now: the moment from which relative times are told; the machine's by default.
    """
    text = Text()
    on: set[str] = set()
    position = 0
    for found in _MARK.finditer(source):
        text.append(source[position : found.start()], _style(on))
        position = found.end()
        match found.lastgroup:
            case "escaped":
                text.append(found["escaped"], _style(on))
            case "code":
                text.append(found["code"], _CODE)
            case "block":
                if text and not text.plain.endswith("\n"):
                    text.append("\n")
                text.append(found["block"], _CODE)
                if position < len(source) and source[position] != "\n":
                    text.append("\n")
            case "moment" | "form":
                text.append(_moment(int(found["moment"]), found["form"], now or datetime.now(UTC)), _style(on))
            case "id":
                mentioned = f"{found['mention']}{found['id']}"
                text.append((names or {}).get(mentioned, mentioned), _MENTION)
            case "address":
                text.append(found["label"], Style(underline=True, link=found["address"]))
            case str() as mark:
                on ^= {mark}
            case None:
                pass
    text.append(source[position:], _style(on))
    return text


def _style(on: set[str]) -> Style:
    """A style that says nothing where nothing is on, so that a style around it stays."""
    return Style.parse(" ".join(on))


def _moment(seconds: int, form: str | None, now: datetime) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    if form == "R":
        return _distance((moment - now).total_seconds())
    return moment.astimezone().strftime(_FORMS.get(form or "f", _USUAL_FORM))


def _distance(seconds: float) -> str:
    """How far away a moment is, in its largest unit, as Discord says it."""
    count, unit = next(
        (round(abs(seconds) / length), unit) for unit, length in _UNITS if abs(seconds) >= length or length == 1
    )
    words = f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return f"in {words}" if seconds >= 0 else f"{words} ago"
