"""Sending one message of a reminder by one way, if that way is open at this moment, and only once.

Every message has a nonce that is made of what it is: the reminder, its occurrence and the way. Sent again within the
minutes in which Discord knows it, it is the same message.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import botcore as bc
from botcore_reminders.services.painting import ReminderPainter
from botcore_reminders.services.plan import Leave, Plan
from botcore_reminders.services.preferences import ReminderPreferences
from botcore_reminders.services.turns import Turns
from botcore_reminders.services.values import Delivery, Missed, Reminder, Route, Where

_MENTION = re.compile(r"<@!?(\d{1,20})>")

TURNED_DOWN = bc.Refused(-1, transient=False)
"""Not Discord's: the recipient no longer takes reminders from others."""


class Outbox:
    """Sends.

    Args:
        messenger: takes the messages.
        members: knows what authors may do at that moment.
        preferences: knows who takes reminders from others.
        painter: writes the messages.

    Attributes:
        turns: have the one of whom or of where a message goes to before it is written down and until its end is.
    """

    def __init__(
        self,
        messenger: bc.Messenger,
        members: bc.Members,
        preferences: ReminderPreferences,
        painter: ReminderPainter,
    ) -> None:
        self._messenger = messenger
        self._plan = Plan(members)
        self._preferences = preferences
        self._painter = painter
        self.turns = Turns()

    async def reminder(self, delivery: Delivery, way: Route) -> bc.Sent | bc.Refused:
        """Send an occurrence, or the notice that it waits."""
        leave = await self._leave(delivery.reminder, way)
        if isinstance(leave, bc.Refused):
            return leave
        delivery = replace(delivery, pings=leave.pings, role_pings=leave.role_pings)
        message = self._painter.notice(delivery) if way is Route.NOTICE else self._painter.reminder(delivery)
        return await self._send(delivery, way, message, way.value)

    async def nag(self, delivery: Delivery, way: Route, times: int) -> bc.Sent | bc.Refused:
        """Ask again, or say in the channel that something still waits."""
        leave = await self._leave(delivery.reminder, way)
        if isinstance(leave, bc.Refused):
            return leave
        # whom the text names was told once; whether it is done is asked of one person
        delivery = replace(
            delivery, pings=tuple(each for each in leave.pings if each == delivery.reminder.recipient_id)
        )
        message = self._painter.notice(delivery) if way is Route.NOTICE else self._painter.nag(delivery, times)
        return await self._send(delivery, way, message, "nag", times, way.value)

    async def summary(self, missed: Sequence[Missed], count: int, nonce: str) -> bc.Sent | bc.Refused:
        """Send one message for what was missed by one person, or in a channel by the reminders of one author.

        Args:
            missed: the first of them.
            count: how many there are.
            nonce: the name of this summary.
        """
        message = self._painter.summary(missed, count)
        reminder = missed[0].reminder
        if reminder.recipient_id is not None:
            return await self._messenger.dm(reminder.recipient_id, message, nonce=nonce)
        leave = await self._leave(reminder, Route.CHANNEL)
        if isinstance(leave, bc.Refused):
            return leave
        return await self._messenger.send(_channel(reminder), message, nonce=nonce)

    async def tell_owner(self, delivery: Delivery, code: int) -> None:
        """Say directly that a reminder was parked, where that is news and can arrive."""
        reminder = delivery.reminder
        if reminder.where is Where.CHANNEL or reminder.from_another:
            nonce = bc.make_nonce("reminders", reminder.id, delivery.occurrence.isoformat(), "parked")
            await self._messenger.dm(reminder.owner_id, self._painter.parked(reminder, code), nonce=nonce)

    async def _leave(self, reminder: Reminder, way: Route) -> Leave | bc.Refused:
        if reminder.from_another and reminder.recipient_id is not None:
            preferences = await self._preferences.of(reminder.recipient_id)
            if not preferences.from_others:
                return TURNED_DOWN
        named = tuple(int(found) for found in _MENTION.findall(reminder.text))
        return await self._plan.leave(reminder, way, named)

    async def _send(
        self, delivery: Delivery, way: Route, message: bc.Message, *names: str | int
    ) -> bc.Sent | bc.Refused:
        reminder = delivery.reminder
        nonce = bc.make_nonce("reminders", reminder.id, delivery.occurrence.isoformat(), *names)
        if way is Route.DM and reminder.recipient_id is not None:
            return await self._messenger.dm(reminder.recipient_id, message, nonce=nonce)
        return await self._messenger.send(_channel(reminder), message, nonce=nonce)


def _channel(reminder: Reminder) -> int:
    if reminder.channel_id is None:
        raise ValueError(f"the reminder {reminder.id} goes to a channel and has none")
    return reminder.channel_id
