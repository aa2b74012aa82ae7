import pytest
from hypothesis import given
from hypothesis import strategies as st

from botcore.limits.rate import InvalidRate, Rate


@pytest.mark.parametrize(
    ("written", "count", "seconds"),
    [
        ("5/minute", 5, 60),
        ("1/second", 1, 1),
        ("5/10 seconds", 5, 10),
        (" 3 / 2 hours ", 3, 7200),
        ("10/day", 10, 86400),
        ("2/1 minutes", 2, 60),
    ],
)
def test_a_rate_is_read_as_it_is_written(written: str, count: int, seconds: int) -> None:
    """How many, and in which time."""
    assert Rate.parse(written) == Rate(count, seconds)


@pytest.mark.parametrize(
    "written",
    ["", "5", "5/", "/minute", "5/min", "5/fortnight", "-1/minute", "1.5/hour", "5 per minute", "\u0665/day"],
)
def test_what_is_no_rate_is_answered_with_how_to_write_one(written: str) -> None:
    """The sentence shows two."""
    with pytest.raises(InvalidRate, match=r"is not a rate; .*'5/minute' or '5/10 seconds'"):
        Rate.parse(written)


@pytest.mark.parametrize("written", ["0/minute", "5/0 seconds"])
def test_a_rate_that_allows_nothing_is_refused(written: str) -> None:
    """It would be a command that nobody can use."""
    with pytest.raises(InvalidRate, match="allows nothing"):
        Rate.parse(written)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_what_a_rate_shows_can_be_read_again(count: int, seconds: int) -> None:
    """In the largest unit that fits."""
    assert Rate.parse(str(Rate(count, seconds))) == Rate(count, seconds)
    assert str(Rate(5, 60)) == "5/minute"
    assert str(Rate(5, 7200)) == "5/2 hours"
