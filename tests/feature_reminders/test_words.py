"""The words in which a history is told."""

from datetime import UTC, datetime, timedelta

import pytest

from botcore_reminders.commands.words import length_words, outcome_words, refusal_words, shown, step_words
from botcore_reminders.services.values import Outcome, Step


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("step", [None, *Step])
def test_whatever_became_of_an_attempt_is_a_sentence(outcome: Outcome, step: Step | None) -> None:
    """And never the name of a constant."""
    told = f"{outcome_words(outcome, 50007, step)} {step_words(step, datetime(2026, 1, 1, tzinfo=UTC))}".strip()
    assert told[0].isupper()
    assert told.endswith((".", ">."))
    assert "_" not in told


def test_an_attempt_that_nobody_ended_says_why() -> None:
    """It goes on just now, it was repeated, or the reminder was changed first."""
    told = [outcome_words(Outcome.SENDING, None, step) for step in (None, Step.REPEATED, Step.CHANGED)]
    assert len(set(told)) == 3
    assert told[0] == "It is being sent."


@pytest.mark.parametrize("code", [50007, 50278, 10003, 10004, 10007, 50001, 50013, 20016, 429, 503, 0, -1, 99999])
def test_every_code_has_a_reason(code: int) -> None:
    """Also one that nobody knows; the number itself stands beside it."""
    assert refusal_words(code).endswith(".")
    assert (refusal_words(code) == refusal_words(99999)) is (code == 99999)


def test_a_length_is_told_in_what_matters() -> None:
    """Days and hours, hours and minutes, or seconds."""
    assert length_words(timedelta(days=2, hours=3, minutes=20), "en-GB") == "2 days 3 hours"
    assert length_words(timedelta(hours=3, minutes=20, seconds=5), "en-GB") == "3 hours 20 minutes"
    assert length_words(timedelta(seconds=40), "en-GB") == "40 seconds"


def test_mentions_stay_and_all_else_is_shown_as_it_was_typed() -> None:
    """Markdown loses its meaning, members, roles and channels do not."""
    assert shown("*see* <@12> in <#34> with <@&56>, @everyone") == (
        r"\*see\* <@12> in <#34> with <@&56>, @" + "\u200beveryone"
    )
