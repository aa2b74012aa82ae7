"""`Recurrence`: what somebody typed about something that repeats."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from botcore.config import DateOrder, WeekStart
from botcore.when.errors import Impossible
from botcore.when.language import Language, language_for
from botcore.when.moment import enter_zone, notes_of
from botcore.when.phrases import Repeat
from botcore.when.recurring import depends_on_short_months, rule_of, rule_of_parsed
from botcore.when.repeating import recurrence_words
from botcore.when.rrule import MAX_RULE_CHARACTERS, looks_like_rule, parse_rule, write_rule
from botcore.when.rules import CalendarRule, ElapsedRule, Occurrence, Rule, ShortMonths
from botcore.when.situation import Note, NoteKind, Situation, utc
from botcore.when.understanding import impossible, read


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something that repeats: by the calendar, keeping its time of day, or after a fixed length of time.

    A time that the clocks skip happens as much later as they skip; one that they show twice happens the first time.

    Args:
        rule: when.
        zone: whose calendar and clocks.
        text: what was typed.
        notes: what the person should know about how they were understood, in their language.
        language: the language that `words` uses unless told another.
    """

    rule: Rule
    zone: ZoneInfo
    text: str = field(default="", compare=False)
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
        first: datetime | None = None,
    ) -> "Recurrence":
        """Read what repeats: ``every day at 9``, ``every 24 hours``, ``weekdays at 8:30``, or ``FREQ=WEEKLY;BYDAY=MO``.

        ``every 2nd tuesday`` is the second one of each month, and ``every 31st`` falls on the last day of a shorter
        one; both say so in a note, and how to write the other.

        Args:
            text: at most 500 characters, or 1,000 of a rule.
            at: the present moment, aware.
            zone: where the person is.
            language: theirs, as a locale; English is understood beside it.
            date_order: whether 3/4 is a day of April or of March.
            week_start: the first day of their week.
            first: when it happens for the first time, aware, if that was said apart from the phrase. It then says the
                time of day, the weekday or the day of the month that the phrase leaves open, and intervals and counts
                begin with it: ``every 2 weeks`` from a Friday at 17:30 falls on every other Friday at 17:30.

        Raises:
            NotUnderstood: naming the word that was not understood, and what to write instead.
            ValueError: `at` or `first` is naive.
        """
        situation = Situation.of(at, zone, date_order, week_start)
        if first is not None:
            situation.first = utc(first)
            situation.at = situation.first - timedelta(seconds=1)  # it is ahead of whoever asks what comes next
        own = language_for(language)
        if looks_like_rule(text) and len(text) <= MAX_RULE_CHARACTERS:
            try:
                parsed = parse_rule(text, zone)
                situation.zone = parsed.zone or zone
                return cls._made(rule_of_parsed(parsed, situation, own), situation, text, own)
            except Impossible as error:
                raise impossible(error, own) from None

        def resolve(phrase: Repeat, understood: Language) -> "Recurrence":
            enter_zone(situation, phrase.zone, phrase.offset)
            situation.notes.pop(NoteKind.ABBREVIATION, None)  # refused with a sentence of its own
            return cls._made(rule_of(phrase, situation, understood), situation, text, understood)

        return read(text, "recurrence", own, resolve)

    @classmethod
    def _made(cls, rule: Rule, situation: Situation, text: str, language: Language) -> "Recurrence":
        return cls(rule, situation.zone, text, notes_of(situation, language), language.code)

    def after(self, instant: datetime) -> datetime | None:
        """The first occurrence after ``instant`` (aware), in UTC; ``None`` where there is none."""
        occurrence = self.occurrence_after(instant)
        return None if occurrence is None else occurrence.instant

    def occurrence_after(self, instant: datetime) -> Occurrence | None:
        """The same, with what the clocks should show, and whether they skip that."""
        return self.rule.after(instant, self.zone)

    def occurrences(self, after: datetime) -> Iterator[Occurrence]:
        """Every occurrence after a moment, one at a time."""
        occurrence = self.occurrence_after(after)
        while occurrence is not None:
            yield occurrence
            occurrence = self.occurrence_after(occurrence.instant)

    @property
    def keeps_wall_time(self) -> bool:
        """Whether it keeps its time of day when the clocks change, rather than its distance in hours."""
        return isinstance(self.rule, CalendarRule)

    @property
    def depends_on_short_months(self) -> bool:
        """Whether some months have no such day, so that it is worth asking: leave it out, or take the last day?"""
        return isinstance(self.rule, CalendarRule) and depends_on_short_months(self.rule)

    def with_short_months(self, short_months: ShortMonths) -> "Recurrence":
        """The same, where a shorter month is left out (``skip``) or its last day is taken (``last``)."""
        if not isinstance(self.rule, CalendarRule):
            return self
        return replace(self, rule=replace(self.rule, short_months=short_months))

    def words(self, language: str | None = None) -> str:
        """``every Monday at 09:00 (Europe/Berlin)``; `read` reads it back.

        A rule that no phrase says is written as RFC 5545 writes it.
        """
        return recurrence_words(self.rule, self.zone, language_for(language or self.language))

    def rrule(self) -> str | None:
        """The rule as of RFC 5545, without its times of day; ``None`` where that cannot say it.

        Source: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
        """
        return write_rule(self.rule, times=False) if isinstance(self.rule, CalendarRule) else None

    def to_payload(self) -> dict[str, Any]:
        """A JSON object that `from_payload` takes."""
        rule = self.rule
        payload: dict[str, Any] = {"zone": self.zone.key, "text": self.text, "count": rule.count}
        payload["start"] = None if rule.start is None else rule.start.isoformat()
        payload["until"] = None if rule.until is None else rule.until.isoformat()
        if isinstance(rule, ElapsedRule):
            return {**payload, "seconds": rule.seconds}
        return {
            **payload,
            "frequency": rule.frequency,
            "interval": rule.interval,
            "times": [each.isoformat() for each in rule.times],
            "weekdays": [list(pair) for pair in rule.weekdays],
            "month_days": list(rule.month_days),
            "months": list(rule.months),
            "positions": list(rule.positions),
            "short_months": rule.short_months,
            "week_start": rule.week_start,
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "Recurrence":
        """What `to_payload` wrote; the notes of the reading are gone."""
        start, until = (
            None if (each := payload[name]) is None else datetime.fromisoformat(each) for name in ("start", "until")
        )
        rule: Rule
        if "seconds" in payload:
            if start is None:
                raise ValueError("what repeats after hours has a start")
            rule = ElapsedRule(payload["seconds"], start, until, payload["count"])
        else:
            rule = CalendarRule(
                payload["frequency"],
                payload["interval"],
                times=tuple(time.fromisoformat(each) for each in payload["times"]),
                weekdays=tuple((nth, weekday) for nth, weekday in payload["weekdays"]),
                month_days=tuple(payload["month_days"]),
                months=tuple(payload["months"]),
                positions=tuple(payload["positions"]),
                start=start,
                until=until,
                count=payload["count"],
                short_months=payload["short_months"],
                week_start=payload["week_start"],
            )
        return cls(rule, ZoneInfo(payload["zone"]), payload["text"])
