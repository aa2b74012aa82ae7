"""`Duration`: a length of time that somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from botcore.when.errors import Impossible
from botcore.when.language import Language, language_for
from botcore.when.moment import moved
from botcore.when.saying import duration_words
from botcore.when.situation import Situation, utc
from botcore.when.spans import Span
from botcore.when.understanding import impossible, read

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: parts that move the calendar and keep the time of day, and seconds that elapse.

    Args:
        months: whole months; a year is twelve.
        days: whole days; a week is seven.
        seconds: whole seconds, which elapse.
        text: what was typed.
        language: the language that `words` uses unless told another.
    """

    months: int = 0
    days: int = 0
    seconds: int = 0
    text: str = field(default="", compare=False)
    language: str = field(default="en", compare=False)

    @classmethod
    def read(cls, text: str, *, language: str = "en") -> "Duration":
        """Read a length such as ``2h30m``, ``1 week 2 days`` or ``an hour and a half``.

        Raises:
            NotUnderstood: naming the word that was not understood, and what to write instead.
        """

        def resolve(span: Span, understood: Language) -> "Duration":
            months, days, seconds, business_days = span.settled()
            if business_days:
                raise Impossible("business_days_in_duration")
            if not (months or days or seconds):
                raise Impossible("no_length")
            return cls(months, days, seconds, text, understood.code)

        return read(text, "duration", language_for(language), resolve)

    @property
    def elapsed(self) -> timedelta | None:
        """The length where every day has 24 hours; ``None`` where months are in it, which have no fixed length."""
        return None if self.months else timedelta(days=self.days, seconds=self.seconds)

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The moment (UTC) this long after ``moment`` (aware), by the calendar of ``zone``.

        Raises:
            NotUnderstood: if that is outside 1970 to 2999.
        """
        situation = Situation(utc(moment), zone, "dmy", 0)
        span = Span(Fraction(self.months), Fraction(self.days), Fraction(self.seconds))
        try:
            return moved(span, 1, situation)
        except Impossible as error:
            raise impossible(error, language_for(self.language)) from None

    def words(self, language: str | None = None) -> str:
        """``1 week 2 days``; `read` reads it back."""
        return duration_words(self.months, self.days, self.seconds, language_for(language or self.language))

    def to_payload(self) -> dict[str, Any]:
        """A JSON object that `from_payload` takes."""
        return {"months": self.months, "days": self.days, "seconds": self.seconds, "text": self.text}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "Duration":
        """What `to_payload` wrote."""
        return cls(payload["months"], payload["days"], payload["seconds"], payload["text"])
