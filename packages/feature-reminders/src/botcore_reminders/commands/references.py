"""Reminders as options and in custom ids, and times as they are typed: what a person may name, and how they find it."""

from collections.abc import Sequence

import botcore as bc
from botcore_reminders.commands.words import on_one_line, state_words
from botcore_reminders.errors import ReminderGone, UnknownReminder
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.values import WAITING, Reminder, State, Where
from botcore_reminders.services.wording import Timing, read_timing

MANAGE_MESSAGES = 1 << 13
"""Source: https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags"""

_LARGEST_ID = 2**31 - 1  # of the column


class TimingRef(bc.Ref[Timing]):
    """When: one moment, or already what repeats."""

    def __init__(self, reader: bc.TimeReader) -> None:
        self._reader = reader
        self._moments = bc.WhenRef(reader)
        self._repeats = bc.RecurrenceRef(reader)

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """How it is understood so far."""
        reading = await self._reader.reading(ctx.user.id, ctx.locale)
        try:
            if not typed.strip() or isinstance(read_timing(typed, reading), bc.When):
                return await self._moments.search(ctx, typed)
        except bc.NotUnderstood:
            moments, repeats = await self._moments.search(ctx, typed), await self._repeats.search(ctx, typed)
            return moments if len(moments) >= len(repeats) else repeats
        return await self._repeats.search(ctx, typed)

    async def load(self, ctx: bc.CommandContext, value: str) -> Timing:
        """Read it.

        Raises:
            NotUnderstood: naming the word that was not understood.
        """
        return read_timing(value, await self._reader.reading(ctx.user.id, ctx.locale))


class RepeatRef(bc.RecurrenceRef):
    """What repeats after the moment in ``when``, which says what the phrase leaves open.

    Args:
        reader: reads for whoever types.
    """

    async def first(self, ctx: bc.CommandContext, reading: bc.Reading) -> bc.When | None:
        """The moment in ``when``, if there is one that can be read."""
        try:
            return reading.when(ctx.given("when") or "")
        except bc.NotUnderstood:
            return None


class ReminderRef(bc.Ref[Reminder]):
    """A reminder of whoever asks, in whichever server; its value is the reminder's number."""

    states: Sequence[State] = WAITING

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """Those whose text holds what was typed: what wants something first, then what comes next."""
        return [choice(each, ctx) for each in await self._reminders.search(ctx.user.id, typed, self.states)]

    async def load(self, ctx: bc.CommandContext, value: str) -> Reminder:
        """The reminder of this number.

        Raises:
            UnknownReminder: there is none, or it is somebody else's.
        """
        number = reminder_number(value)
        if number is None:
            raise UnknownReminder
        return await self._reminders.find(number, ctx.user.id)


class ShownReminderRef(ReminderRef):
    """As `ReminderRef`, under messages and in forms, where there is no list to choose from."""

    def __init__(self, reminders: ReminderService) -> None:
        super().__init__(reminders)

    async def load(self, ctx: bc.CommandContext, value: str) -> Reminder:
        """The reminder of this number.

        Raises:
            ReminderGone: there is none, or it is somebody else's.
        """
        try:
            return await super().load(ctx, value)
        except UnknownReminder:
            raise ReminderGone from None


class ActiveReminderRef(ReminderRef):
    """As `ReminderRef`, and offers only what can be paused."""

    states = (State.ACTIVE,)

    def __init__(self, reminders: ReminderService) -> None:
        super().__init__(reminders)


class SilentReminderRef(ReminderRef):
    """As `ReminderRef`, and offers only what can be resumed."""

    states = (State.PARKED, State.PAUSED)

    def __init__(self, reminders: ReminderService) -> None:
        super().__init__(reminders)


class AnyReminderRef(ReminderRef):
    """As `ReminderRef`, and offers what was delivered too."""

    states = (*WAITING, State.DONE)

    def __init__(self, reminders: ReminderService) -> None:
        super().__init__(reminders)


class CancellableReminderRef(ReminderRef):
    """As `ReminderRef`; who looks after this channel finds what goes to everybody in it, too."""

    def __init__(self, reminders: ReminderService) -> None:
        super().__init__(reminders)

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """Their own, and then the channel's."""
        found = {each.id: each for each in await self._reminders.search(ctx.user.id, typed, self.states)}
        if looks_after(ctx) and ctx.channel_id is not None:
            found |= {each.id: each for each in await self._reminders.search_channel(ctx.channel_id, typed)}
        return [choice(each, ctx) for each in found.values()]

    async def load(self, ctx: bc.CommandContext, value: str) -> Reminder:
        """The reminder of this number.

        Raises:
            UnknownReminder: there is none, or it is neither their own nor this channel's.
        """
        number = reminder_number(value)
        reminder = None if number is None else await self._reminders.found(number)
        if reminder is None or not (reminder.owner_id == ctx.user.id or _is_of_channel(reminder, ctx)):
            raise UnknownReminder
        return reminder


class HeardReminderRef(bc.Ref[Reminder]):
    """The reminder of a message that arrived: for whoever it was for, and for who can read the channel it stood in."""

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """Nothing: these are found under messages."""
        return ()

    async def load(self, ctx: bc.CommandContext, value: str) -> Reminder:
        """The reminder of this number.

        Raises:
            ReminderGone: it is no longer kept, or was never for this person to hear.
        """
        number = reminder_number(value)
        reminder = None if number is None else await self._reminders.found(number)
        if reminder is None or not await self._hears(ctx, reminder):
            raise ReminderGone
        return reminder

    async def _hears(self, ctx: bc.CommandContext, reminder: Reminder) -> bool:
        if ctx.user.id in {reminder.owner_id, reminder.recipient_id}:
            return True
        if reminder.where is Where.DM or reminder.channel_id is None or reminder.guild_id != ctx.guild_id:
            return False
        # until it has stood there, it is its owner's secret: a stranger may have invented the number
        return ctx.can_see_channel(reminder.channel_id) and await self._reminders.was_shown(reminder.id)


def looks_after(ctx: bc.CommandContext) -> bool:
    """Whether somebody may remove what others wrote in this channel."""
    return bool(ctx.permissions & MANAGE_MESSAGES) or ctx.is_administrator


def choice(reminder: Reminder, ctx: bc.CommandContext) -> bc.Choice:
    """A line of the list: when, and what; the state stands first, since a long text is cut at its end."""
    state = state_words(reminder.state)
    moment = reminder.due_at or reminder.schedule.first
    when = f"{moment.astimezone(reminder.schedule.zone):%Y-%m-%d %H:%M} "
    mark = f"({state}) " if state else ""
    return bc.Choice(f"{mark}{when}{on_one_line(reminder.text, 70)}", str(reminder.id))


def reminder_number(value: str) -> int | None:
    """The number in a stranger's text, if it can be one of a reminder at all."""
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(_LARGEST_ID))):
        return None
    return number if (number := int(value)) <= _LARGEST_ID else None


def _is_of_channel(reminder: Reminder, ctx: bc.CommandContext) -> bool:
    return reminder.where is Where.CHANNEL and reminder.channel_id == ctx.channel_id and looks_after(ctx)
