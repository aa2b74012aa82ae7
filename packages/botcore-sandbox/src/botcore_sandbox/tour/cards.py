"""How Discord's things look in a terminal: embeds as cards with an edge, buttons, forms and lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.panel import Panel
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from botcore_sandbox.driver.views import MessageView, ModalView
from botcore_sandbox.tour.audience import Suggestion
from botcore_sandbox.tour.discord_markdown import from_markdown
from botcore_sandbox.validation.buttons import BUTTON
from botcore_sandbox.validation.components import walk
from botcore_sandbox.validation.selects import SELECT_TYPES

DISABLED = Style(dim=True)
_NO_COLOUR = 0x4E5058
_BUTTON_COLOURS = {1: "#5865f2", 2: "#4e5058", 3: "#248046", 4: "#da373c", 5: "#4e5058"}
_GAP = "  "
_MOST_SUGGESTIONS = 5
_WIDEST_NAME = 30


class Prefixed:
    """Something with the same text before each of its lines.

    Args:
        prefix: one line; `plain` stands for it where the output knows ASCII only.
        body: anything that rich can show.
        style: the prefix's.
    """

    def __init__(self, prefix: str, body: RenderableType, style: Style | None = None, *, plain: str = "") -> None:
        self._prefix = prefix
        self._plain = plain or prefix
        self._body = body
        self._style = style or Style()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        prefix = Segment(self._plain if options.ascii_only else self._prefix, self._style)
        room = max(options.max_width - prefix.cell_length, 1)
        for line in console.render_lines(self._body, options.update(width=room), pad=False):
            yield from _without_trailing_space([prefix, *line])
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        prefix = cell_len(self._prefix)
        room = max(options.max_width - prefix, 1)
        body = Measurement.get(console, options.update(max_width=room), self._body)
        return Measurement(body.minimum + prefix, body.maximum + prefix)


def _without_trailing_space(line: list[Segment]) -> list[Segment]:
    """A line without the spaces that wrapping leaves at its end; those with a colour behind them stay."""
    while line and (line[-1].style is None or line[-1].style.bgcolor is None):
        bare = line[-1].text.rstrip(" ")
        if bare:
            return [*line[:-1], Segment(bare, line[-1].style)]
        line = line[:-1]
    return line


class Buttons:
    """Buttons beside one another, as many in a line as there is room for.

    Without colours, brackets show where one begins and ends.
    """

    def __init__(self, buttons: Iterable[tuple[str, Style]]) -> None:
        self._buttons = list(buttons)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bare = console.color_system is None or console.no_color
        line = Text()
        for label, style in self._buttons:
            button = f"[ {label} ]" if bare else f" {label} "
            if line and line.cell_len + len(_GAP) + cell_len(button) > options.max_width:
                yield line
                line = Text()
            if line:
                line.append(_GAP)
            line.append(button, None if bare else style)
        if line:
            yield line


def message_card(message: MessageView) -> RenderableType:
    """Everything that a message shows."""
    parts: list[RenderableType] = []
    if message.content:
        parts.append(from_markdown(message.content, message.names, message.now))
    parts += [_embed(embed, partial(from_markdown, names=message.names, now=message.now)) for embed in message.embeds]
    buttons = [component for component in walk(message.components) if component["type"] == BUTTON]
    selects = [component for component in walk(message.components) if component["type"] in SELECT_TYPES]
    if buttons:
        parts.append(Buttons((_label(button), _button_style(button)) for button in buttons))
    parts += [Text(f"[ {select.get('placeholder') or 'Choose'} ▾ ]", "dim") for select in selects]
    return Group(*parts)


def form_card(form: ModalView, values: Mapping[str, str] | None = None) -> RenderableType:
    """A form as it opens, or as somebody has filled it in; values by label."""
    parts: list[RenderableType] = []
    for field in form.fields:
        typed = field.value if values is None else values.get(field.label, "")
        parts.append(Text(field.label, "bold"))
        if typed:
            parts.append(Prefixed("▏ ", Text(typed), Style(dim=True), plain="| "))
        else:
            parts.append(Text(f"▏ {field.component.get('placeholder') or ''}".rstrip(), "dim italic"))
    return Panel(
        Group(*parts),
        title=Text(form.title, "bold"),
        title_align="left",
        box=box.ROUNDED,
        border_style="#5865f2",
        expand=False,
        padding=(0, 2, 0, 1),
    )


def suggestion_list(offered: Sequence[Suggestion]) -> RenderableType:
    """What an option offers; the first line is the one that Enter would take."""
    if not offered:
        return Panel(Text("No options match your search.", "dim"), box=box.ROUNDED, border_style="dim", expand=False)
    lines = [
        Text(suggestion.name, "bold" if index == 0 else "", no_wrap=True, overflow="ellipsis")
        for index, suggestion in enumerate(offered[:_MOST_SUGGESTIONS])
    ]
    if len(offered) > _MOST_SUGGESTIONS:
        lines.append(Text(f"... and {len(offered) - _MOST_SUGGESTIONS} more", "dim"))
    return Panel(Group(*lines), box=box.ROUNDED, border_style="dim", expand=False)


def _embed(embed: Mapping[str, Any], read: Callable[[str], Text]) -> RenderableType:
    parts: list[RenderableType] = []
    if author := embed.get("author", {}).get("name"):
        parts.append(Text(author, "dim"))
    if title := embed.get("title"):
        heading = read(title)
        heading.stylize_before("bold")
        parts.append(heading)
    if description := embed.get("description"):
        parts.append(read(description))
    parts += _fields(embed.get("fields", ()), read)
    if "image" in embed:
        parts.append(Text("[ picture ]", "dim"))
    if footer := embed.get("footer", {}).get("text"):
        parts.append(Text(footer, "dim"))
    colour = f"#{embed.get('color', _NO_COLOUR):06x}"
    return Prefixed("▌ ", Group(*parts), Style(color=colour), plain="| ")


def _fields(fields: Sequence[Mapping[str, Any]], read: Callable[[str], Text]) -> list[RenderableType]:
    """A field of one line stands beside its name, so that a list of them reads as a table."""
    pairs = [(read(field["name"]), read(field["value"])) for field in fields]
    short = [name.cell_len for name, value in pairs if "\n" not in value.plain]
    column = max(short, default=0) + 2
    shown: list[RenderableType] = []
    for name, value in pairs:
        name.stylize_before("bold")
        if "\n" not in value.plain and column <= _WIDEST_NAME:
            name.append(" " * (column - name.cell_len))
            shown.append(name + value)
        else:
            shown += [name, Prefixed("  ", value)]
    return shown


def _label(component: Mapping[str, Any]) -> str:
    emoji = component.get("emoji", {}).get("name") or ""
    return f"{emoji} {component.get('label') or ''}".strip()


def _button_style(component: Mapping[str, Any]) -> Style:
    if component.get("disabled"):
        return DISABLED
    return Style(color="white", bgcolor=_BUTTON_COLOURS.get(int(component["style"]), _BUTTON_COLOURS[2]))
