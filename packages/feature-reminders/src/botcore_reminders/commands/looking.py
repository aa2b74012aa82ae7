"""/remind list, show and history: what somebody has, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import botcore as bc
from botcore_reminders.commands.messages import move_question
from botcore_reminders.commands.previewing import facts
from botcore_reminders.commands.references import AnyReminderRef, ReminderRef, ShownReminderRef
from botcore_reminders.commands.words import (
    on_one_line,
    outcome_words,
    refusal_words,
    repeat_words,
    route_words,
    shown,
    state_words,
    step_words,
)
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.values import Attempt, Reminder, State, Where
from botcore_reminders.services.zones import ZoneMoves

_ = bc.translator(__name__)

PAGE = 8
ATTEMPTS = 6
"""Reminders, and attempts, on one page."""


@dataclass(frozen=True, slots=True)
class PageInput:
    """Which page of the list, from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class ShowInput:
    """The options of /remind show."""

    reminder: Annotated[Reminder, ReminderRef, bc.Option(_("Which one"))]


@dataclass(frozen=True, slots=True)
class HistoryInput:
    """The options of /remind history."""

    reminder: Annotated[Reminder, AnyReminderRef, bc.Option(_("Which one; delivered ones are there too"))]


@dataclass(frozen=True, slots=True)
class HistoryPageInput:
    """Which page of which history, from 0."""

    reminder: Annotated[Reminder, ShownReminderRef]
    page: int


class ListCommand(bc.BaseCommand[bc.NoInput]):
    """Shows what somebody has."""

    name = "remind list"
    description = _("See your reminders")
    reply = bc.Reply.PRIVATE

    def __init__(self, reminders: ReminderService, moves: ZoneMoves, reader: bc.TimeReader) -> None:
        self._reminders = reminders
        self._moves = moves
        self._reader = reader

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """The first page; and who has moved is asked again what is to become of them."""
        shown_list = list_page(await self._reminders.waiting(ctx.user.id), 0, ctx.locale)
        zone = await self._reader.zone_of(ctx.user.id)
        left = await self._moves.left_behind(ctx.user.id, zone)
        if not left:
            return bc.CommandResult.ok(shown_list)
        question = move_question(len(left), left[0], zone.key)
        return bc.CommandResult.ok(
            bc.Message(
                embeds=(*shown_list.embeds, *question.embeds),
                components=(*shown_list.components, *question.components),
            )
        )


class TurnPage(bc.BaseButton[PageInput]):
    """Turns to another page of one's own list."""

    id = "reminders.page"

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def process_click(self, ctx: bc.CommandContext, data: PageInput) -> bc.CommandResult:
        """Read it anew: it may have changed since."""
        return bc.CommandResult.ok(list_page(await self._reminders.waiting(ctx.user.id), data.page, ctx.locale))


class ShowCommand(bc.BaseCommand[ShowInput]):
    """Shows one reminder whole."""

    name = "remind show"
    description = _("See one reminder whole, with its next times")
    reply = bc.Reply.PRIVATE

    def __init__(self, clock: bc.Clock) -> None:
        self._clock = clock

    async def process_command(self, ctx: bc.CommandContext, data: ShowInput) -> bc.CommandResult:
        """All that there is to say."""
        reminder = data.reminder
        embed = bc.EmbedBuilder.info("").title(_("Reminder {number}"), number=reminder.id)
        facts(embed, reminder, self._clock.now(), ctx.locale)
        if reminder.state is not State.ACTIVE:
            why = "" if reminder.trouble is None else f": {refusal_words(reminder.trouble)}"
            embed.field(_("State"), f"{state_words(reminder.state)}{why}")
        return bc.CommandResult.ok(embed)


class HistoryCommand(bc.BaseCommand[HistoryInput]):
    """Answers "why didn't I get it?"."""

    name = "remind history"
    description = _("Why didn't I get it? Every attempt to deliver a reminder")
    reply = bc.Reply.PRIVATE

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def process_command(self, ctx: bc.CommandContext, data: HistoryInput) -> bc.CommandResult:
        """Every attempt, the newest first."""
        attempts = await self._reminders.history(data.reminder)
        return bc.CommandResult.ok(history_page(data.reminder, attempts, 0, ctx.locale))


class TurnHistory(bc.BaseButton[HistoryPageInput]):
    """Turns to another page of a history."""

    id = "reminders.turn"

    def __init__(self, reminders: ReminderService) -> None:
        self._reminders = reminders

    async def process_click(self, ctx: bc.CommandContext, data: HistoryPageInput) -> bc.CommandResult:
        """Read it anew: there may be more of it by now."""
        attempts = await self._reminders.history(data.reminder)
        return bc.CommandResult.ok(history_page(data.reminder, attempts, data.page, ctx.locale))


def list_page(reminders: Sequence[Reminder], page: int, locale: str) -> bc.Message:
    """One page of somebody's reminders."""
    if not reminders:
        return bc.Message(embeds=(bc.EmbedBuilder.info(_("You have no reminders. /remind me makes one.")),))
    pages = bc.Pages(reminders, PAGE)
    lines = [_line(each, locale) for each in pages.on(page)]
    embed = bc.EmbedBuilder.info("\n".join(lines)).title(_("Your reminders"))
    count = _.plural("{count} reminder", "{count} reminders", len(reminders)).format(count=len(reminders))
    embed.footer(count if pages.count == 1 else f"{count} · {pages.place(page)}")
    return bc.Message(embeds=(embed,), components=pages.buttons(TurnPage, page))


def history_page(reminder: Reminder, attempts: Sequence[Attempt], page: int, locale: str) -> bc.Message:
    """What became of each attempt, in plain words, the newest first."""
    embed = bc.EmbedBuilder.info(f"> {shown(on_one_line(reminder.text, 200))}").title(
        _("What became of reminder {number}"), number=reminder.id
    )
    if not attempts:
        upcoming = "" if reminder.due_at is None else _next_words(reminder.due_at)
        embed.field(_("Nothing so far"), f"{_('It has not been due yet.')} {upcoming}")
        return bc.Message(embeds=(embed,))
    pages = bc.Pages(attempts, ATTEMPTS)
    for attempt in pages.on(page):
        embed.field(_heading(attempt, reminder, locale), _account(attempt))
    if pages.number(page) == 0 and reminder.state is State.ACTIVE and reminder.due_at is not None:
        embed.field(_("What comes"), _next_words(reminder.due_at))
    if pages.count > 1:
        embed.footer(pages.place(page))
    return bc.Message(embeds=(embed,), components=pages.buttons(TurnHistory, page, reminder.id))


def _next_words(due_at: datetime) -> str:
    return _("Next: {when}").replace("{when}", str(bc.timestamp(due_at, bc.TimestampStyle.LONG)))


def _heading(attempt: Attempt, reminder: Reminder, locale: str) -> str:
    """For which time, on the reminder's own clocks: Discord shows no timestamps in headlines."""
    due = bc.When(attempt.occurrence, reminder.schedule.zone).words(locale)
    return f"{due} · {_('attempt {number}').format(number=attempt.number)}"


def _account(attempt: Attempt) -> str:
    """When it was tried, which way, what came of it, Discord's code, and what was done about it."""
    began = bc.timestamp(attempt.began_at, bc.TimestampStyle.LONG_TIME)
    parts = [f"{began} · {route_words(attempt.route)} · {outcome_words(attempt.outcome, attempt.code, attempt.step)}"]
    if attempt.code is not None and attempt.code > 0:
        parts.append(_("Discord's code: {code}").format(code=attempt.code))
    if (step := step_words(attempt.step, attempt.retry_at)) != "":
        parts.append(step)
    if attempt.link is not None:
        parts.append(f"[{_('The message')}]({attempt.link})")
    return "\n".join(parts)


def _line(reminder: Reminder, locale: str) -> str:
    """What, when, how and where, in two lines."""
    marks = {State.PARKED: "⚠️ ", State.PAUSED: "⏸️ "}
    head = f"{marks.get(reminder.state, '')}`{reminder.id}` **{shown(on_one_line(reminder.text, 80))}**"
    parts = []
    if reminder.due_at is not None:
        parts.append(
            f"{bc.timestamp(reminder.due_at, bc.TimestampStyle.SHORT)} "
            f"({bc.timestamp(reminder.due_at, bc.TimestampStyle.RELATIVE)})"
        )
    if (repeat := repeat_words(reminder.schedule, locale)) is not None:
        parts.append(f"🔁 {bc.escape(repeat)}")
    if reminder.where is not Where.DM:
        parts.append(f"<#{reminder.channel_id}>")
    elif reminder.from_another:
        parts.append(f"→ <@{reminder.recipient_id}>")
    if reminder.state is State.PARKED:
        parts.append(f"{refusal_words(reminder.trouble or 0)} {_('/remind resume tries again.')}")
    elif reminder.state is State.PAUSED:
        parts.append(state_words(reminder.state))
    return f"{head}\n{' · '.join(parts)}"
