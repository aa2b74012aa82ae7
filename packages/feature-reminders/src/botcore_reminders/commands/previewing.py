"""Before a reminder is kept: what was understood, and whether that is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import botcore as bc
from botcore_reminders.commands.references import ShownReminderRef
from botcore_reminders.commands.words import late_words, length_words, moment_words, repeat_words, shown, where_words
from botcore_reminders.config import LONGEST_TEXT, RemindersConfig
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.values import WAITING, LatePolicy, Reminder, State
from botcore_reminders.services.wording import Understood, read_timing, understand

_ = bc.translator(__name__)

SHOWN_FIRINGS = 3
LONGEST_REPEAT = 1000
"""As many characters as a rule of RFC 5545 may have: what was typed once must fit into the form."""
WHEN_HINT = _("tomorrow at 9, in 3 hours, every weekday at 8")
REPEAT_HINT = _("every day, every 2 weeks, every month until june")


@dataclass(frozen=True, slots=True)
class DraftInput:
    """What the buttons of a preview carry."""

    reminder: Annotated[Reminder, ShownReminderRef]


@dataclass(frozen=True, slots=True)
class EditInput:
    """The form in which a reminder is changed."""

    reminder: Annotated[Reminder, ShownReminderRef]
    what: Annotated[str, bc.FormField(_("What"), paragraph=True, max_length=LONGEST_TEXT)]
    when: Annotated[str, bc.FormField(_("When"), placeholder=WHEN_HINT, max_length=300)]
    repeat: Annotated[
        str | None, bc.FormField(_("How it repeats"), placeholder=REPEAT_HINT, max_length=LONGEST_REPEAT)
    ] = None


class Changes:
    """Takes a form in which a reminder was changed.

    Args:
        reminders: where it is.
        reader: reads for whoever typed.
        clock: tells when.
        config: the operator's limits.
    """

    def __init__(
        self, reminders: ReminderService, reader: bc.TimeReader, clock: bc.Clock, config: RemindersConfig
    ) -> None:
        self._reminders = reminders
        self._reader = reader
        self._clock = clock
        self._config = config

    async def take(self, ctx: bc.CommandContext, data: EditInput) -> tuple[Reminder, Understood | None]:
        """Change the reminder; the time only where another one was typed.

        Raises:
            InvalidInput: naming the field that cannot be used.
        """
        understood = await self._understood(ctx, data)
        schedule = None if understood is None else understood.schedule
        reminder = await self._reminders.edit(data.reminder.id, ctx.user.id, data.what, schedule)
        return reminder, understood

    async def _understood(self, ctx: bc.CommandContext, data: EditInput) -> Understood | None:
        typed = (data.when.strip(), (data.repeat or "").strip())
        if typed == written(data.reminder, ctx.locale) and data.reminder.state in WAITING:
            return None
        reading = await self._reader.reading(ctx.user.id, ctx.locale)
        timing = _read("when", lambda: read_timing(typed[0], reading))
        repeat = None
        if typed[1]:
            first = timing if isinstance(timing, bc.When) else None
            repeat = _read("repeat", lambda: reading.recurrence(typed[1], first))
        return understand(timing, repeat, reading.zone, self._clock.now(), self._config)


class EditDraftForm(bc.BaseModal[EditInput]):
    """Changes a draft, and shows it anew."""

    id = "reminders.redraft"
    title = _("Change the reminder")
    updates = True

    def __init__(self, changes: Changes, clock: bc.Clock) -> None:
        self._changes = changes
        self._clock = clock

    async def process_submit(self, ctx: bc.CommandContext, data: EditInput) -> bc.CommandResult:
        """Understand it again."""
        return bc.CommandResult.ok(changed(await self._changes.take(ctx, data), self._clock.now(), ctx.locale))


class Confirm(bc.BaseButton[DraftInput]):
    """Keeps a draft."""

    id = "reminders.confirm"

    def __init__(self, reminders: ReminderService, clock: bc.Clock) -> None:
        self._reminders = reminders
        self._clock = clock

    async def process_click(self, ctx: bc.CommandContext, data: DraftInput) -> bc.CommandResult:
        """Keep it; from now on it fires."""
        reminder = await self._reminders.confirm(data.reminder.id, ctx.user.id)
        return bc.CommandResult.ok(kept(reminder, self._clock.now(), ctx.locale))


class EditDraft(bc.BaseButton[DraftInput]):
    """Opens the form."""

    id = "reminders.editdraft"
    opens = EditDraftForm

    async def process_click(self, ctx: bc.CommandContext, data: DraftInput) -> bc.CommandResult:
        """With what was typed."""
        return filled(EditDraftForm, data.reminder, ctx.locale)


class Discard(bc.BaseButton[DraftInput]):
    """Forgets a draft."""

    id = "reminders.discard"

    def __init__(self, reminders: ReminderService, clock: bc.Clock) -> None:
        self._reminders = reminders
        self._clock = clock

    async def process_click(self, ctx: bc.CommandContext, data: DraftInput) -> bc.CommandResult:
        """Forget it, and say so with the text, so that nothing is lost; what was kept meanwhile is said to be."""
        reminder = await self._reminders.discard(data.reminder.id, ctx.user.id)
        if reminder.state is not State.DRAFT:
            return bc.CommandResult.ok(kept(reminder, self._clock.now(), ctx.locale))
        head = _("Not kept. You had written:")
        return bc.CommandResult.ok(bc.Message(embeds=(bc.EmbedBuilder.info(f"{head}\n{quoted(reminder)}"),)))


def changed(change: tuple[Reminder, Understood | None], now: datetime, locale: str) -> bc.Message:
    """What holds after `Changes.take`: a draft is still to be confirmed, everything else is kept as it is now."""
    reminder, understood = change
    if reminder.state is State.DRAFT:
        return preview(reminder, () if understood is None else understood.notes, now, locale)
    if reminder.state is State.PARKED:
        head = _("Changed. It still waits to be delivered; /remind resume tries again.")
        return bc.Message(embeds=(bc.EmbedBuilder.warning(f"{head}\n{quoted(reminder)}"),))
    return kept(reminder, now, locale)


def preview(reminder: Reminder, notes: Sequence[str], now: datetime, locale: str) -> bc.Message:
    """What was understood, with the buttons that keep it, change it or forget it."""
    embed = facts(bc.EmbedBuilder().colour(0x5865F2).title(_("Is this right?")), reminder, now, locale)
    warnings = [*notes, *_moved(reminder, now)]
    if warnings:
        embed.field(_("Good to know"), "{warnings}", warnings="\n".join(warnings))
    return bc.Message(
        embeds=(embed,),
        components=(
            Confirm.button(reminder.id, label=_("Confirm"), style=bc.ButtonStyle.SUCCESS, emoji="✅"),
            EditDraft.button(reminder.id, label=_("Edit"), emoji="✏️"),
            Discard.button(reminder.id, label=_("Cancel"), emoji="✖️"),
        ),
    )


def kept(reminder: Reminder, now: datetime, locale: str) -> bc.Message:
    """That it is kept, and when it comes."""
    when = moment_words(reminder.due_at or reminder.schedule.first, reminder.schedule, now, locale)
    embed = bc.EmbedBuilder.success(f"⏰ {_('Kept.')} {bc.escape(when)}\n{quoted(reminder)}")
    repeat = repeat_words(reminder.schedule, locale)
    if repeat is not None:
        embed.field("🔁", "{repeat}", repeat=repeat)
    return bc.Message(embeds=(embed.footer(_("/remind list shows what you have.")),))


def facts(embed: bc.EmbedBuilder, reminder: Reminder, now: datetime, locale: str) -> bc.EmbedBuilder:
    """All that there is to say about a reminder."""
    embed.description(quoted(reminder))
    due_at = reminder.due_at
    if due_at is not None:
        here = bc.timestamp(due_at, bc.TimestampStyle.LONG)
        embed.field(_("When"), f"{{when}}\n{here}", when=moment_words(due_at, reminder.schedule, now, locale))
    repeat = repeat_words(reminder.schedule, locale)
    if repeat is not None:
        embed.field(_("How it repeats"), "{repeat}", repeat=repeat)
        if due_at is not None:
            upcoming = [due_at, *reminder.schedule.next(due_at, SHOWN_FIRINGS - 1)]
            lines = [
                f"{bc.timestamp(each, bc.TimestampStyle.LONG)} ({bc.timestamp(each, bc.TimestampStyle.RELATIVE)})"
                for each in upcoming
            ]
            embed.field(
                _.plural("The next time", "The next {count} times", len(lines)).format(count=len(lines)),
                "\n".join(lines),
            )
    manner = [where_words(reminder)]
    if reminder.nag is not None:
        manner.append(
            _("Asks again every {pause} until you press Done, but not in the night.").format(
                pause=length_words(reminder.nag, locale)
            )
        )
    if reminder.late is not LatePolicy.FIRE:
        manner.append(late_words(reminder.late))
    return embed.field(_("Where and how"), "\n".join(manner))


def filled(form: type[bc.BaseModal[EditInput]], reminder: Reminder, locale: str) -> bc.CommandResult:
    """Opens the form with what the reminder says and does now."""
    when, repeat = written(reminder, locale)
    return bc.CommandResult.open(form.modal(reminder.id, what=reminder.text, when=when, repeat=repeat))


def written(reminder: Reminder, locale: str) -> tuple[str, str]:
    """When it fires next and how it repeats, in words that are read back as the same."""
    schedule = reminder.schedule
    moment = reminder.due_at or schedule.first
    return bc.When(moment, schedule.zone).words(locale), repeat_words(schedule, locale) or ""


def quoted(reminder: Reminder) -> str:
    """The text as a quotation, with the address of the message that it is about."""
    text = "\n".join(f"> {line}" for line in shown(reminder.text).split("\n"))
    return text if reminder.link is None else f"{text}\n> [{_('The message')}]({reminder.link})"


def _moved(reminder: Reminder, now: datetime) -> Sequence[str]:
    """What the clocks will do to it within a year."""
    moved = reminder.schedule.moved(now)
    if moved is None:
        return ()
    there = moved.instant.astimezone(reminder.schedule.zone)
    return (
        _("On {day} the clocks skip {skipped}, so it comes at {shifted}.").format(
            day=f"{there:%Y-%m-%d}", skipped=f"{moved.wall:%H:%M}", shifted=f"{there:%H:%M}"
        ),
    )


def _read[T](field: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except bc.NotUnderstood as error:
        raise bc.InvalidInput(field, error.message) from error
