"""The ways in which one occurrence may reach somebody, in their order, and what each may say."""

from dataclasses import dataclass

import botcore as bc
from botcore_reminders.services.values import Reminder, Route, Where

MISSING_ACCESS = 50001
MISSING_PERMISSIONS = 50013
"""Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


def routes(reminder: Reminder) -> tuple[Route, ...]:
    """The ways to try, the first one first. What is for a whole channel can go nowhere else."""
    if reminder.where is Where.CHANNEL:
        return (Route.CHANNEL,)
    if reminder.where is Where.HERE:
        return (Route.CHANNEL, Route.DM)
    if reminder.guild_id is None:
        return (Route.DM,)
    return (Route.DM, Route.NOTICE)


@dataclass(frozen=True, slots=True)
class Leave:
    """What may be sent at this moment.

    Args:
        pings: the ids of the members who may be pinged.
        role_pings: the ids of the roles that may be.
    """

    pings: tuple[int, ...] = ()
    role_pings: tuple[int, ...] = ()


class Plan:
    """Asks, at the moment of sending, whether a way is still open: its author may have left, lost a role or a channel.

    Args:
        members: knows what members may do.
    """

    def __init__(self, members: bc.Members) -> None:
        self._members = members

    async def leave(self, reminder: Reminder, route: Route, named: tuple[int, ...]) -> Leave | bc.Refused:
        """Whether a reminder may go this way now, and whom it may ping.

        Args:
            reminder: the reminder.
            route: the way.
            named: the ids of the members whom its text mentions.

        Returns:
            Leave, or why not, in Discord's words.
        """
        if route is Route.CHANNEL:
            return await self._channel(reminder, named)
        if reminder.from_another and (refused := await self._refused_to_author(reminder)) is not None:
            return refused
        return await self._notice(reminder) if route is Route.NOTICE else Leave()

    async def _channel(self, reminder: Reminder, named: tuple[int, ...]) -> Leave | bc.Refused:
        """Its author must be there and may write; it pings them, and whom they could ping."""
        access = await self._access(reminder, reminder.owner_id)
        if isinstance(access, bc.Refused):
            return access
        if not access.writes:
            return bc.Refused(MISSING_PERMISSIONS if access.sees else MISSING_ACCESS, transient=False)
        own = () if reminder.recipient_id is None else (reminder.recipient_id,)
        return Leave(tuple(dict.fromkeys((*own, *named))), tuple(access.pings))

    async def _notice(self, reminder: Reminder) -> Leave | bc.Refused:
        """Only where its recipient can read it."""
        recipient = reminder.recipient_id
        if recipient is None:
            return bc.Refused(MISSING_ACCESS, transient=False)
        access = await self._access(reminder, recipient)
        if isinstance(access, bc.Refused):
            return access
        return Leave((recipient,)) if access.sees else bc.Refused(MISSING_ACCESS, transient=False)

    async def _refused_to_author(self, reminder: Reminder) -> bc.Refused | None:
        """Who reminds others still has to be one who may."""
        access = await self._access(reminder, reminder.owner_id)
        if isinstance(access, bc.Refused):
            return access
        return None if access.manages_messages else bc.Refused(MISSING_PERMISSIONS, transient=False)

    async def _access(self, reminder: Reminder, user_id: int) -> bc.Access | bc.Refused:
        if reminder.guild_id is None or reminder.channel_id is None:
            return bc.Refused(MISSING_ACCESS, transient=False)
        return await self._members.access(reminder.guild_id, reminder.channel_id, user_id)
