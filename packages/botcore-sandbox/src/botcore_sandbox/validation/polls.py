"""Native polls.

Source: developer documentation, "Poll Create Request Object" and "Poll Media Object".
"""

from typing import Any

from botcore_sandbox.state.drafts import PollDraft
from botcore_sandbox.validation.emoji import is_unicode_emoji
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import required

_MAX_QUESTION, _MAX_ANSWER = 300, 55
_MAX_ANSWERS = 10
_MAX_HOURS = 32 * 24
_DEFAULT_HOURS = 24


def read_poll(form: Form) -> PollDraft | None:
    """The validated `poll` of a message, None if it has none."""
    poll = form.form("poll")
    if poll is None:
        return None
    question = poll.form("question", needed=True)
    text = question.text("text", low=1, high=_MAX_QUESTION, needed=True, strip=True) if question is not None else None
    answers = poll.forms("answers", low=1, high=_MAX_ANSWERS, needed=True) or []
    media = [_read_answer(answer) for answer in answers]
    hours = poll.integer("duration", low=1, high=_MAX_HOURS)
    poll.choice("layout_type", (1,))
    return PollDraft(text or "", media, hours or _DEFAULT_HOURS, bool(poll.flag("allow_multiselect")))


def _read_answer(form: Form) -> dict[str, Any]:
    media = form.form("poll_media", needed=True)
    if media is None:
        return {}
    answer: dict[str, Any] = {}
    text = media.text("text", high=_MAX_ANSWER, strip=True)
    if text:
        answer["text"] = text
    emoji = media.form("emoji")
    if emoji is not None:
        name = emoji.text("name", high=32)
        if emoji.raw("id") is not None or not name or not is_unicode_emoji(name):
            emoji.problems.add("POLL_INVALID_EMOJI", "Invalid emoji")
        answer["emoji"] = {"id": None, "name": name}
    if not text and not media.problems.found:
        required(media.problems.at("text"))
    return answer
