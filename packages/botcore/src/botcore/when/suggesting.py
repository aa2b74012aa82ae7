"""What is shown while somebody is still typing: how they are understood so far, and how they might go on."""

from collections.abc import Callable, Sequence, Set
from datetime import datetime

from botcore.when.duration import Duration
from botcore.when.errors import NotUnderstood
from botcore.when.language import language_for
from botcore.when.moment import When
from botcore.when.reader import Reading
from botcore.when.recurrence import Recurrence
from botcore.when.saying import date_words, time_words
from botcore.when.understanding import completions

MAX_SUGGESTIONS = 25

#: Above this many characters Discord takes no choice back, so none is offered.
MAX_TYPED = 100

type Suggestion = tuple[str, str]  # what is shown, and the phrase that it stands for


def suggest_when(typed: str, reading: Reading) -> Sequence[Suggestion]:
    """``Friday 27 November 2026, 17:30 (Europe/Berlin), in 4 days``."""
    return _suggest(typed, "moment", reading, lambda text: described_when(reading.when(text), reading.at))


def suggest_duration(typed: str, reading: Reading) -> Sequence[Suggestion]:
    """``2 hours 30 minutes``."""
    return _suggest(typed, "duration", reading, lambda text: described_duration(reading.duration(text)))


def suggest_recurrence(typed: str, reading: Reading, first: When | None = None) -> Sequence[Suggestion]:
    """``every day at 09:00 (Europe/Berlin); next: Friday 27 November 2026 09:00``; with a first time, what follows."""
    after = reading.at if first is None else first.instant
    return _suggest(
        typed, "recurrence", reading, lambda text: described_recurrence(reading.recurrence(text, first), after)
    )


def described_when(when: When, at: datetime) -> str:
    """A moment with how far away it is."""
    return when.described(at)


def described_duration(duration: Duration) -> str:
    """A length of time."""
    return duration.words()


def described_recurrence(recurrence: Recurrence, at: datetime) -> str:
    """What repeats, with its next time."""
    occurrence = recurrence.occurrence_after(at)
    words = recurrence.words()
    if occurrence is None:
        return words
    language = language_for(recurrence.language)
    wall = occurrence.instant.astimezone(recurrence.zone)
    template: str = language.says["next"]
    return template.format(
        words=words,
        date=date_words(wall.date(), language),
        time=time_words(wall.timetz().replace(tzinfo=None), language),
    )


def _suggest(typed: str, rule: str, reading: Reading, describe: Callable[[str], str]) -> Sequence[Suggestion]:
    language = language_for(reading.language)
    if len(typed) > MAX_TYPED:
        return ()
    if not typed.strip():
        return _described(language.examples[rule], describe)
    found: list[Suggestion] = []
    refusal = ""
    try:
        found.append((describe(typed), typed))
    except NotUnderstood as error:
        refusal = error.message
    known = {meaning for meaning, _phrase in found}
    found += _completed(completions(typed, rule, language), describe, known)
    return found[:MAX_SUGGESTIONS] or [(refusal, typed)]


def _completed(phrases: Sequence[str], describe: Callable[[str], str], known: Set[str]) -> list[Suggestion]:
    """What the phrases mean, each meaning once, by its longest spelling: "friday" says more than "fri".

    What is known already is left out: who has typed "in 2h" need not be told of "in 2hours".
    """
    meanings: dict[str, str] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        try:
            meanings.setdefault(describe(phrase), phrase)
        except NotUnderstood:
            continue
    return sorted((f"{phrase}: {meaning}", phrase) for meaning, phrase in meanings.items() if meaning not in known)


def _described(phrases: Sequence[str], describe: Callable[[str], str]) -> list[Suggestion]:
    """Those of the phrases that can be read, each with what it means."""
    found: list[Suggestion] = []
    for phrase in phrases:
        try:
            found.append((f"{phrase}: {describe(phrase)}", phrase))
        except NotUnderstood:
            continue
    return found
