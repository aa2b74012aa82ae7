"""What the history says of an attempt is true of how it ended."""

from botcore_reminders.commands.words import outcome_words
from botcore_reminders.services.values import Outcome, Step


def test_an_attempt_that_nobody_ended_is_not_said_to_be_on_its_way() -> None:
    """Whether it was repeated, or left because the reminder was changed; only an open one is being sent."""
    said = {step: outcome_words(Outcome.SENDING, None, step) for step in (None, Step.REPEATED, Step.CHANGED)}
    assert said[None] == "It is being sent."
    assert len(set(said.values())) == len(said)
