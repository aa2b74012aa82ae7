"""A step of a visit, and how it says that something is not as it should be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from botcore_sandbox.tour.scene import Scene


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Args:
        title: what it shows, as a headline.
        play: does it; raises `Unexpected` where the bot does something else.
        feature: the feature that it uses; without that feature the step is left out.
    """

    title: str
    play: Callable[[Scene], Awaitable[None]]
    feature: str = "core"


class Unexpected(Exception):
    """A step went wrong.

    Args:
        expected: what should have been there, as a phrase.
        seen: what was there instead.
    """

    def __init__(self, expected: str, seen: object) -> None:
        super().__init__(f"Expected {expected}; seen: {seen}")
        self.expected = expected
        self.seen = str(seen) or "nothing"


def expect(holds: object, expected: str, seen: object) -> None:
    """Go on only if something holds.

    Args:
        holds: anything; what is false or empty does not hold.
        expected: what should have been there, as a phrase: "a private answer".
        seen: what was there instead.

    Raises:
        Unexpected: it does not hold.
    """
    if not holds:
        raise Unexpected(expected, seen)


def expect_one[Thing](thing: Thing | None, expected: str, seen: object) -> Thing:
    """Go on only if something is there, and hand it back.

    Raises:
        Unexpected: it is None.
    """
    if thing is None:
        raise Unexpected(expected, seen)
    return thing
