"""The tables: a poll, its options and its votes. Only services import this.

Every query has its index: by the two keys for one poll and one vote; open polls of a server, newest first; all polls
of a server, newest first; the votes of a poll by option; polls whose public message is behind.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from botcore.db import FeatureModel, UtcDateTime


class Base(FeatureModel, feature="polls"):
    """The tables of the polls feature."""


class PollRow(Base):
    """One poll.

    Attributes:
        question_folded: the question with case folded, which is what a search looks at.
        closed_by: the member who closed it.
        revision: rises by one with every change of what the public message shows.
        shown_revision: the revision that the public message is known to show.
    """

    __tablename__ = "polls_poll"
    __table_args__ = (
        Index("ix_polls_poll_guild_id_id", "guild_id", "id"),
        Index(
            "ix_polls_poll_open",
            "guild_id",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_polls_poll_behind",
            "id",
            sqlite_where=text("shown_revision < revision"),
            postgresql_where=text("shown_revision < revision"),
        ),
        # A button outlives its poll: a number that is used again would let it vote in another one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guild_id: Mapped[int] = mapped_column(BigInteger)
    channel_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    author_id: Mapped[int] = mapped_column(BigInteger)
    locale: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(String(300))
    question_folded: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(default=0)
    shown_revision: Mapped[int] = mapped_column(default=0)


class OptionRow(Base):
    """One option of a poll; positions count from 0."""

    __tablename__ = "polls_option"

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls_poll.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[str] = mapped_column(String(80))


class VoteRow(Base):
    """What one member did last in one poll: the key allows one vote a member.

    Attributes:
        position: the option; ``None`` for a vote that was withdrawn, which is kept until the poll closes so that
            the click that withdrew it cannot be taken for a new one.
        click_id: the interaction that said so. Discord's ids rise with time, so a click that is not later than this
            one was handled already, by another process perhaps, or was overtaken.
    """

    __tablename__ = "polls_vote"
    __table_args__ = (
        ForeignKeyConstraint(
            ["poll_id", "position"], ["polls_option.poll_id", "polls_option.position"], ondelete="CASCADE"
        ),
        Index("ix_polls_vote_poll_id_position", "poll_id", "position"),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("polls_poll.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int | None]
    click_id: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
