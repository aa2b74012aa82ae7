"""How a poll looks, whatever its question and options are made of."""

from datetime import UTC, datetime
from typing import Any

import pytest

from botcore_polls.commands.drawing import PollMessages, bar, poll_message, standing_embed
from botcore_polls.services.values import Poll, Tally

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def tally(
    *counts: int, question: str = "Lunch?", options: tuple[str, ...] | None = None, closed: bool = False
) -> Tally:
    """A count of votes."""
    labels = options or tuple(f"option {number}" for number in range(len(counts)))
    return Tally(Poll(1, 2, 3, 4, 5, "en-GB", question, labels, NOON, NOON if closed else None), counts, 7)


def drawn(shown: Tally) -> dict[str, Any]:
    """The message as Discord gets it."""
    return poll_message(shown).to_payload(edit=True)


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [
        (0, 0, "▱▱▱▱▱▱▱▱▱▱"),
        (0, 5, "▱▱▱▱▱▱▱▱▱▱"),
        (3, 5, "▰▰▰▰▰▰▱▱▱▱"),
        (1, 4, "▰▰▰▱▱▱▱▱▱▱"),
        (5, 5, "▰▰▰▰▰▰▰▰▰▰"),
        (1, 1000, "▰▱▱▱▱▱▱▱▱▱"),
        (999, 1000, "▰▰▰▰▰▰▰▰▰▱"),
    ],
)
def test_a_bar_shows_the_share(count: int, total: int, shown: str) -> None:
    """Half a segment counts; one vote is never nothing, and all but one never all."""
    assert bar(count, total) == shown


@pytest.mark.parametrize(
    ("counts", "percents"),
    [((0, 0), [0, 0]), ((3, 2), [60, 40]), ((1, 2), [33, 67]), ((1, 7), [13, 88]), ((4, 0), [100, 0])],
)
def test_percentages_are_rounded_to_the_nearest(counts: tuple[int, ...], percents: list[int]) -> None:
    """Half a percent goes up."""
    assert [tally(*counts).percent(position) for position in range(2)] == percents


def test_an_open_poll_shows_every_option_with_its_bar_and_how_many_voted() -> None:
    """In the order in which they were given."""
    [embed] = drawn(tally(3, 2, options=("pizza", "soup")))["embeds"]
    assert embed["description"] == "📊 **Lunch?**"
    assert [(field["name"], field["value"]) for field in embed["fields"]] == [
        ("pizza", "▰▰▰▰▰▰▱▱▱▱ 60 % · 3"),
        ("soup", "▰▰▰▰▱▱▱▱▱▱ 40 % · 2"),
    ]
    assert embed["footer"]["text"].startswith("5 members voted · ")


def test_up_to_ten_options_are_buttons_and_more_are_a_list() -> None:
    """A click carries the poll and the position."""
    rows = drawn(tally(*[0] * 10))["components"]
    buttons = [button for row in rows for button in row["components"]]
    assert [button["label"] for button in buttons] == [f"option {number}" for number in range(10)]
    assert buttons[3]["custom_id"] == "polls.vote:1:1:3"
    [[select]] = [row["components"] for row in drawn(tally(*[0] * 11))["components"]]
    assert select["custom_id"] == "polls.choose:1:1"
    assert (select["min_values"], select["max_values"]) == (0, 1)
    assert [option["value"] for option in select["options"]] == [str(number) for number in range(11)]


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        pytest.param((1, 3, 2), "🏆 **option 1** wins (3 votes)", id="one winner"),
        pytest.param((0, 1, 0), "🏆 **option 1** wins (1 vote)", id="one vote"),
        pytest.param((2, 2, 1), "🤝 A tie: **option 0**, **option 1** (2 votes)", id="a tie"),
        pytest.param((1,) * 6, "🤝 A tie between 6 options (1 vote)", id="a tie of many"),
        pytest.param((0, 0), "Nobody voted.", id="no votes"),
    ],
)
def test_a_closed_poll_says_how_it_ended(counts: tuple[int, ...], verdict: str) -> None:
    """And takes no clicks."""
    message = drawn(tally(*counts, closed=True))
    assert message["embeds"][0]["description"] == f"🔒 **Lunch?**\nClosed · {verdict}"
    assert message["components"] == []


def test_what_members_typed_is_shown_as_they_typed_it() -> None:
    """Neither markdown nor a mention nor a template's mark has a meaning."""
    message = drawn(tally(1, 0, question="*Lunch* {0} @everyone?", options=("**a** {winner}", "<@5>"), closed=True))
    [embed] = message["embeds"]
    assert r"\*Lunch\* {0} @" in embed["description"]
    assert "@everyone" not in embed["description"]
    assert r"**\*\*a\*\* {winner}** wins" in embed["description"]
    assert [field["name"] for field in embed["fields"]] == [r"\*\*a\*\* {winner}", "\\<@\u200b5>"]
    assert message["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("character", ["x", "*", "\U0001d538", "@"])
def test_the_largest_poll_still_shows_every_option(character: str, closed: bool) -> None:
    """25 options of 80 characters under a question of 300, each of the kind that needs most room."""
    options = tuple(f"{number:02}{character * 78}" for number in range(25))
    counts = (100_000, *[1] * 24)
    [embed] = drawn(tally(*counts, question=character * 300, options=options, closed=closed))["embeds"]
    assert [field["name"][:2] for field in embed["fields"]] == [f"{number:02}" for number in range(25)]
    assert all("%" in field["value"] for field in embed["fields"])
    size = sum(len(field["name"]) + len(field["value"]) for field in embed["fields"])
    assert size + len(embed["description"]) + len(embed["footer"]["text"]) <= 6000


def test_the_standing_of_an_open_poll_says_since_when() -> None:
    """It has no buttons: it is one member's own view."""
    embed = standing_embed(tally(1, 0)).to_payload()
    assert embed["description"] == f"📊 **Lunch?**\nOpen since <t:{int(NOON.timestamp())}>"
    assert standing_embed(tally(1, 0, closed=True)).to_payload()["description"].startswith("🔒")


def test_the_painter_draws_the_whole_message() -> None:
    """Which is what the live tally sends."""
    assert PollMessages().paint(tally(1, 0)).to_payload() == poll_message(tally(1, 0)).to_payload()
