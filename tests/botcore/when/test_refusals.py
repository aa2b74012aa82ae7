"""What is not wholly understood is refused, with the word that was not and what could be written instead."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from botcore.when import Duration, NotUnderstood, Recurrence, Timezone, When

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def refused(text: str, language: str = "en", kind: type[When | Recurrence] = When) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as error:
        kind.read(text, NOW, BERLIN, language=language)
    return error.value


@pytest.mark.parametrize(
    ("text", "word", "part"),
    [
        ("tomorrow at fooday", "fooday", 'a time such as "17:30"'),
        ("tomorrow at 9 please", "please", "a zone such as"),
        ("Next Fooday", "Fooday", 'a weekday such as "friday"'),
        ("25:99", "25:99", "tomorrow at 9"),
        ("in 5 fathoms", "fathoms", 'a unit such as "hours"'),
        ("friday 17:30 or so", "or", "a zone"),
        ("the 32nd", "32", "a day"),
        ("tomorrow at 9 Europe/Atlantis", "Europe/Atlantis", "a zone"),
        ("<t:12>garbage", "garbage", "a zone"),
        ("5/5/5/5", "5/5/5/5", "such as"),
    ],
)
def test_the_word_is_named_with_what_could_stand_there(text: str, word: str, part: str):
    """As it was typed."""
    error = refused(text)
    assert error.word == word
    assert word in error.message
    assert part in error.message


@pytest.mark.parametrize(
    ("text", "guess"), [("next frday", "friday"), ("at 9 on wensday", "wednesday"), ("24 decembre", "december")]
)
def test_a_slip_of_the_finger_is_guessed(text: str, guess: str):
    """One sentence, one guess."""
    assert f'Did you mean "{guess}"?' in refused(text).message


@pytest.mark.parametrize("text", ["tomorrow at", "next", "in 5", "in", "the 3rd of next", "friday the"])
def test_an_unfinished_phrase_says_what_is_missing(text: str):
    """No word is wrong."""
    error = refused(text)
    assert error.word is None
    assert "is not finished" in error.message
    assert error.expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("31/2", "no such day as 31/2"),
        ("2027-02-29", "no such day as 2027-02-29"),
        ("30 february", "no such day"),
        ("thursday 27 november 2026", "Friday 27 November 2026 is not a Thursday"),
        ("17 pm tomorrow", "no hour 17"),
        ("tomorrow at 0 am", "no hour 0"),
        ("tomorrow morning at 20", "no hour 20"),
        ("in 2 hours at 9", "do not go together"),
        ("in 999999 years", "too far away"),
        ("1 january 2999 in 5", "5"),
        ("in half a month", "no fixed length"),
        ("in half a business day", "counted whole"),
        ("<t:9999999999999>", "too far away"),
        ("5th monday of february 2027", "February 2027 has no 5th such weekday"),
        ("24 december 18:00 (Europe/Berlin, UTC+05:00)", "do not show that time"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(text: str, part: str):
    """Every word was understood, and still there is no such thing."""
    assert part in refused(text).message


def test_a_bare_number_could_be_either():
    """A "5" is an hour or a day; asking is better than guessing."""
    assert refused("5").message == 'Is "5" an hour or a day? Write "at 5" or "the 5th".'


@pytest.mark.parametrize("text", ["", "   ", ",", "x" * 501, "a " * 41])
def test_nothing_and_far_too_much_get_an_example(text: str):
    """The sentence says what a phrase looks like."""
    assert "tomorrow at 9" in refused(text).message


def test_a_german_is_told_in_german():
    """With German words."""
    message = refused("nächsten Quatsch", "de").message
    assert message.startswith('Ich verstehe "nächsten", aber nicht "Quatsch" danach. Dort passt')
    assert 'ein Wochentag wie "Freitag"' in message
    assert 'Meintest du "freitag"?' in refused("nächsten Frietag", "de").message
    assert refused("31.2.", "de").message == "Den Tag 31.2 gibt es nicht."


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("every 30 seconds", "more often than once a minute"),
        ("every 2 hours at 9", 'write "every day at 9"'),
        ("every 1.5 days", "write one unit"),
        ("every day at 9 EST", "write America/New_York"),
        ("every day at 9 utc+2", "write a place"),
        ("every 5000 days", "at most 1000"),
        ("every day 501 times", "at most 500"),
        ("every day 0 times", "at least 1"),
        ("every day until yesterday", "end before it begins"),
        ("every day until friday 5 times", "only once"),
        ("every fooday", '"fooday"'),
        ("every", "not finished"),
    ],
)
def test_what_cannot_repeat_is_refused(text: str, part: str):
    """With the way out."""
    assert part in refused(text, kind=Recurrence).message


@pytest.mark.parametrize(
    ("text", "part"),
    [("", "30 minutes"), ("2 bananas", '"bananas"'), ("3 business days", "5 days"), ("0 s", "more than nothing")],
)
def test_what_is_no_length_is_refused(text: str, part: str):
    """A length of time is what it names, and more than nothing."""
    with pytest.raises(NotUnderstood) as error:
        Duration.read(text)
    assert part in error.value.message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Munihc", "Did you mean Munich (Europe/Berlin)?"),
        ("Xyzzyland", "a larger city nearby"),
        ("EST", "America/New_York"),
    ],
)
def test_an_unknown_zone_is_refused(text: str, part: str):
    """With the nearest name, or a hint."""
    with pytest.raises(NotUnderstood) as error:
        Timezone.read(text)
    assert part in error.value.message
