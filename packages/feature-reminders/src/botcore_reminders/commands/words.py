"""In plain words: why Discord did not take a message, which way it was tried, and what a reminder is doing."""

import re
from datetime import datetime, timedelta

import botcore as bc
from botcore_reminders.services.outbox import TURNED_DOWN
from botcore_reminders.services.schedule import Schedule
from botcore_reminders.services.values import LatePolicy, Outcome, Reminder, Route, State, Step, Where

_ = bc.translator(__name__)

_SERVER_ERRORS = 500
_STATUSES = 600

# What keeps its meaning in a reminder's text: mentions of members, roles and channels. All else is shown as typed.
_TOKEN = re.compile(r"(<@!?\d{1,20}>|<@&\d{1,20}>|<#\d{1,20}>)")


LONGEST_CONTENT = 2000
"""Characters of a message; an embed below it takes 4,096.

Source: https://discord.com/developers/docs/resources/message#create-message
"""


def shown(text: str) -> str:
    """A reminder's text as markdown: as it was typed, with mentions that are mentions."""
    return "".join(part if number % 2 else bc.escape(part) for number, part in enumerate(_TOKEN.split(text)))


def mentions(text: str) -> list[str]:
    """What a reminder's text mentions, in its order."""
    return _TOKEN.findall(text)


def on_one_line(text: str, length: int) -> str:
    """The beginning of a text, for a list."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def refusal_words(code: int) -> str:
    """Why a message was not taken, as a sentence."""
    known = {
        50007: _(
            "Discord does not let the bot write to this person: they take no direct messages, or have blocked it."
        ),
        50278: _("The bot and this person share no server any more, so it cannot write to them."),
        10003: _("The channel has been deleted."),
        10004: _("The bot is no longer in that server."),
        10007: _("Who made the reminder, or whom it is for, has left the server."),
        10013: _("The account no longer exists."),
        10008: _("The message was deleted before it was confirmed."),
        50001: _("The channel cannot be seen any more."),
        50013: _("Writing in that channel, or reminding others, is no longer allowed."),
        50083: _("The thread is archived."),
        160005: _("The thread is locked."),
        20016: _("The channel was in slow mode."),
        429: _("Discord had the bot wait because of its rate limits."),
        TURNED_DOWN.code: _("This member no longer takes reminders from others."),
        0: _("Discord did not answer."),
    }
    if code in known:
        return known[code]
    if _SERVER_ERRORS <= code < _STATUSES:
        return _("Discord had a fault of its own.")
    return _("Discord did not take the message.")


def route_words(route: Route) -> str:
    """Which way it was tried."""
    return {
        Route.DM: _("direct message"),
        Route.CHANNEL: _("in the channel"),
        Route.NOTICE: _("a notice in the channel"),
        Route.NAG: _("asked again"),
        Route.SUMMARY: _("in the summary of what was missed"),
    }[route]


def outcome_words(outcome: Outcome, code: int | None, step: Step | None) -> str:
    """What became of an attempt."""
    if outcome is Outcome.REFUSED:
        return refusal_words(code or 0)
    if outcome is Outcome.SENDING:
        if step is Step.REPEATED:
            return _("The bot ended while it was being sent; it was sent again, under the same number.")
        if step is Step.CHANGED:
            return _("The reminder was changed while it was being sent; whether it came is not known.")
        return _("It is being sent.")
    return {
        Outcome.SENT: _("Delivered."),
        Outcome.SKIPPED: _("Missed while the bot was not running, and left out, as you wanted."),
        Outcome.MISSED: _("Missed while the bot was not running; it comes with a summary."),
    }[outcome]


def step_words(step: Step | None, retry_at: datetime | None) -> str:
    """What was done about it; empty where nothing had to be."""
    if step is Step.RETRY and retry_at is not None:
        return _("Next try {when}.").format(when=bc.timestamp(retry_at, bc.TimestampStyle.LONG_TIME))
    if step is Step.FALLBACK:
        return _("Another way was tried.")
    if step is Step.PARKED:
        return _("It is kept, and waits for you.")
    return ""


def where_words(reminder: Reminder) -> str:
    """Where a reminder goes."""
    if reminder.where is Where.CHANNEL:
        return _("to everybody in {channel}").format(channel=f"<#{reminder.channel_id}>")
    if reminder.where is Where.HERE:
        return _("to you in {channel}").format(channel=f"<#{reminder.channel_id}>")
    if reminder.from_another:
        return _("to {member}, directly").format(member=f"<@{reminder.recipient_id}>")
    return _("to you, directly")


def late_words(late: LatePolicy) -> str:
    """What becomes of what is missed."""
    return {
        LatePolicy.FIRE: _("If the bot is not running then, it comes late and says so."),
        LatePolicy.SKIP: _("If the bot is not running then, it is left out."),
        LatePolicy.SUMMARISE: _("If the bot is not running then, it comes in one message with what else was missed."),
    }[late]


def state_words(state: State) -> str:
    """What a reminder is doing; empty where it simply waits for its time."""
    return {
        State.DRAFT: _("not confirmed"),
        State.ACTIVE: "",
        State.PAUSED: _("paused"),
        State.PARKED: _("could not be delivered"),
        State.DONE: _("delivered"),
    }[state]


def length_words(length: timedelta, locale: str) -> str:
    """A length of time: ``3 hours 20 minutes``."""
    seconds = int(length.total_seconds())
    days, seconds = divmod(seconds, 86_400)
    if days:
        seconds -= seconds % 3600
    elif seconds > 60:  # noqa: PLR2004 - seconds matter only within the first minute
        seconds -= seconds % 60
    return bc.Duration(days=days, seconds=seconds).words(locale)


def repeat_words(schedule: Schedule, locale: str) -> str | None:
    """How it repeats, or ``None``."""
    return None if schedule.repeat is None else schedule.repeat.words(locale)


def moment_words(moment: datetime, schedule: Schedule, now: datetime, locale: str) -> str:
    """``Friday 27 November 2026, 17:30 (Europe/Berlin), in 4 days``."""
    return bc.When(moment, schedule.zone).described(now, locale)
