"""How long to wait before a message is tried again that Discord does not take for now."""

from datetime import timedelta
from typing import Final

_PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300, 600, 1200, 1800, 3600))


def pause_after(number: int) -> timedelta:
    """The pause after so many attempts that failed: ten seconds at first, an hour in the end.

    The first ones lie within the minutes in which Discord knows a nonce again, so that a message whose answer was lost
    is not doubled.
    """
    return _PAUSES[min(number, len(_PAUSES)) - 1]
