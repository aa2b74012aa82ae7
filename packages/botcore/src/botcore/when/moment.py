"""`When`: a moment that somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from botcore.config import DateOrder, WeekStart
from botcore.when.dates import RelativeDay
from botcore.when.errors import Impossible
from botcore.when.language import Language, language_for
from botcore.when.phrases import Moment, Zoned
from botcore.when.saying import duration_words, moment_words, offset_words, relative_words, written
from botcore.when.situation import Note, NoteKind, Situation, utc
from botcore.when.spans import Span, add_business_days, add_days, add_months
from botcore.when.terminals import FIRST_YEAR, LAST_YEAR
from botcore.when.times import TimeOfDay
from botcore.when.understanding import read
from botcore.when.zones import FixedOffset

type Style = Literal["t", "T", "d", "D", "f", "F", "R"]


@dataclass(frozen=True, slots=True)
class When:
    """A moment that somebody typed, with the zone in which they meant it.

    Two are equal that are the same moment in the same zone, however they were typed.

    Args:
        instant: the moment, aware, UTC, whole seconds.
        zone: the zone of the wall time.
        text: what was typed.
        time_given: whether a time of day was named; without one it is nine o'clock.
        notes: what the person should know about how they were understood, in their language.
        language: the language that `words` uses unless told another.
    """

    instant: datetime
    zone: ZoneInfo
    text: str = field(default="", compare=False)
    time_given: bool = field(default=True, compare=False)
    notes: tuple[Note, ...] = field(default=(), compare=False)
    language: str = field(default="en", compare=False)

    @classmethod
    def read(
        cls,
        text: str,
        at: datetime,
        zone: ZoneInfo,
        *,
        language: str = "en",
        date_order: DateOrder = "dmy",
        week_start: WeekStart = "monday",
    ) -> "When":
        """Read a moment.

        Args:
            text: such as ``tomorrow at 9``; at most 500 characters.
            at: the present moment, aware.
            zone: where the person is.
            language: theirs, as a locale such as ``de`` or ``en-GB``; English is understood beside it.
            date_order: whether 3/4 is a day of April or of March.
            week_start: where "next friday" begins to be another week.

        Raises:
            NotUnderstood: naming the word that was not understood, and what to write instead.
            ValueError: `at` is naive.
        """
        at = utc(at)

        def resolve(phrase: Moment, understood: Language) -> "When":
            situation = Situation.of(at, zone, date_order, week_start)
            enter_zone(situation, phrase.zone, phrase.offset)
            instant = _instant(phrase, situation)
            if not FIRST_YEAR <= instant.year <= LAST_YEAR:
                raise Impossible("too_far")
            if instant < at and phrase.stamp is None:
                situation.note(NoteKind.PAST)
            return cls(
                instant,
                situation.zone,
                text,
                phrase.time is not None or phrase.date is None,
                notes_of(situation, understood),
                understood.code,
            )

        return read(text, "moment", language_for(language), resolve)

    @property
    def wall(self) -> datetime:
        """What the clocks show at that moment where it was meant; naive."""
        return self.instant.astimezone(self.zone).replace(tzinfo=None, fold=0)

    def words(self, language: str | None = None) -> str:
        """``Friday 27 November 2026, 17:30 (Europe/Berlin)``; `read` reads it back."""
        return moment_words(self.instant, self.zone, language_for(language or self.language))

    def relative(self, at: datetime, language: str | None = None) -> str:
        """``in 4 days``, seen from ``at``."""
        return relative_words(self.instant, utc(at), self.zone, language_for(language or self.language))

    def described(self, at: datetime, language: str | None = None) -> str:
        """The words and how far away that is: ``Friday 27 November 2026, 17:30 (Europe/Berlin), in 4 days``."""
        template: str = language_for(language or self.language).says["at_moment"]
        return template.format(moment=self.words(language), relative=self.relative(at, language))

    def timestamp(self, style: Style = "F") -> str:
        """Discord's timestamp, which every reader sees in their own zone.

        Source: https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
        """
        return discord_timestamp(self.instant, style)

    def noted(self, kind: NoteKind) -> bool:
        """Whether the reading carries this note."""
        return any(note.kind is kind for note in self.notes)

    def to_payload(self) -> dict[str, Any]:
        """A JSON object that `from_payload` takes."""
        return {"instant": self.instant.isoformat(), "zone": self.zone.key, "text": self.text}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "When":
        """What `to_payload` wrote; the notes of the reading are gone."""
        return cls(utc(datetime.fromisoformat(payload["instant"])), ZoneInfo(payload["zone"]), payload["text"])


def discord_timestamp(instant: datetime, style: Style) -> str:
    """``<t:1798131600:F>``."""
    return f"<t:{int(instant.timestamp())}:{style}>"


def enter_zone(situation: Situation, zone: Zoned | None, offset: FixedOffset | None) -> None:
    """Let a named zone or offset take the place of the person's own."""
    if isinstance(zone, ZoneInfo):
        situation.zone = zone
    elif zone is not None:
        situation.offset = zone.tzinfo
        situation.note(
            NoteKind.ABBREVIATION, written=zone.written, offset=offset_words(zone.offset), place=str(zone.place)
        )
    if offset is not None:
        situation.offset = offset.tzinfo


def notes_of(situation: Situation, language: Language) -> tuple[Note, ...]:
    """The notes of a situation as sentences."""
    return tuple(
        Note(kind, written(language.notes[kind], values, language)) for kind, values in situation.notes.items()
    )


def _instant(phrase: Moment, situation: Situation) -> datetime:
    if phrase.stamp is not None:
        return phrase.stamp
    if phrase.span is not None:
        return moved(phrase.span, phrase.sign, situation)
    wall = _wall(phrase, situation)
    instant = situation.instant(wall)
    if isinstance(phrase.zone, ZoneInfo) and phrase.offset is not None:
        _check_offset(instant, wall, situation, phrase.offset)
    return instant


def _check_offset(instant: datetime, wall: datetime, situation: Situation, offset: FixedOffset) -> None:
    """``17:30 (Europe/Berlin, UTC+01:00)`` says the same thing twice, which must not differ."""
    if instant.astimezone(situation.zone).replace(tzinfo=None, fold=0) != wall:
        raise Impossible("offset_mismatch", zone=situation.zone.key, offset=offset_words(offset.offset))


def _wall(phrase: Moment, situation: Situation) -> datetime:
    clock = None if phrase.time is None else _clock(phrase.time, phrase, situation)
    if phrase.date is None:
        assert clock is not None  # noqa: S101 - the grammar gives a moment a date, a time, a span or a stamp
        day = situation.first_ahead(situation.today, lambda day: add_days(day, 1), *clock)
    else:
        day = phrase.date.find(situation, clock)
        if clock is None:
            clock = phrase.date.default_time, 0
            situation.note(NoteKind.DEFAULT_TIME, time=clock[0])
    time_of_day, later = clock
    if phrase.time is not None and phrase.time.part == "midnight" and phrase.date is not None and not later:
        situation.note(NoteKind.MIDNIGHT, day=day)
    return datetime.combine(add_days(day, later), time_of_day)


def _clock(spoken: TimeOfDay, phrase: Moment, situation: Situation) -> tuple[time, int]:
    clock, later = spoken.wall()
    if spoken.part == "midnight" and phrase.date == RelativeDay(0):
        return clock, 1  # today's own midnight is over, so its end is meant
    return clock, later


def moved(span: Span, sign: int, situation: Situation) -> datetime:
    """The moment of reading moved by a span: first on the calendar, keeping the time of day, then in elapsed time.

    Raises:
        Impossible: outside the calendar, or for a span that is none.
    """
    months, days, seconds, business_days = span.settled()
    instant = situation.at
    if span.moves_the_calendar:
        now = situation.now
        day = add_days(add_months(now.date(), sign * months), sign * days)
        if business_days:
            situation.note(NoteKind.BUSINESS_DAYS)
            day = add_business_days(day, sign * business_days)
        if day != now.date():
            instant = situation.instant(datetime.combine(day, now.time()))
    try:
        return instant + sign * timedelta(seconds=seconds)
    except OverflowError:
        raise Impossible("too_far") from None


def span_words(span: Span, language: Language) -> str:
    """A settled span in words."""
    months, days, seconds, _business_days = span.settled()
    return duration_words(months, days, seconds, language)
