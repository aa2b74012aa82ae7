"""What members may type as question and options."""

import pytest

import botcore as bc
from botcore_polls.services.wording import read_options, read_question


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        pytest.param("pizza; soup", ["pizza", "soup"], id="semicolons separate"),
        pytest.param("pizza, soup,salad", ["pizza", "soup", "salad"], id="commas separate"),
        pytest.param("pizza\nsoup\r\nsalad\rrice", ["pizza", "soup", "salad", "rice"], id="line breaks separate"),
        pytest.param("red, white; black", ["red, white", "black"], id="commas are text beside a semicolon"),
        pytest.param("red, white\nblack", ["red, white", "black"], id="commas are text beside a line break"),
        pytest.param("a; b\nc", ["a", "b", "c"], id="semicolons and line breaks separate together"),
        pytest.param('"a, b"; c', ["a, b", "c"], id="quotation marks around an option go"),
        pytest.param('"a, b", c', ["a, b", "c"], id="a quoted comma is text"),
        pytest.param('"a; b", c', ["a; b", "c"], id="a quoted semicolon does not make commas text"),
        pytest.param('x, "a; b"', ["x", "a; b"], id="a quotation may stand at the end"),
        pytest.param('"a\nb", c', ["a b", "c"], id="a quoted line break is a space"),
        pytest.param('"say ""hi""", c', ['say "hi"', "c"], id="a doubled mark inside a quotation is one"),
        pytest.param("“a, b”, c", ["a, b", "c"], id="curly marks quote"),
        pytest.param("„a, b“, c", ["a, b", "c"], id="low marks quote"),
        pytest.param('"Alien" (1979); Dune', ['"Alien" (1979)', "Dune"], id="marks inside an option are text"),
        pytest.param('5" pipe; 6" pipe', ['5" pipe', '6" pipe'], id="a mark after text is text"),
        pytest.param('rock, "n; roll"; jazz', ['rock, "n; roll"', "jazz"], id="quoted text in an option stays whole"),
        pytest.param("a;; b;\n\n ;", ["a", "b"], id="what is empty is left out"),
        pytest.param("  a   b ;\tc\t", ["a b", "c"], id="white space is one space"),
        pytest.param("a\x00b; c\x07", ["ab", "c"], id="control characters go"),
        pytest.param("a\ud800; b", ["a", "b"], id="half a character goes"),
        pytest.param("👩‍👩‍👧; ❤️", ["👩‍👩‍👧", "❤️"], id="emoji stay whole"),
        pytest.param("a, A b", ["a", "A b"], id="different options may be alike"),
        pytest.param(f"{'x' * 80}; y", ["x" * 80, "y"], id="80 characters fit"),
        pytest.param(";".join(map(str, range(25))), [str(n) for n in range(25)], id="25 options fit"),
    ],
)
def test_options_are_read_as_they_were_meant(typed: str, options: list[str]) -> None:
    """A text becomes these options, in this order."""
    assert list(read_options(typed, 25)) == options


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("", "at least two options", id="nothing"),
        pytest.param("pizza", "at least two options", id="one option"),
        pytest.param("pizza;", "at least two options", id="one option and nothing"),
        pytest.param('"a, b"', "at least two options", id="one quotation"),
        pytest.param(";".join(map(str, range(26))), "at most 25 options here and you gave 26", id="too many"),
        pytest.param(f"{'x' * 81}; y", "at most 80 characters", id="too long"),
        pytest.param(f"{'x' * 81}; y", "has 81", id="too long says how long"),
        pytest.param("pizza; Soup; SOUP", "“SOUP” is there twice", id="twice in another case"),
        pytest.param("Straße; STRASSE", "“STRASSE” is there twice", id="twice in another spelling"),
        pytest.param("é; e\u0301", "is there twice", id="twice in another encoding"),
        pytest.param('pizza; ""', "empty", id="a quotation of nothing"),
        pytest.param("pizza; \u200b", "empty", id="nothing that can be seen"),
        pytest.param('"a; b', "has no end", id="a quotation without an end"),
        pytest.param("x; “a", "has no end", id="a curly quotation without an end"),
        pytest.param("*a*; *a*", r"“\*a\*” is there twice", id="what a member typed is escaped"),
    ],
)
def test_a_mistake_in_the_options_is_named(typed: str, says: str) -> None:
    """Each mistake has its own sentence, about the field that is wrong."""
    with pytest.raises(bc.InvalidInput) as refused:
        read_options(typed, 25)
    assert refused.value.field == "options"
    assert says in refused.value.message


def test_the_operators_limit_is_named() -> None:
    """A lower limit of the bot is what the sentence says."""
    with pytest.raises(bc.InvalidInput, match="at most 3 options"):
        read_options("a; b; c; d", 3)


def test_reading_hostile_options_takes_no_time() -> None:
    """The longest text that Discord lets through, made of marks and separators, is refused at once."""
    for typed in ('"' * 6000, '",' * 3000, ',"' * 3000, ';"x' * 2000, '" ' * 3000):
        with pytest.raises(bc.InvalidInput):
            read_options(typed, 25)


def test_a_question_is_one_line() -> None:
    """White space and line breaks become one space."""
    assert read_question("  Where\n do   we eat? ") == "Where do we eat?"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param(" \n ", "Write the question", id="nothing"),
        pytest.param("\u200b", "Write the question", id="nothing that can be seen"),
        pytest.param("x" * 301, "at most 300 characters and this one has 301", id="too long"),
    ],
)
def test_a_mistake_in_the_question_is_named(typed: str, says: str) -> None:
    """Each mistake has its own sentence, about the question."""
    with pytest.raises(bc.InvalidInput, match=says) as refused:
        read_question(typed)
    assert refused.value.field == "question"
