"""The audience at a terminal: prints a visit as a short play, step by step, while it happens.

Piped into a file or with ``plain`` it is the same text without one control code.
"""

import json
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console, RenderableType
from rich.style import Style
from rich.text import Text

from botcore_sandbox.driver.views import MessageView, ModalView
from botcore_sandbox.tour import cards
from botcore_sandbox.tour.audience import Failure, Suggestion, Summary

WIDEST = 100
"""Columns; longer lines are hard to read, however wide the terminal is."""

_INDENT = "    "
_DEEPER = _INDENT * 2
_PEOPLE = ("bright_cyan", "bright_magenta", "bright_yellow", "bright_green", "bright_blue")
_BLURPLE = "#7983f5"
_BADGE = Style(color="white", bgcolor="#5865f2", bold=True)
_READ_NEXT = (
    ("README.md", "what this is, and how to run it for real"),
    ("examples/01-dice", "a whole feature in 30 lines, with its test"),
    ("packages/botcore-sandbox", "this Discord of your own, for your own tests"),
    ("botcore sandbox serve", "leaves it running, for a bot of yours"),
)


def terminal(*, plain: bool = False) -> Console:
    """A console on standard output: coloured on a terminal, unless ``plain`` or NO_COLOR asks for none.

    Args:
        plain: nothing but text, whatever standard output is.
    """
    if "utf" not in (sys.stdout.encoding or "").casefold():
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # a question mark for an emoji, rather than an end in the middle
    console = Console(highlight=False, markup=False, emoji=False)
    if plain or not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, color_system=None, force_terminal=False)
    console.width = min(console.width, WIDEST)
    return console


class Printing:
    """Prints a visit.

    Args:
        console: where to; `terminal` makes the usual one.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        ascii_only = console.options.ascii_only
        self._rule, self._tick, self._cross = ("-", "+", "x") if ascii_only else ("─", "✓", "✗")
        self._colours: dict[str, str] = {}
        self._after_a_card = False
        self._after_a_gap = False

    def curtain(self, address: str) -> None:
        """The headline, and where it plays."""
        self._console.print()
        for line, style in (("A visit to a bot, on a Discord of your own", "bold"), (address, "dim")):
            room = (self._console.width - len(line)) // 2
            self._console.print(Text(" " * max(room, 0) + line, style))

    def begins(self, number: int, title: str) -> None:
        """A line across the page with the step's number and title."""
        self._after_a_card = self._after_a_gap = False
        head = Text.assemble((f"{self._rule * 2} ", _BLURPLE), (f"{number} · {title}", f"bold {_BLURPLE}"), " ")
        room = self._console.width - head.cell_len
        self._console.print()
        self._console.print(head.append(self._rule * max(room, 0), _BLURPLE), no_wrap=True, crop=True)

    def ends(self, seconds: float) -> None:
        """A tick, and how long it took."""
        self._print(Text.assemble((self._tick, "bold green"), (f" {_time(seconds)}", "dim")))

    def left_out(self, title: str, feature: str) -> None:
        """One line."""
        if not self._after_a_gap:
            self._console.print()
        self._after_a_gap = True
        self._console.print(
            Text(f"{self._rule * 2} left out: {title} (there is no feature {feature} in this bot)", "dim")
        )

    def tells(self, text: str) -> None:
        """A stage direction."""
        self._beat()
        self._print(Text(text, "italic"))

    def uses(self, who: str, command: str, options: Mapping[str, str]) -> None:
        """A command as it stands in the input line before it is sent."""
        self._beat()
        self._print(self._says(who, _command(command, options)))

    def types(
        self, who: str, command: str, options: Mapping[str, str], focused: str, offered: Sequence[Suggestion]
    ) -> None:
        """The input line, and the list below it."""
        line = _command(command, options)
        if focused in options:
            line.append("▏", "blink")
        self._beat()
        self._print(self._says(who, line))
        self._print_card(cards.suggestion_list(offered))

    def clicks(self, who: str, button: str) -> None:
        """A button that is pressed."""
        pressed = Text.assemble(("presses ", "dim"), (f"[ {button} ]", "bold"))
        self._beat()
        self._print(self._says(who, pressed))

    def sees_form(self, who: str, form: ModalView) -> None:
        """A form as it opens; an empty one is shown when it is filled in."""
        if any(field.value for field in form.fields):
            self._print(Text(f"A form opens for {who}, filled in already:", "dim"), _DEEPER)
            self._print(cards.form_card(form), _DEEPER)
        else:
            self._print(Text(f"A form opens for {who}.", "dim"), _DEEPER)

    def submits(self, who: str, form: ModalView, values: Mapping[str, str]) -> None:
        """A form as it was filled in."""
        pressed = Text.assemble(("fills it in and presses ", "dim"), ("[ Submit ]", "bold"))
        self._beat()
        self._print(self._says(who, pressed))
        self._print(cards.form_card(form, values), _DEEPER)

    def answers(self, message: MessageView, who: str, seconds: float | None, *, changed: bool) -> None:
        """The bot's message, and who sees it."""
        head = self._bot(message)
        if seconds is not None:
            head.append(f"  {_time(seconds)}", "dim")
        if message.private:
            head.append(f" · only {who} sees this", "yellow")
        if changed:
            head.append(" · changed", "dim")
        self._print(head, _DEEPER)
        self._print_card(cards.message_card(message))

    def shows(self, message: MessageView, where: str) -> None:
        """A message as everybody sees it now."""
        head = Text.assemble((where, "bold"), (" shows now" if message.edited else " shows", "dim"))
        self._beat()
        self._print(head)
        self._print_card(cards.message_card(message))

    def fails(self, failure: Failure) -> None:
        """Which step, what was expected, what was seen, and the end of the bot's log."""
        self._print(
            Text.assemble(
                (f"{self._cross} ", "bold red"), ("This step went wrong: ", "bold red"), (failure.step, "bold")
            )
        )
        self._print(Text.assemble(("expected  ", "bold"), failure.expected), _DEEPER)
        self._print(Text.assemble(("seen      ", "bold"), failure.seen), _DEEPER)
        if failure.log:
            self._print(Text("the bot's log ends with", "bold"), _DEEPER)
            self._print(cards.Prefixed("│ ", Text("\n".join(map(_log_line, failure.log)), "dim"), plain="| "), _DEEPER)
        self._console.print()

    def closes(self, summary: Summary) -> None:
        """The visit in numbers, and where to go on."""
        self._console.print()
        self._console.print(Text(self._rule * self._console.width, _BLURPLE), no_wrap=True, crop=True)
        steps = f"{summary.played} steps" + (f" ({summary.left_out} left out)" if summary.left_out else "")
        self._console.print(
            Text.assemble(
                (f"{self._tick} ", "bold green"),
                (f"{steps} in {_time(summary.seconds)}", "bold"),
                f" · {summary.requests} requests, {summary.frames} gateway frames, {summary.starts} starts of the bot",
            )
        )
        self._console.print()
        self._console.print(Text("What to read next", "bold"))
        column = max(len(name) for name, _ in _READ_NEXT) + 2
        for name, what in _READ_NEXT:
            self._print(Text.assemble((name.ljust(column), _BLURPLE), what), "  ")
        self._console.print()

    def _print(self, what: RenderableType, indent: str = _INDENT) -> None:
        self._console.print(cards.Prefixed(indent, what), end="")

    def _print_card(self, card: RenderableType) -> None:
        self._print(card, _DEEPER)
        self._after_a_card = True

    def _beat(self) -> None:
        """An empty line where the next thing happens after something was shown."""
        if self._after_a_card:
            self._console.print()
            self._after_a_card = False

    def _says(self, who: str, what: Text) -> Text:
        colour = self._colours.setdefault(who, _PEOPLE[len(self._colours) % len(_PEOPLE)])
        return Text.assemble((who, f"bold {colour}"), "  ", what)

    def _bot(self, message: MessageView) -> Text:
        head = Text.assemble((message.state.author.display_name, "bold"), " ")
        if self._console.color_system is not None and not self._console.no_color:
            return head.append(" APP ", _BADGE)
        return head.append("[APP]")


def _command(command: str, options: Mapping[str, str]) -> Text:
    line = Text.assemble((f"/{command}", f"bold {_BLURPLE}"))
    for name, value in options.items():
        line.append(f"  {name}: ", "dim").append(value)
    return line


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _log_line(line: str) -> str:
    """A line of the bot's log as a person reads it; what is not ours stays as it is."""
    try:
        parts = json.loads(line)
        level, message = parts.pop("level"), parts.pop("message")
    except (ValueError, KeyError, AttributeError):
        return line
    rest = " ".join(f"{name}={value}" for name, value in parts.items() if name not in {"timestamp", "logger"})
    return f"{level:<8}{message} {rest}".rstrip()
