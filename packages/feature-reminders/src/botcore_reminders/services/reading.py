"""From rows to values, and a schedule back into its row."""

from datetime import timedelta

from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.schedule import Schedule
from botcore_reminders.services.values import (
    Attempt,
    LatePolicy,
    Outcome,
    Reminder,
    Route,
    State,
    Step,
    Where,
)


def schedule_of(row: ReminderRow) -> Schedule:
    """When a row fires."""
    return Schedule.kept(row.first_at, row.zone, row.repeat, own_zone=row.own_zone)


def set_schedule(row: ReminderRow, schedule: Schedule) -> None:
    """Let a row fire by another schedule, from its first occurrence on."""
    row.first_at, row.zone, row.own_zone = schedule.first, schedule.zone.key, schedule.own_zone
    row.repeat, row.due_at = schedule.repeat_json(), schedule.first


def forget_past(row: ReminderRow) -> None:
    """Let a row neither ask about, nor tell of, an occurrence from before it was changed."""
    row.nag_of, row.missed_at, row.missed_more, row.summary = None, None, 0, None


def reminder_of(row: ReminderRow) -> Reminder:
    """The reminder that a row holds."""
    return Reminder(
        id=row.id,
        owner_id=row.owner_id,
        recipient_id=row.recipient_id,
        where=Where(row.place),
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        state=State(row.state),
        text=row.text,
        link=row.link,
        locale=row.locale,
        schedule=schedule_of(row),
        late=LatePolicy(row.late),
        nag=None if row.nag_seconds is None else timedelta(seconds=row.nag_seconds),
        due_at=row.due_at,
        trouble=row.trouble,
        nag_of=row.nag_of,
    )


def attempt_of(row: AttemptRow, reminder: Reminder) -> Attempt:
    """The attempt that a row of a reminder's holds."""
    link = None
    if row.message_id is not None:
        server = reminder.guild_id if row.channel_id == reminder.channel_id else "@me"
        link = f"https://discord.com/channels/{server}/{row.channel_id}/{row.message_id}"
    return Attempt(
        occurrence=row.occurrence,
        number=row.number,
        route=Route(row.route),
        began_at=row.began_at,
        outcome=Outcome(row.outcome),
        code=row.code,
        step=None if row.step is None else Step(row.step),
        retry_at=row.retry_at,
        link=link,
    )
