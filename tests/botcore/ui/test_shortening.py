import pytest
from hypothesis import given
from hypothesis import strategies as st

from botcore.ui.shortening import shorten


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 5, "short"),
        ("  short  ", 5, "short"),
        ("the quick brown fox", 18, "the quick brown\u2026"),
        ("the quick brown fox", 16, "the quick brown\u2026"),
        ("abcdefghij klm", 4, "abc\u2026"),
        ("a unbreakablyverylongword", 12, "a unbreakab\u2026"),
        ("abcde", 1, "\u2026"),
    ],
)
def test_a_long_text_is_cut_between_words_or_else_between_characters(text: str, limit: int, shown: str) -> None:
    """A word is only dropped when that costs little."""
    assert shorten(text, limit) == shown


@pytest.mark.parametrize(
    "whole",
    [
        "e\u0301",  # a letter and its accent
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family of three, joined
        "\U0001f44b\U0001f3fd",  # a hand and its skin tone
        "\U0001f1ec\U0001f1e7",  # a flag of two letters
        "1\ufe0f\u20e3",  # a keycap
    ],
)
def test_what_looks_like_one_character_is_never_cut(whole: str) -> None:
    """It stays whole or goes whole."""
    text = "x" + whole + "yyyyyyyy"
    for limit in range(2, len(whole) + 2):
        assert shorten(text, limit) == "x\u2026"
    assert shorten(text, len(whole) + 2) == f"x{whole}\u2026"


def test_the_second_of_two_flags_goes_whole() -> None:
    """Flags are pairs, counted from the first letter of their run."""
    flags = "\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7"
    assert shorten(flags + "zzz", 4) == flags[:2] + "\u2026"


def test_a_mention_or_time_is_never_cut_open() -> None:
    """Half a mention would be shown as its number."""
    assert shorten("see <@123456789012345678> there", 20) == "see\u2026"


def test_an_escape_keeps_its_character() -> None:
    """A backslash on its own would escape what follows the text."""
    assert shorten(r"aa\*bbbbbb", 4) == "aa\u2026"
    assert shorten(r"aa\\bbbbbb", 5) == "aa\\\\\u2026"


def test_a_code_block_is_closed_again() -> None:
    """Otherwise the rest of the message would be code."""
    shown = shorten("```\n" + "line\n" * 50 + "```", 40)
    assert shown.endswith("\u2026\n```")
    assert len(shown) <= 40


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_a_shortened_text_is_within_its_limit_and_begins_like_the_original(text: str, limit: int) -> None:
    """Whatever the text."""
    shown = shorten(text, limit)
    assert len(shown) <= limit
    if shown != text.strip():
        assert text.strip().startswith(shown.removesuffix("\n```").removesuffix("\u2026"))


def test_there_is_no_text_of_no_characters() -> None:
    """The ellipsis alone needs one."""
    with pytest.raises(ValueError, match="needs 1"):
        shorten("text", 0)
