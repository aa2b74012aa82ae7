"""What people type when they make a reminder: its text, its time and what repeats."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import botcore as bc
from botcore_reminders.config import RemindersConfig
from botcore_reminders.errors import AlreadyPast
from botcore_reminders.services.schedule import Schedule

_ = bc.translator(__name__)

type Timing = bc.When | bc.Recurrence
"""What may stand in `when`: one moment, or already what repeats."""


@dataclass(frozen=True, slots=True)
class Understood:
    """When somebody wants to be reminded, as it was understood.

    Args:
        schedule: when.
        notes: what they should know about how they were understood, finished sentences in their language.
    """

    schedule: Schedule
    notes: tuple[str, ...] = ()


def read_text(typed: str, config: RemindersConfig) -> str:
    """The text of a reminder, without what no database and no client takes well.

    Raises:
        InvalidInput: it is empty or too long.
    """
    kept = "".join(c for c in typed.replace("\r\n", "\n") if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    text = kept.strip()
    if not any(unicodedata.category(c) not in {"Cf", "Zs", "Zl", "Zp", "Cc"} for c in text):
        raise bc.InvalidInput("what", _("Write what you want to be reminded of."))
    if len(text) > config.longest_text:
        raise bc.InvalidInput(
            "what",
            _("A reminder has at most {limit} characters and this one has {length}; shorten it.").format(
                limit=config.longest_text, length=len(text)
            ),
        )
    return text


def read_timing(text: str, reading: bc.Reading) -> Timing:
    """One moment, or what repeats.

    Raises:
        NotUnderstood: neither; says the word that was not understood by whoever understood more of it.
    """
    try:
        return reading.when(text)
    except bc.NotUnderstood as no_moment:
        try:
            return reading.recurrence(text)
        except bc.NotUnderstood as no_repeat:
            raise max(no_moment, no_repeat, key=lambda error: _how_far(error, text)) from None


def understand(
    timing: Timing, repeat: bc.Recurrence | None, home: ZoneInfo, now: datetime, config: RemindersConfig
) -> Understood:
    """When a reminder fires.

    Args:
        timing: what stood in `when`.
        repeat: what stood in `repeat`, read with `timing` as the first time.
        home: the zone of who typed it.
        now: the moment of reading.
        config: the operator's limits.

    Raises:
        InvalidInput: it is over, it comes too often, or both say how it repeats.
    """
    if isinstance(timing, bc.Recurrence):
        if repeat is not None:
            raise bc.InvalidInput("repeat", _("`when` says already how it repeats; leave `repeat` empty."))
        first = timing.after(now)
        if first is None:
            raise AlreadyPast(timing.words())
        schedule, notes = Schedule(first, timing.zone, timing, timing.zone == home), timing.notes
    else:
        if timing.instant <= now:
            raise AlreadyPast(timing.described(now))
        schedule = Schedule(timing.instant, timing.zone, repeat, timing.zone == home)
        notes = (*timing.notes, *(() if repeat is None else repeat.notes))
    _check_pause(schedule, config)
    return Understood(schedule, tuple(dict.fromkeys(note.text for note in notes)))


def read_nag(duration: bc.Duration | None, config: RemindersConfig) -> timedelta | None:
    """After how long a reminder asks again.

    Raises:
        InvalidInput: it is too short, or has months in it.
    """
    if duration is None:
        return None
    pause = duration.elapsed
    if pause is None or not timedelta(minutes=config.shortest_interval) <= pause <= timedelta(days=7):
        raise bc.InvalidInput(
            "nag",
            _("Asking again takes a pause of {limit} minutes to 7 days; {given} is not one.").format(
                limit=config.shortest_interval, given=duration.words()
            ),
        )
    return pause


def read_quiet_hours(typed: str) -> tuple[time, time]:
    """``22-7``, ``22:00 - 7:30``, or ``none`` for no night at all.

    Raises:
        InvalidInput: it is none of these.
    """
    if typed.strip().casefold() in {"none", "off", "no", "-", "aus", "keine"}:
        return time(0), time(0)
    begin, dash, end = typed.replace("–", "-").replace(" to ", "-").replace(" bis ", "-").partition("-")  # noqa: RUF001 - as phones write it
    try:
        if dash:
            return _clock(begin), _clock(end)
    except ValueError:
        pass
    raise bc.InvalidInput(
        "quiet_hours", _("Write from when until when, such as 22:00-7:00, or “none” for no quiet hours.")
    )


def _clock(text: str) -> time:
    hour, _colon, minute = text.strip().partition(":")
    return time(int(hour), int(minute or 0))


def _how_far(error: bc.NotUnderstood, text: str) -> int:
    """Where in the text the word stands that stopped the reading; behind all of them where each was understood."""
    return len(text) if error.word is None else text.casefold().rfind(error.word.casefold())


def _check_pause(schedule: Schedule, config: RemindersConfig) -> None:
    pause = schedule.shortest_pause()
    if pause is not None and pause < timedelta(minutes=config.shortest_interval):
        raise bc.InvalidInput(
            "repeat",
            _("This bot reminds at most every {limit} minutes; choose a longer pause.").format(
                limit=config.shortest_interval
            ),
        )
