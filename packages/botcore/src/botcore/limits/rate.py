"""A rate as authors write it: `5/minute`."""

import re
from dataclasses import dataclass
from typing import Final, Self

from botcore.errors import BotCoreError

_UNITS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_WRITTEN: Final = re.compile(
    r"(?P<count>[0-9]{1,9}) \s* / \s* (?: (?P<many>[0-9]{1,9}) \s* )? (?P<unit>second|minute|hour|day) s?",
    re.VERBOSE,
)


class InvalidRate(BotCoreError, ValueError):
    """A rate was written in a way that cannot be read, or allows nothing at all."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` in any `seconds` that follow each other.

    Attributes:
        count: How many, at least 1.
        seconds: The length of the window, at least 1.

    Raises:
        InvalidRate: one of them is below 1.
    """

    count: int
    seconds: int

    def __post_init__(self) -> None:
        if self.count < 1 or self.seconds < 1:
            raise InvalidRate(f"A rate of {self.count} in {self.seconds} s allows nothing; both are at least 1.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `5/minute` or `5/10 seconds`; the units are second, minute, hour and day.

        Raises:
            InvalidRate: names the text and shows how a rate is written.
        """
        written = _WRITTEN.fullmatch(text.strip())
        if written is None:
            raise InvalidRate(
                f"{text!r} is not a rate; write how many and in which time, as in '5/minute' or "
                "'5/10 seconds' (second, minute, hour or day)."
            )
        return cls(int(written["count"]), int(written["many"] or 1) * _UNITS[written["unit"]])

    def __str__(self) -> str:
        """The shortest way to write it that `parse` reads."""
        unit, length = max(
            ((unit, length) for unit, length in _UNITS.items() if self.seconds % length == 0),
            key=lambda each: each[1],
        )
        many = self.seconds // length
        return f"{self.count}/{unit}" if many == 1 else f"{self.count}/{many} {unit}s"
