"""How a clock is told to a bot in another process: JSON over a websocket of the sandbox.

The sandbox sends a reading, `{"moved": seconds, "at": moment or null}`, at first and whenever its clock was moved, and
may ask `{"ask": number, "idle": true or false}`. The bot answers `{"answers": number, "next_timer": moment or null}`,
with `idle` once nothing of its timers is due and no handler runs. Everything arrives in order, so a bot that is asked
after a move has moved its clock already.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from botcore_sandbox.clock.moving import Reading

PATH = "/sandbox/clock"
CHANNEL = "/channel"
"""Below `PATH`: the websocket."""


@runtime_checkable
class FollowingTimers(Protocol):
    """The timers of a bot that keeps step with the sandbox's clock."""

    async def until_idle(self) -> None:
        """Return once nothing is due any more and no handler runs."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next timer is due; None while none is pending."""
        ...


def pack(reading: Reading) -> dict[str, Any]:
    """A reading as JSON."""
    return {"moved": reading.moved.total_seconds(), "at": packed_moment(reading.at)}


def unpack(body: Mapping[str, Any]) -> Reading:
    """A reading from JSON.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    return Reading(timedelta(seconds=body["moved"]), moment(body["at"]))


def packed_moment(moment: datetime | None) -> str | None:
    """A moment as JSON."""
    return moment.isoformat() if moment is not None else None


def moment(packed: str | None) -> datetime | None:
    """A moment from JSON.

    Raises:
        TypeError, ValueError: it is none.
    """
    return datetime.fromisoformat(packed) if packed is not None else None
