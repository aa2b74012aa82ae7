"""Discord's markdown as text for a terminal: what is bold there is bold here, and no mark is left to be seen.

Knows the marks that messages of bots are made of (https://discord.com/developers/docs/reference#message-formatting and
https://support.discord.com/hc/en-us/articles/210298617); others stay as they are.
"""

import re
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
    """,
    re.VERBOSE | re.DOTALL,
)
_CODE = Style(color="bright_white", bgcolor="grey19")
_FORMS = {"t": "%H:%M", "T": "%H:%M:%S", "d": "%d/%m/%Y", "D": "%d %B %Y", "F": "%A, %d %B %Y %H:%M"}
_USUAL_FORM = "%d %B %Y %H:%M"


def from_markdown(source: str) -> Text:
    """The text that Discord would show."""
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
                text.append(_moment(int(found["moment"]), found["form"]), _style(on))
            case str() as mark:
                on ^= {mark}
            case None:
                pass
    text.append(source[position:], _style(on))
    return text


def _style(on: set[str]) -> Style:
    """A style that says nothing where nothing is on, so that a style around it stays."""
    return Style.parse(" ".join(on))


def _moment(seconds: int, form: str | None) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime(_FORMS.get(form or "f", _USUAL_FORM))
