from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from botcore.ui.components import ActionRow, Button, ButtonStyle, Select, SelectOption, rows
from botcore.ui.limits import LayoutError
from botcore.ui.modal import Modal, TextInput, TextInputStyle


def button(number: int) -> Button:
    """A button unlike the others."""
    return Button(custom_id=f"b{number}", label=str(number))


def select(name: str = "s", options: int = 2) -> Select:
    """A select of numbered options."""
    return Select(custom_id=name, options=[SelectOption(label=f"L{n}", value=f"v{n}") for n in range(options)])


def test_buttons_become_payloads() -> None:
    """An answering one, and one that opens a page."""
    pressed = Button(custom_id="yes", label="Yes", style=ButtonStyle.SUCCESS, emoji="<a:ok:42>", disabled=True)
    assert pressed.to_payload() == {
        "type": 2,
        "style": 3,
        "custom_id": "yes",
        "label": "Yes",
        "emoji": {"id": "42", "name": "ok", "animated": True},
        "disabled": True,
    }
    assert Button(url="https://example.org", emoji="\U0001f517").to_payload() == {
        "type": 2,
        "style": 5,
        "url": "https://example.org",
        "emoji": {"name": "\U0001f517"},
    }


def test_a_select_becomes_a_payload() -> None:
    """Options keep their order."""
    chosen = Select(
        custom_id="soup",
        options=[SelectOption(label="Leek", value="1", description="hot", default=True, emoji="x"),
                 SelectOption(label="Pea", value="2")],
        placeholder="Choose",
        min_values=0,
        max_values=2,
    )  # fmt: skip
    assert chosen.to_payload() == {
        "type": 3,
        "custom_id": "soup",
        "options": [
            {"label": "Leek", "value": "1", "description": "hot", "emoji": {"name": "x"}, "default": True},
            {"label": "Pea", "value": "2"},
        ],
        "placeholder": "Choose",
        "min_values": 0,
        "max_values": 2,
    }


def test_a_modal_becomes_a_payload() -> None:
    """Each input stands in a row of its own."""
    form = Modal(
        custom_id="edit",
        title="Edit",
        inputs=[TextInput(custom_id="text", label="Text", style=TextInputStyle.PARAGRAPH, value="old",
                          required=False, min_length=0, max_length=10, placeholder="p")],
    )  # fmt: skip
    entry = {"type": 4, "custom_id": "text", "label": "Text", "style": 2, "required": False, "min_length": 0,
             "max_length": 10, "value": "old", "placeholder": "p"}  # fmt: skip
    assert form.to_payload() == {
        "custom_id": "edit",
        "title": "Edit",
        "components": [{"type": 1, "components": [entry]}],
    }


def test_buttons_stand_five_to_a_row_and_selects_alone() -> None:
    """In reading order."""
    laid_out = rows([*map(button, range(6)), select(), button(6)])
    assert [[item.custom_id for item in row.items] for row in laid_out] == [
        ["b0", "b1", "b2", "b3", "b4"],
        ["b5"],
        ["s"],
        ["b6"],
    ]
    assert laid_out[1].to_payload() == {"type": 1, "components": [button(5).to_payload()]}


def test_a_row_of_ones_own_stays_as_it_is() -> None:
    """Buttons around it do not move into it."""
    laid_out = rows([button(0), ActionRow([button(1)]), button(2)])
    assert [[item.custom_id for item in row.items] for row in laid_out] == [["b0"], ["b1"], ["b2"]]


@dataclass(frozen=True)
class Vote:
    """A component of a feature's own, which knows the button that it is shown as."""

    option: int

    def to_component(self) -> Button:
        """Its button."""
        return Button(custom_id=f"vote:{self.option}", label="Vote")


def test_anything_that_knows_its_component_can_be_laid_out() -> None:
    """So that a feature's own classes stand on a message."""
    assert rows([Vote(1)])[0].items == (Vote(1).to_component(),)


SOUPS = [SelectOption(label="Leek", value="1"), SelectOption(label="Pea", value="2")]
NAME = TextInput(custom_id="t", label="l")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: Button(label="x"), "either a custom_id .* or a url"),
        (lambda: Button(custom_id="a", url="https://example.org", label="x"), "either a custom_id"),
        (lambda: Button(custom_id="a"), "label .* is empty"),
        (lambda: Button(custom_id="a", label="x" * 81), r"81 .* allows 80.*shorten\(text, 80\)"),
        (lambda: Button(custom_id="a" * 101, label="x"), "custom_id .* 101 characters"),
        (lambda: Button(custom_id="", label="x"), "custom_id .* is empty"),
        (lambda: Button(custom_id="a", label="x", style=ButtonStyle.LINK), "LINK, which needs a url"),
        (lambda: Button(url="ftp://example.org", label="x"), "http:// or https://"),
        (lambda: Button(url="https://example.org/" + "a" * 500, label="x"), "allows 512"),
        (lambda: SelectOption(label="", value="v"), "label .* is empty"),
        (lambda: SelectOption(label="l", value="v" * 101), "101 characters"),
        (lambda: SelectOption(label="l", value="v", description="d" * 101), "101 characters"),
        (lambda: select(options=0), "0, and Discord allows 1 to 25"),
        (lambda: select(options=26), "26, and Discord allows 1 to 25"),
        (lambda: Select(custom_id="s", options=[SOUPS[0]] * 2), "'1' is used twice"),
        (lambda: Select(custom_id="s", options=SOUPS, max_values=3), "3, and Discord allows 1 to 2"),
        (lambda: Select(custom_id="s", options=SOUPS, min_values=2), "2, and Discord allows 0 to 1"),
        (lambda: Select(custom_id="s", options=SOUPS, placeholder="p" * 151), "151 characters"),
        (
            lambda: Select(custom_id="s", options=[replace(soup, default=True) for soup in SOUPS]),
            "chosen from the start: 2, and Discord allows 0 to 1",
        ),
        (lambda: ActionRow([]), "0, and Discord allows 1 to 5"),
        (lambda: ActionRow([*map(button, range(6))]), "6, and Discord allows 1 to 5"),
        (lambda: ActionRow([select(), button(1)]), "takes a whole row"),
        (lambda: rows(map(button, range(26))), "6, and Discord allows 0 to 5"),
        (lambda: rows([button(1), select("b1")]), "'b1' is used twice"),
        (lambda: TextInput(custom_id="t", label="l" * 46), "46 characters"),
        (lambda: TextInput(custom_id="t", label="l", max_length=4001), "4001, and Discord allows 1 to 4000"),
        (lambda: replace(NAME, min_length=5, max_length=4), "5, and Discord allows 0 to 4"),
        (lambda: replace(NAME, value="vv", max_length=1), "2 characters"),
        (lambda: replace(NAME, placeholder="p" * 101), "101 characters"),
        (lambda: Modal(custom_id="m", title="t", inputs=[]), "0, and Discord allows 1 to 5"),
        (lambda: Modal(custom_id="m", title="t" * 46, inputs=[NAME]), "46 characters"),
        (lambda: Modal(custom_id="m", title="t", inputs=[NAME, NAME]), "'t' is used twice"),
    ],
)
def test_what_discord_would_refuse_is_refused_where_it_is_written(wrong: Callable[[], object], sentence: str) -> None:
    """The sentence names the thing and what it may be."""
    with pytest.raises(LayoutError, match=sentence):
        wrong()


def test_many_buttons_without_an_id_are_no_clash() -> None:
    """Links have no custom_id."""
    assert len(rows([Button(url="https://example.org", label="x")] * 3)) == 1
