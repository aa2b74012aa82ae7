"""Native polls."""

from typing import Any

from abuse.case import NEEDED, Case, at_most, between, no_less_than, no_more_than, no_number, one_of


def poll(*answers: str, question: Any = "?", **fields: Any) -> dict[str, Any]:
    """A message with a poll."""
    media = [{"poll_media": {"text": text}} for text in answers]
    return {"poll": {"question": {"text": question}, "answers": media} | fields}


CASES = (
    Case("no question", poll("a", question=None), {"poll.question.text": NEEDED}),
    Case(
        "question over 300",
        poll("a", question="x" * 301),
        {"poll.question.text": between(1, 300)},
        described=True,
    ),
    Case("no answers", poll(), {"poll.answers": between(1, 10)}, described=True),
    Case("eleven answers", poll(*map(str, range(11))), {"poll.answers": between(1, 10)}, described=True),
    Case("answer over 55", poll("x" * 56), {"poll.answers.0.poll_media.text": at_most(55)}),
    Case("an empty answer", poll(""), {"poll.answers.0.poll_media.text": NEEDED}, described=True),
    Case("no hours", poll("a", duration=0), {"poll.duration": no_less_than(1)}, described=True),
    Case("more than 32 days", poll("a", duration=769), {"poll.duration": no_more_than(768)}, described=True),
    Case("hours that are a word", poll("a", duration="long"), {"poll.duration": no_number("long")}, described=True),
    Case("an unknown layout", poll("a", layout_type=9), {"poll.layout_type": one_of("(1)")}, described=True),
    Case(
        "an emoji by its name",
        {"poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a", "emoji": {"name": "x"}}}]}},
        {"poll.answers.0.poll_media.emoji": ("POLL_INVALID_EMOJI", "Invalid emoji")},
    ),
)
