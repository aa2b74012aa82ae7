"""/remind me, /remind other and /remind channel: making a reminder, and seeing first what was understood."""

from dataclasses import dataclass
from typing import Annotated, Literal

import nextcord

import botcore as bc
from botcore_reminders.commands.hearing import made_by
from botcore_reminders.commands.previewing import preview
from botcore_reminders.commands.references import RepeatRef, TimingRef, looks_after
from botcore_reminders.config import LONGEST_TEXT, RemindersConfig
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.values import LatePolicy, NewReminder, Where
from botcore_reminders.services.wording import Timing, read_nag, understand

_ = bc.translator(__name__)

MAKE_RATE = "20/minute"


# The options that several of the commands have.
_When = Annotated[Timing, TimingRef, bc.Option(_("When, such as: tomorrow at 9, in 2h30m, every weekday at 8"))]
_Repeat = Annotated[
    bc.Recurrence | None, RepeatRef, bc.Option(_("How it repeats after that, such as: every day, every 2 weeks"))
]
_Late = Annotated[
    Literal["fire", "skip", "summarise"],
    bc.Option(_("What becomes of it if the bot is not running then: it comes late, not at all, or in a summary")),
]


@dataclass(frozen=True, slots=True)
class RemindMeInput:
    """The options of /remind me."""

    what: Annotated[str, bc.Option(_("What you want to be reminded of"), max=LONGEST_TEXT)]
    when: _When
    repeat: _Repeat = None
    where: Annotated[Literal["dm", "here"], bc.Option(_("Where: directly to you, or in this channel"))] = "dm"
    late: _Late = "fire"
    nag: Annotated[
        bc.Duration | None, bc.Option(_("Ask again after this long until you press Done, such as: 30 minutes"))
    ] = None


@dataclass(frozen=True, slots=True)
class RemindOtherInput:
    """The options of /remind other."""

    member: Annotated[nextcord.Member, bc.Option(_("Whom to remind"))]
    what: Annotated[str, bc.Option(_("What of"), max=LONGEST_TEXT)]
    when: _When
    repeat: _Repeat = None


@dataclass(frozen=True, slots=True)
class RemindChannelInput:
    """The options of /remind channel."""

    channel: Annotated[nextcord.TextChannel, bc.Option(_("Which channel to remind"))]
    what: Annotated[str, bc.Option(_("What of"), max=LONGEST_TEXT)]
    when: _When
    repeat: _Repeat = None
    late: _Late = "fire"


class Maker:
    """Makes drafts of what was typed, and shows what was understood.

    Args:
        reminders: keeps them.
        reader: knows the zone of whoever types.
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

    async def draft(  # noqa: D417 - the rest is as in NewReminder
        self,
        ctx: bc.CommandContext,
        text: str,
        timing: Timing,
        repeat: bc.Recurrence | None = None,
        *,
        nag: bc.Duration | None = None,
        where: Where = Where.DM,
        late: LatePolicy = LatePolicy.FIRE,
        recipient_id: int | None = None,
        channel_id: int | None = None,
        link: str | None = None,
    ) -> bc.CommandResult:
        """Keep a draft and answer with its preview.

        Args:
            ctx: who asks, and where.
            text: as typed.
            timing: what stood in `when`.
            repeat: what stood in `repeat`.
            nag: after how long it asks again.

        Raises:
            UserError: what was typed cannot be used.
        """
        now = self._clock.now()
        home = await self._reader.zone_of(ctx.user.id)
        understood = understand(timing, repeat, home, now, self._config)
        reminder = await self._reminders.draft(
            NewReminder(
                made=made_by(ctx),
                text=text,
                schedule=understood.schedule,
                where=where,
                recipient_id=recipient_id,
                channel_id=channel_id,
                late=late,
                nag=read_nag(nag, self._config),
                link=link,
            )
        )
        return bc.CommandResult.ok(preview(reminder, understood.notes, now, ctx.locale))


class RemindMeCommand(bc.BaseCommand[RemindMeInput]):
    """Reminds whoever uses it."""

    name = "remind me"
    description = _("Be reminded of something, once or again and again")
    reply = bc.Reply.PRIVATE
    rate_limit = MAKE_RATE

    def __init__(self, maker: Maker, members: bc.Members) -> None:
        self._maker = maker
        self._members = members

    async def process_command(self, ctx: bc.CommandContext, data: RemindMeInput) -> bc.CommandResult:
        """Show what was understood."""
        where = Where.DM if data.where == "dm" or ctx.guild_id is None else Where.HERE
        if where is Where.HERE:
            refusal = _("You may not write in this channel, so a reminder of yours cannot come here.")
            await _require_writing(self._members, ctx, ctx.channel_id or 0, refusal)
        return await self._maker.draft(
            ctx, data.what, data.when, data.repeat, nag=data.nag, where=where, late=LatePolicy(data.late)
        )


class RemindOtherCommand(bc.BaseCommand[RemindOtherInput]):
    """Reminds another member, directly."""

    name = "remind other"
    description = _("Have another member reminded; needs Manage Messages")
    permission = bc.PermissionLevel.USER
    reply = bc.Reply.PRIVATE
    rate_limit = MAKE_RATE

    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    async def process_command(self, ctx: bc.CommandContext, data: RemindOtherInput) -> bc.CommandResult:
        """Show what was understood."""
        if not looks_after(ctx):
            raise bc.NotAllowed(_("Reminding others needs the permission Manage Messages in this channel."))
        if data.member.bot:
            raise bc.InvalidInput("member", _("A bot reads no reminders; choose a member."))
        return await self._maker.draft(ctx, data.what, data.when, data.repeat, recipient_id=data.member.id)


class RemindChannelCommand(bc.BaseCommand[RemindChannelInput]):
    """Reminds everybody in a channel."""

    name = "remind channel"
    description = _("Have everybody in a channel reminded")
    permission = bc.PermissionLevel.USER
    reply = bc.Reply.PRIVATE
    rate_limit = MAKE_RATE

    def __init__(self, maker: Maker, members: bc.Members) -> None:
        self._maker = maker
        self._members = members

    async def process_command(self, ctx: bc.CommandContext, data: RemindChannelInput) -> bc.CommandResult:
        """Show what was understood."""
        refusal = _("You may not write in that channel, so you cannot have it reminded.")
        await _require_writing(self._members, ctx, data.channel.id, refusal)
        return await self._maker.draft(
            ctx,
            data.what,
            data.when,
            data.repeat,
            where=Where.CHANNEL,
            late=LatePolicy(data.late),
            channel_id=data.channel.id,
        )


async def _require_writing(members: bc.Members, ctx: bc.CommandContext, channel_id: int, refusal: str) -> None:
    """Refuse who may not write in a channel; it is asked again whenever the reminder fires.

    Raises:
        NotAllowed: with the sentence.
        UserError: Discord does not answer.
    """
    access = await members.access(ctx.guild_id or 0, channel_id, ctx.user.id)
    if isinstance(access, bc.Refused) and access.transient:
        raise bc.UserError(_("Discord does not say just now whether you may write there; try again in a moment."))
    if isinstance(access, bc.Refused) or not access.writes:
        raise bc.NotAllowed(refusal)
