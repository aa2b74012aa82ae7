"""Under a reminder that has arrived: done, later, and me too. All of it works after any restart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from typing import Annotated, Any

import botcore as bc
from botcore_reminders.commands.references import HeardReminderRef
from botcore_reminders.errors import AlreadyPast, NotYours
from botcore_reminders.services.heard import HeardReminders
from botcore_reminders.services.values import Made, Reminder, Where

_ = bc.translator(__name__)

CLICK_RATE = "30/minute"

_EPHEMERAL = 1 << 6
"""Source: https://discord.com/developers/docs/resources/message#message-object-message-flags"""

_MORNING = time(9)


class Later(Enum):
    """How much later."""

    TEN_MINUTES = "10m"
    AN_HOUR = "1h"
    TOMORROW = "1d"


@dataclass(frozen=True, slots=True)
class HeardInput:
    """What a button carries: the reminder, and its occurrence in seconds since 1970."""

    reminder: Annotated[Reminder, HeardReminderRef]
    occurrence: int


@dataclass(frozen=True, slots=True)
class LaterInput:
    """The same, and how much later."""

    reminder: Annotated[Reminder, HeardReminderRef]
    occurrence: int
    later: Later


@dataclass(frozen=True, slots=True)
class ChooseInput:
    """The form for another moment."""

    reminder: Annotated[Reminder, HeardReminderRef]
    occurrence: int
    when: Annotated[bc.When, bc.FormField(_("When"), placeholder=_("tomorrow at 9, in 3 hours, friday 17:30"))]


class Done(bc.BaseButton[HeardInput]):
    """Says that a reminder is done with."""

    id = "reminders.done"
    rate_limit = CLICK_RATE

    def __init__(self, heard: HeardReminders) -> None:
        self._heard = heard

    async def process_click(self, ctx: bc.CommandContext, data: HeardInput) -> bc.CommandResult:
        """Ask no more, and take the buttons away."""
        require_recipient(ctx, data.reminder)
        await self._heard.done(data.reminder.id)
        return bc.CommandResult.ok(_with_line(ctx, bc.EmbedBuilder.success(f"✅ {_('Done.')}"), data))


class Snooze(bc.BaseButton[LaterInput]):
    """Brings a reminder back later, to whom it was for."""

    id = "reminders.snooze"
    rate_limit = CLICK_RATE

    def __init__(self, heard: HeardReminders, reader: bc.TimeReader, clock: bc.Clock) -> None:
        self._heard = heard
        self._reader = reader
        self._clock = clock

    def check(self, ctx: bc.CommandContext, reminder: Reminder) -> None:
        """Only for whom it is.

        Raises:
            NotYours: for anybody else.
        """
        require_recipient(ctx, reminder)

    async def process_click(self, ctx: bc.CommandContext, data: LaterInput) -> bc.CommandResult:
        """Make the copy, and say in the message until when it is quiet."""
        self.check(ctx, data.reminder)
        zone = await self._reader.zone_of(ctx.user.id)
        at = later(self._clock.now(), data.later, zone)
        copy = await self._heard.again(data.reminder.id, moment_of(data.occurrence), made_by(ctx), at)
        return bc.CommandResult.ok(_snoozed(ctx, copy, data))


class SnoozeForMe(Snooze):
    """The same for who has pressed "Me too", in their own private answer."""

    id = "reminders.mine"

    def __init__(self, heard: HeardReminders, reader: bc.TimeReader, clock: bc.Clock) -> None:
        super().__init__(heard, reader, clock)

    def check(self, ctx: bc.CommandContext, reminder: Reminder) -> None:
        """For anybody, but never on a message that others see."""
        require_private(ctx)


class ChooseForm(bc.BaseModal[ChooseInput]):
    """Asks for another moment."""

    id = "reminders.choose"
    title = _("Remind me again")
    updates = True
    rate_limit = CLICK_RATE

    def __init__(self, heard: HeardReminders, clock: bc.Clock) -> None:
        self._heard = heard
        self._clock = clock

    def check(self, ctx: bc.CommandContext, reminder: Reminder) -> None:
        """Only for whom it is.

        Raises:
            NotYours: for anybody else.
        """
        require_recipient(ctx, reminder)

    async def process_submit(self, ctx: bc.CommandContext, data: ChooseInput) -> bc.CommandResult:
        """Make the copy."""
        self.check(ctx, data.reminder)
        if data.when.instant <= self._clock.now():
            raise AlreadyPast(data.when.words())
        moment = moment_of(data.occurrence)
        copy = await self._heard.again(data.reminder.id, moment, made_by(ctx), data.when.instant)
        return bc.CommandResult.ok(_snoozed(ctx, copy, data))


class ChooseForMeForm(ChooseForm):
    """The same for who has pressed "Me too"."""

    id = "reminders.mychoice"

    def __init__(self, heard: HeardReminders, clock: bc.Clock) -> None:
        super().__init__(heard, clock)

    def check(self, ctx: bc.CommandContext, reminder: Reminder) -> None:
        """For anybody, but never on a message that others see."""
        require_private(ctx)


class Choose(bc.BaseButton[HeardInput]):
    """Opens the form for another moment."""

    id = "reminders.other"
    opens = ChooseForm
    rate_limit = CLICK_RATE

    async def process_click(self, ctx: bc.CommandContext, data: HeardInput) -> bc.CommandResult:
        """Only for whom it is."""
        require_recipient(ctx, data.reminder)
        return bc.CommandResult.open(ChooseForm.modal(data.reminder.id, data.occurrence))


class ChooseForMe(bc.BaseButton[HeardInput]):
    """The same for who has pressed "Me too"."""

    id = "reminders.myother"
    opens = ChooseForMeForm
    rate_limit = CLICK_RATE

    async def process_click(self, ctx: bc.CommandContext, data: HeardInput) -> bc.CommandResult:
        """For anybody, but never on a message that others see."""
        require_private(ctx)
        return bc.CommandResult.open(ChooseForMeForm.modal(data.reminder.id, data.occurrence))


class MeToo(bc.BaseButton[HeardInput]):
    """Gives others in the channel a reminder of their own."""

    id = "reminders.metoo"
    answers = bc.Answers.NEW_PRIVATE
    rate_limit = CLICK_RATE

    def __init__(self, heard: HeardReminders, clock: bc.Clock) -> None:
        self._heard = heard
        self._clock = clock

    async def process_click(self, ctx: bc.CommandContext, data: HeardInput) -> bc.CommandResult:
        """Follow what repeats; of what does not, ask when."""
        copy = await self._heard.follow(data.reminder.id, made_by(ctx))
        if copy is not None and copy.due_at is not None:
            text = _("You get this reminder too, directly, from {when} on. /remind list shows it.")
            when = bc.timestamp(copy.due_at, bc.TimestampStyle.LONG)
            return bc.CommandResult.ok(bc.EmbedBuilder.success(text.replace("{when}", str(when))))
        return bc.CommandResult.ok(
            bc.EmbedBuilder.info(_("When do you want to be reminded of it?")),
            components=_later_buttons(SnoozeForMe, ChooseForMe, data.reminder.id, data.occurrence),
        )


def buttons(reminder: Reminder, occurrence: datetime) -> Sequence[bc.Button]:
    """What stands under a reminder that has arrived."""
    number, moment = reminder.id, int(occurrence.timestamp())
    found: list[bc.Button] = []
    if reminder.where is not Where.CHANNEL:
        found.append(Done.button(number, moment, label=_("Done"), emoji="✅", style=bc.ButtonStyle.SUCCESS))
        found += _later_buttons(Snooze, Choose, number, moment)
    if reminder.where is not Where.DM:
        found.append(me_too(number, moment))
    return found


def me_too(reminder_id: int, occurrence: int) -> bc.Button:
    """The button for the others in the channel."""
    return MeToo.button(reminder_id, occurrence, label=_("Me too"), emoji="🙋")


def later(now: datetime, how: Later, zone: Any) -> datetime:
    """The moment that is so much later; tomorrow is at nine, where the person is."""
    if how is Later.TOMORROW:
        day = now.astimezone(zone).date() + timedelta(days=1)
        return datetime.combine(day, _MORNING, tzinfo=zone).astimezone(UTC)
    return now + (timedelta(minutes=10) if how is Later.TEN_MINUTES else timedelta(hours=1))


def moment_of(seconds: int) -> datetime:
    """The occurrence that a button carries."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        raise bc.NotFound(_("This button is not one of a reminder.")) from None


def made_by(ctx: bc.CommandContext) -> Made:
    """Who acts, and where."""
    return Made(ctx.user.id, ctx.guild_id, None if ctx.guild_id is None else ctx.channel_id, ctx.locale)


def require_recipient(ctx: bc.CommandContext, reminder: Reminder) -> None:
    """Refuse anybody but whom it is for.

    Raises:
        NotYours: with the way out.
    """
    if ctx.user.id != (reminder.recipient_id or reminder.owner_id):
        raise NotYours


def require_private(ctx: bc.CommandContext) -> None:
    """Refuse a click that would change a message which others see; only a forged one does.

    Raises:
        NotYours: with the way out.
    """
    if not int((ctx.message or {}).get("flags", 0)) & _EPHEMERAL:
        raise NotYours


def _later_buttons(
    snooze: type[Snooze], choose: type[bc.BaseButton[HeardInput]], number: int, moment: int
) -> list[bc.Button]:
    return [
        snooze.button(number, moment, Later.TEN_MINUTES, label=_("10 min"), emoji="💤"),
        snooze.button(number, moment, Later.AN_HOUR, label=_("1 hour"), emoji="💤"),
        snooze.button(number, moment, Later.TOMORROW, label=_("Tomorrow"), emoji="💤"),
        choose.button(number, moment, label=_("Another time…"), emoji="💤"),
    ]


def _snoozed(ctx: bc.CommandContext, copy: Reminder, data: LaterInput | ChooseInput) -> bc.Message:
    moment = copy.due_at or copy.schedule.first
    when = f"{bc.timestamp(moment, bc.TimestampStyle.LONG)} ({bc.timestamp(moment, bc.TimestampStyle.RELATIVE)})"
    line = f"💤 {_('Comes again {when}.').replace('{when}', when)}"
    return _with_line(ctx, bc.EmbedBuilder.info(line), data)


def _with_line(
    ctx: bc.CommandContext, line: bc.EmbedBuilder, data: HeardInput | LaterInput | ChooseInput
) -> bc.Message:
    """The message that was clicked, with one more line and without the buttons of whom it was for."""
    message: Mapping[str, Any] = ctx.message or {}
    public = data.reminder.where is not Where.DM and not int(message.get("flags", 0)) & _EPHEMERAL
    return bc.Message(
        content=message.get("content") or None,
        embeds=(*_kept(message), line),
        components=(me_too(data.reminder.id, data.occurrence),) if public else (),
    )


def _kept(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Its embeds, without what Discord adds to them when it gives them back."""
    parts = ("title", "description", "color", "fields", "footer")
    return [{name: embed[name] for name in parts if name in embed} for embed in message.get("embeds", ())]
