"""When a firing that failed is tried again, and when it is given up."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

_MOST_FACTORS: Final = 64
"""Beyond this many the longest pause has long been reached; a float would overflow one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """The schedule: pauses of 10 s, 30 s, 90 s, 4.5 min, 13.5 min, 40.5 min and then an hour, so ten attempts in 4 h.

    Each pause is shortened or lengthened at random by up to a fifth, so that what failed together does not come back
    together. A crash of the process counts as an attempt, a clean stop does not.

    Args:
        attempts: after so many the timer is parked.
        first: the pause after the first attempt.
        factor: how much longer each pause is than the one before.
        longest: no pause is longer, chance aside.
        jitter: by which part of itself a pause may differ.
    """

    attempts: int = 10
    first: timedelta = timedelta(seconds=10)
    factor: float = 3.0
    longest: timedelta = timedelta(hours=1)
    jitter: float = 0.2

    def pause(self, attempt: int, random: Random) -> timedelta | None:
        """How long to wait after an attempt that failed, or ``None`` if there is no further one.

        Args:
            attempt: 1 for the first.
            random: where chance comes from.
        """
        if attempt >= self.attempts:
            return None
        seconds = self.first.total_seconds() * self.factor ** min(attempt - 1, _MOST_FACTORS)
        seconds = min(seconds, self.longest.total_seconds())
        return timedelta(seconds=seconds * random.uniform(1 - self.jitter, 1 + self.jitter))
