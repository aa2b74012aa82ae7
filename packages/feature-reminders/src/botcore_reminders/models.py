"""The tables: a reminder, every attempt to deliver it, and what people have said about reminders.

Only services import this. Every query has its index: a person's reminders by state; what somebody has missed; the
reminders of a channel; a reminder's attempts in order; what is old enough to be removed.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from botcore.db import FeatureModel, UtcDateTime


class Base(FeatureModel, feature="reminders"):
    """The tables of the reminders feature."""


class ReminderRow(Base):
    """One reminder.

    Attributes:
        owner_id: who made it, and alone may change it.
        recipient_id: whom it reminds; ``None`` where it is for a whole channel.
        place: where it goes, a `Where`.
        guild_id: the server it was made in; ``None`` for a direct message.
        channel_id: the channel it was made in or goes to; ``None`` for a direct message.
        state: a `State`.
        link: the message it is about.
        locale: Discord's code of the language in which it is written.
        zone: the zone whose clocks it keeps to.
        own_zone: whether that is its owner's own zone, rather than one that they named for it.
        first_at: when it was to fire first.
        repeat: a `botcore.Recurrence` as JSON.
        late: a `LatePolicy`.
        nag_seconds: the pause after which it asks again until it is done.
        due_at: the occurrence that comes next, or is being delivered.
        trouble: Discord's code of what parked it.
        missed_at: an occurrence that waits for the summary.
        missed_more: how many others were missed beside the one that comes next, or that waits for the summary.
        summary: the name of the summary that is on its way with the missed occurrence.
        nag_of: the occurrence that nags now.
        nags: how often it has asked.
        origin_id: the reminder that this one was snoozed or copied from.
        origin_at: the occurrence of that one; ``None`` for who follows all of them.
        changed_at: the last change of state; what is over is removed some time after it.
    """

    __tablename__ = "reminders_reminder"
    __table_args__ = (
        Index("ix_reminders_reminder_owner_id_state", "owner_id", "state"),
        Index("ix_reminders_reminder_recipient_id_state_due_at", "recipient_id", "state", "due_at"),
        Index("ix_reminders_reminder_channel_id_place_state", "channel_id", "place", "state"),
        Index("ix_reminders_reminder_state_changed_at", "state", "changed_at"),
        # One copy for one person of one occurrence: a second click moves it.
        Index("uq_reminders_reminder_copy", "owner_id", "origin_id", "origin_at", unique=True),
        # A button outlives its reminder: a number that is used again would let it act on another one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    recipient_id: Mapped[int | None] = mapped_column(BigInteger)
    place: Mapped[str] = mapped_column(String(8))
    guild_id: Mapped[int | None] = mapped_column(BigInteger)
    channel_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str] = mapped_column(String(64))
    own_zone: Mapped[bool]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    repeat: Mapped[str | None] = mapped_column(Text)
    late: Mapped[str] = mapped_column(String(12))
    nag_seconds: Mapped[int | None]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    trouble: Mapped[int | None]
    missed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    missed_more: Mapped[int] = mapped_column(default=0)
    summary: Mapped[str | None] = mapped_column(String(25))
    nag_of: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nags: Mapped[int] = mapped_column(default=0)
    origin_id: Mapped[int | None]
    origin_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AttemptRow(Base):
    """One attempt to deliver one occurrence, written before the message is sent.

    Attributes:
        occurrence: the moment for which it was due.
        number: counts the attempts of this occurrence from 1.
        route: which way it was tried, a `Route`.
        began_at: when.
        outcome: an `Outcome`; a bot that dies while it sends leaves ``sending``.
        code: Discord's code of a refusal.
        step: what was done about it, a `Step`.
        retry_at: when it was to be tried again.
        channel_id: where the message stands.
        message_id: the message.
    """

    __tablename__ = "reminders_attempt"
    __table_args__ = (
        Index("ix_reminders_attempt_reminder_id_id", "reminder_id", "id"),
        Index("ix_reminders_attempt_began_at", "began_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminders_reminder.id", ondelete="CASCADE"))
    occurrence: Mapped[datetime] = mapped_column(UtcDateTime)
    number: Mapped[int]
    route: Mapped[str] = mapped_column(String(8))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(8))
    code: Mapped[int | None]
    step: Mapped[str | None] = mapped_column(String(8))
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    channel_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)


class PreferenceRow(Base):
    """What one person has said about reminders.

    Attributes:
        from_others: whether they take reminders that others make for them.
        quiet_from: when their night begins, as ``22:00``.
        quiet_to: when it ends.
    """

    __tablename__ = "reminders_preference"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    from_others: Mapped[bool] = mapped_column(default=True)
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_to: Mapped[str | None] = mapped_column(String(5))
