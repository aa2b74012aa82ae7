"""/remind edit, cancel, pause and resume: for whose reminder it is, and nobody else."""

from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_reminders.commands.previewing import Changes, EditInput, changed, filled, kept, quoted
from botcore_reminders.commands.references import (
    ActiveReminderRef,
    AnyReminderRef,
    CancellableReminderRef,
    SilentReminderRef,
)
from botcore_reminders.errors import AlreadyPast, WrongState
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.values import Reminder, State

_ = bc.translator(__name__)


@dataclass(frozen=True, slots=True)
class EditCommandInput:
    """The options of /remind edit."""

    reminder: Annotated[Reminder, AnyReminderRef, bc.Option(_("Which one to change"))]


@dataclass(frozen=True, slots=True)
class CancelInput:
    """The options of /remind cancel."""

    reminder: Annotated[Reminder, CancellableReminderRef, bc.Option(_("Which one to remove"))]


@dataclass(frozen=True, slots=True)
class PauseInput:
    """The options of /remind pause."""

    reminder: Annotated[Reminder, ActiveReminderRef, bc.Option(_("Which one to silence"))]


@dataclass(frozen=True, slots=True)
class ResumeInput:
    """The options of /remind resume."""

    reminder: Annotated[Reminder, SilentReminderRef, bc.Option(_("Which one to let go on"))]


class EditForm(bc.BaseModal[EditInput]):
    """Changes a reminder that is kept."""

    id = "reminders.edit"
    title = _("Change the reminder")
    private = True

    def __init__(self, changes: Changes, clock: bc.Clock) -> None:
        self._changes = changes
        self._clock = clock

    async def process_submit(self, ctx: bc.CommandContext, data: EditInput) -> bc.CommandResult:
        """Change it at once, and say when it comes now."""
        return bc.CommandResult.ok(changed(await self._changes.take(ctx, data), self._clock.now(), ctx.locale))


class EditCommand(bc.BaseCommand[EditCommandInput]):
    """Opens the form."""

    name = "remind edit"
    description = _("Change the text or the time of a reminder")
    reply = bc.Reply.PRIVATE
    opens = EditForm

    async def process_command(self, ctx: bc.CommandContext, data: EditCommandInput) -> bc.CommandResult:
        """With what it says and does now."""
        return filled(EditForm, data.reminder, ctx.locale)


class CancelCommand(bc.BaseCommand[CancelInput]):
    """Removes a reminder."""

    name = "remind cancel"
    description = _("Remove a reminder for good")
    reply = bc.Reply.PRIVATE

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def process_command(self, ctx: bc.CommandContext, data: CancelInput) -> bc.CommandResult:
        """Remove it, and give its text back, so that nothing is lost."""
        own = data.reminder.owner_id == ctx.user.id
        reminder = await self._reminders.cancel(data.reminder.id, ctx.user.id if own else None)
        return bc.CommandResult.ok(bc.EmbedBuilder.success(f"{_('Removed.')}\n{quoted(reminder)}"))


class PauseCommand(bc.BaseCommand[PauseInput]):
    """Silences a reminder."""

    name = "remind pause"
    description = _("Silence a reminder until you resume it")
    reply = bc.Reply.PRIVATE

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def process_command(self, ctx: bc.CommandContext, data: PauseInput) -> bc.CommandResult:
        """Silence it."""
        reminder = await self._reminders.pause(data.reminder.id, ctx.user.id)
        head = _("Paused. /remind resume lets it go on.")
        return bc.CommandResult.ok(bc.EmbedBuilder.success(f"{head}\n{quoted(reminder)}"))


class ResumeCommand(bc.BaseCommand[ResumeInput]):
    """Lets a reminder go on, or delivers one that could not be."""

    name = "remind resume"
    description = _("Let a paused reminder go on, or try again to deliver one that could not be")
    reply = bc.Reply.PRIVATE

    def __init__(self, reminders: ReminderService, clock: bc.Clock) -> None:
        self._reminders = reminders
        self._clock = clock

    async def process_command(self, ctx: bc.CommandContext, data: ResumeInput) -> bc.CommandResult:
        """What was paused fires at its next time, what was parked at once."""
        try:
            reminder = await self._reminders.resume(data.reminder.id, ctx.user.id)
        except AlreadyPast:  # which speaks of an option that this command has not
            first = bc.timestamp(data.reminder.schedule.first)
            text = _("That is already past: {when}. /remind edit gives it another time.")
            raise WrongState(text.replace("{when}", first)) from None
        if data.reminder.state is State.PARKED:
            head = _("I try again now; /remind history shows what becomes of it.")
            return bc.CommandResult.ok(bc.EmbedBuilder.success(f"{head}\n{quoted(reminder)}"))
        return bc.CommandResult.ok(kept(reminder, self._clock.now(), ctx.locale))
