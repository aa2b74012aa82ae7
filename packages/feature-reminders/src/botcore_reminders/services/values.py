"""Reminders as the rest of the feature sees them: frozen values, apart from the rows that hold them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from botcore_reminders.services.schedule import Schedule


class Where(StrEnum):
    """Where a reminder goes."""

    DM = "dm"  # to one person, directly
    HERE = "here"  # to one person, in the channel it was made in
    CHANNEL = "channel"  # to everybody in a channel


class LatePolicy(StrEnum):
    """What becomes of an occurrence that was missed because no bot was running."""

    FIRE = "fire"  # it comes late, and says so
    SKIP = "skip"  # it does not come
    SUMMARISE = "summarise"  # it comes in one message with what else was missed


class State(StrEnum):
    """What a reminder is doing."""

    DRAFT = "draft"  # shown to its owner, who has not confirmed it
    ACTIVE = "active"
    PAUSED = "paused"
    PARKED = "parked"  # it could not be delivered, and waits for its owner
    DONE = "done"  # delivered, and nothing more to come


WAITING = (State.ACTIVE, State.PAUSED, State.PARKED)
"""The states of what a person has: what is done is only looked up."""


class Route(StrEnum):
    """A way to reach somebody."""

    DM = "dm"
    CHANNEL = "channel"
    NOTICE = "notice"  # a line in a channel that says that a reminder waits, and never what it says
    NAG = "nag"  # asking again
    SUMMARY = "summary"  # one message for many


class Outcome(StrEnum):
    """What became of one attempt."""

    SENDING = "sending"  # it was begun; if nothing follows, the bot ended meanwhile
    SENT = "sent"
    REFUSED = "refused"
    SKIPPED = "skipped"  # missed, and its policy is to leave it out
    MISSED = "missed"  # missed, and left for the summary


class Step(StrEnum):
    """What was done about an attempt that reached nobody."""

    RETRY = "retry"
    FALLBACK = "fallback"
    PARKED = "parked"
    REPEATED = "repeated"  # the bot ended while it sent; the next one sent it again, under the same name
    CHANGED = "changed"  # the bot ended while it sent, and before the next could repeat it the reminder was changed


@dataclass(frozen=True, slots=True)
class Made:
    """Who makes a reminder, and where.

    Args:
        user_id: who.
        guild_id: the server; ``None`` in a direct message.
        channel_id: the channel; ``None`` in a direct message.
        locale: their language as Discord's code.
    """

    user_id: int
    guild_id: int | None
    channel_id: int | None
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReminder:
    """What somebody asks for.

    Args:
        made: who asks, and where.
        text: as typed.
        schedule: when.
        where: where it goes.
        recipient_id: whom it reminds; ``None`` for whoever makes it, or for a channel.
        channel_id: the channel it goes to, where it goes to another one than it was made in.
        late: what becomes of what was missed.
        nag: after how long it asks again, until it is done.
        link: the message it is about.
    """

    made: Made
    text: str
    schedule: Schedule
    where: Where = Where.DM
    recipient_id: int | None = None
    channel_id: int | None = None
    late: LatePolicy = LatePolicy.FIRE
    nag: timedelta | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder.

    Args:
        id: its number, unlike that of any reminder before it.
        owner_id: who made it.
        recipient_id: whom it reminds; ``None`` where it is for a whole channel.
        where: where it goes.
        guild_id: the server it was made in.
        channel_id: the channel it was made in, or goes to.
        state: what it is doing.
        text: what it says.
        link: the message it is about.
        locale: its language as Discord's code.
        schedule: when it fires.
        late: what becomes of what was missed.
        nag: after how long it asks again.
        due_at: the occurrence that comes next, aware, UTC; ``None`` where none does.
        trouble: Discord's code of what parked it.
        nag_of: the occurrence that it asks about now.
    """

    id: int
    owner_id: int
    recipient_id: int | None
    where: Where
    guild_id: int | None
    channel_id: int | None
    state: State
    text: str
    link: str | None
    locale: str
    schedule: Schedule
    late: LatePolicy
    nag: timedelta | None
    due_at: datetime | None
    trouble: int | None
    nag_of: datetime | None = None

    @property
    def from_another(self) -> bool:
        """Whether somebody else than its recipient made it."""
        return self.recipient_id is not None and self.recipient_id != self.owner_id


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver one occurrence.

    Args:
        occurrence: the moment for which it was due, aware, UTC.
        number: counts the attempts of that occurrence from 1.
        route: which way it was tried.
        began_at: when, aware, UTC.
        outcome: what became of it.
        code: Discord's code of a refusal, or 0 where nothing answered.
        step: what was done about it.
        retry_at: when it was, or is, to be tried again.
        link: the address of the message, where there is one.
    """

    occurrence: datetime
    number: int
    route: Route
    began_at: datetime
    outcome: Outcome
    code: int | None
    step: Step | None
    retry_at: datetime | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Missed:
    """An occurrence that waits for the summary.

    Args:
        reminder: the reminder.
        occurrence: the moment for which it was due.
        more: how many further occurrences of it were missed.
    """

    reminder: Reminder
    occurrence: datetime
    more: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One occurrence on its way, as whoever writes the message sees it.

    Args:
        reminder: the reminder.
        occurrence: the moment for which it is due.
        late_by: how long ago that was; zero where it is on time.
        more: how many further occurrences were missed.
        pings: the ids of the members who may be pinged.
        role_pings: the ids of the roles that may be.
    """

    reminder: Reminder
    occurrence: datetime
    late_by: timedelta = timedelta(0)
    more: int = 0
    pings: tuple[int, ...] = ()
    role_pings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one person has said about reminders.

    Args:
        from_others: whether they take reminders that others make for them.
        quiet_from: when their night begins.
        quiet_to: when it ends; the same for no night at all.
    """

    from_others: bool
    quiet_from: time
    quiet_to: time
