"""The timers behind reminders: what each kind is for, and what it carries."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore_reminders.models import ReminderRow
from botcore_reminders.services.values import Route, Where

FIRE = "reminders.fire"
NAG = "reminders.nag"
SUMMARY = "reminders.summary"
SWEEP = "reminders.sweep"

SUMMARY_PAUSE = timedelta(seconds=2)
"""After the last missed reminder of a person was found, before their summary goes out."""


class Alarms:
    """Sets and cancels the timers of reminders, in the transaction of whoever changes one.

    Args:
        timers: where they are.
    """

    def __init__(self, timers: bc.Timers) -> None:
        self._timers = timers

    async def fire(self, tx: AsyncSession, row: ReminderRow) -> None:
        """Fire a reminder at its `due_at`."""
        if row.due_at is None:
            raise ValueError(f"the reminder {row.id} has no time at which it could fire")
        await self._timers.set(tx, FIRE, str(row.id), row.due_at, _payload(row, row.due_at))

    async def retry(self, tx: AsyncSession, row: ReminderRow, at: datetime, route: Route, failures: int) -> None:
        """Try the occurrence that is due again later, beginning with the way that was tried last."""
        if row.due_at is None:
            raise ValueError(f"the reminder {row.id} has nothing that could be tried again")
        payload = {**_payload(row, row.due_at), "route": route.value, "failures": failures}
        await self._timers.set(tx, FIRE, str(row.id), at, payload)

    async def nag(self, tx: AsyncSession, row: ReminderRow, at: datetime, failures: int = 0) -> None:
        """Ask again at a moment, after so many times in a row at which Discord could not be asked to."""
        if row.nag_of is None:
            raise ValueError(f"the reminder {row.id} has nothing to ask about")
        await self._timers.set(tx, NAG, str(row.id), at, {**_payload(row, row.nag_of), "failures": failures})

    async def summarise(self, tx: AsyncSession, row: ReminderRow, now: datetime) -> None:
        """Send a summary to whom this reminder is for, soon after the last that they missed was found."""
        await self._timers.set(tx, SUMMARY, summary_key(row), now + SUMMARY_PAUSE, {"queue": queue_of(row)})

    async def summarise_again(self, tx: AsyncSession, firing: bc.Firing, at: datetime, failures: int = 0) -> None:
        """Try a summary again later, or send what was put aside while it was on its way."""
        await self._timers.set(tx, SUMMARY, firing.key, at, {**firing.payload, "failures": failures})

    async def sweep(self, tx: AsyncSession, at: datetime) -> None:
        """Remove what is old at a moment."""
        await self._timers.set(tx, SWEEP, "all", at)

    async def silence(self, tx: AsyncSession, row: ReminderRow) -> None:
        """Neither fire nor nag."""
        await self._timers.cancel(tx, FIRE, str(row.id))
        await self._timers.cancel(tx, NAG, str(row.id))

    async def drop_summary(self, tx: AsyncSession, user_id: int) -> None:
        """Send nobody a summary."""
        await self._timers.cancel(tx, SUMMARY, f"user {user_id}")

    async def stop_nagging(self, tx: AsyncSession, row: ReminderRow) -> None:
        """Ask no more."""
        await self._timers.cancel(tx, NAG, str(row.id))


def occurrence_of(firing: bc.Firing) -> datetime:
    """The occurrence that a firing is about."""
    return datetime.fromisoformat(firing.payload["occurrence"])


def route_of(firing: bc.Firing) -> Route | None:
    """The way that a retry begins with; ``None`` at the first attempt."""
    return Route(firing.payload["route"]) if "route" in firing.payload else None


def failures_of(firing: bc.Firing) -> int:
    """How often in a row Discord has not taken this message for now."""
    return int(firing.payload.get("failures", 0))


def queue_of(row: ReminderRow) -> str:
    """Whom, or where, a reminder goes to: what has the same queue arrives in the order in which it was due."""
    return f"user {row.recipient_id}" if row.place == Where.DM else f"channel {row.channel_id}"


def summary_key(row: ReminderRow) -> str:
    """Whose summary a missed reminder belongs to: its recipient's, or what its author has for a channel."""
    if row.recipient_id is None:
        return f"channel {row.channel_id} {row.owner_id}"  # each author's right to write there is their own
    return f"user {row.recipient_id}"


def _payload(row: ReminderRow, occurrence: datetime) -> dict[str, Any]:
    return {"occurrence": occurrence.isoformat(), "queue": queue_of(row)}
