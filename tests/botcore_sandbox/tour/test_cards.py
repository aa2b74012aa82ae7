import io

import pytest
from rich.console import Console, RenderableType
from rich.style import Style
from rich.text import Text

from botcore_sandbox.tour.audience import Suggestion
from botcore_sandbox.tour.cards import Buttons, Prefixed, suggestion_list


def printed(what: RenderableType, width: int, *, colours: bool = False, encoding: str = "utf-8") -> str:
    """What stands on the paper."""
    paper = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=paper, width=width, color_system="truecolor" if colours else None, force_terminal=colours)
    console.print(what, end="")
    paper.seek(0)
    return paper.read()


def test_each_line_of_a_card_has_the_edge() -> None:
    """A text that wraps keeps its edge, and has no space at the end of a line."""
    assert printed(Prefixed("▌ ", Text("one two three")), 9) == "▌ one two\n▌ three\n"


def test_an_edge_is_plain_where_the_output_knows_ascii_only() -> None:
    """A card can be printed into any encoding."""
    assert printed(Prefixed("▌ ", Text("one"), plain="| "), 9, encoding="ascii") == "| one\n"


def test_buttons_have_brackets_where_there_are_no_colours() -> None:
    """Without colours a button is still a button; those that have no room go into the next line."""
    row = Buttons([("Pizza", Style(bgcolor="blue")), ("Soup", Style()), ("Salad", Style())])
    assert printed(row, 22) == "[ Pizza ]  [ Soup ]\n[ Salad ]\n"


def test_buttons_are_blocks_of_colour_where_there_are_colours() -> None:
    """The block ends where the button ends: what is between two buttons has no colour."""
    row = Buttons([("Pizza", Style(bgcolor="blue")), ("Soup", Style(bgcolor="blue"))])
    assert printed(row, 40, colours=True) == "\x1b[44m Pizza \x1b[0m  \x1b[44m Soup \x1b[0m\n"


@pytest.mark.parametrize(("count", "last"), [(5, "choice 4"), (7, "... and 2 more")])
def test_a_long_list_of_suggestions_is_cut_and_says_so(count: int, last: str) -> None:
    """Five lines are enough to see what is offered."""
    lines = printed(suggestion_list([Suggestion(f"choice {n}", str(n)) for n in range(count)]), 40).splitlines()
    assert last in lines[-2]


def test_an_empty_list_is_shown_as_the_client_shows_it() -> None:
    """Nothing that fits is worth a line too."""
    assert "No options match your search." in printed(suggestion_list([]), 40)
