import time
from datetime import UTC, datetime

import pytest

from botcore_sandbox.tour.discord_markdown import from_markdown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("You rolled **6**.", "You rolled 6."),
        (r"\*alice\* and 2\_000", "*alice* and 2_000"),
        ("*slanted*, _slanted_ and __lined__", "slanted, slanted and lined"),
        ("snake_case_name", "snake_case_name"),
        ("~~old~~ `**code**`", "old **code**"),
        ("You typed:```\na *b*\n```", "You typed:\na *b*"),
        ("```\none\ntwo\n```then", "one\ntwo\nthen"),
        ("a < b", "a < b"),
    ],
)
def test_no_mark_is_left_to_be_seen(source: str, shown: str) -> None:
    """Marks of Discord's markdown go, escaped ones and those inside code stay."""
    assert from_markdown(source).plain == shown


def test_what_is_bold_is_bold() -> None:
    """The marks become styles of exactly the text between them."""
    text = from_markdown("a **b *c*** d")
    styles = {text.plain[span.start : span.end]: str(span.style) for span in text.spans}
    assert text.plain == "a b c d"
    assert "bold" in styles["b "]
    assert {"bold", "italic"} <= set(styles["c"].split())


def test_a_moment_is_shown_in_the_zone_of_the_reader() -> None:
    """A timestamp is a date and a time on this machine's clock."""
    noon = int(time.mktime((2026, 3, 1, 12, 0, 0, 0, 0, -1)))
    assert from_markdown(f"Open since <t:{noon}:t>, <t:{noon}>").plain == "Open since 12:00, 01 March 2026 12:00"


def test_mentions_are_names() -> None:
    """Of members, channels and roles that are known; others stay numbers."""
    names = {"@1": "@Bob", "#2": "#general", "@&3": "@Keepers"}
    assert from_markdown("<@1> and <@!1>, in <#2> with <@&3> and <@9>", names).plain == (
        "@Bob and @Bob, in #general with @Keepers and @9"
    )


def test_a_masked_link_is_its_words() -> None:
    """With the address behind them, for terminals that follow it."""
    text = from_markdown("see [The message](https://example.org/a_b)")
    assert text.plain == "see The message"
    assert any("example.org/a_b" in str(span.style) for span in text.spans)


def test_a_relative_time_is_told_from_where_the_message_is() -> None:
    """In its largest unit, ahead or past."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    shown = {2 * 3600: "in 2 hours", -90: "2 minutes ago", 86_400: "in 1 day", -1: "1 second ago"}
    for seconds, words in shown.items():
        assert from_markdown(f"<t:{int(now.timestamp()) + seconds}:R>", now=now).plain == words
