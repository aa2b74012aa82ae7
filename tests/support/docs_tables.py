"""The snippet of the README about members' data, with the tables that it speaks of."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

import botcore as bc
from botcore.db import FeatureModel, UtcDateTime


class Base(FeatureModel, feature="diary"):
    """The tables of the diary."""


class EntryRow(Base):
    """An entry, its owner, and who edited it last."""

    __tablename__ = "diary_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    edited_by: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)


class PictureRow(Base):
    """A picture of an entry."""

    __tablename__ = "diary_picture"
    entry_id: Mapped[int] = mapped_column(ForeignKey("diary_entry.id", ondelete="CASCADE"), primary_key=True)
    file: Mapped[str] = mapped_column(Text, primary_key=True)


class ReportRow(Base):
    """What a member has told the moderators."""

    __tablename__ = "diary_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ThemeRow(Base):
    """What a server has chosen."""

    __tablename__ = "diary_theme"
    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)


# region personal-data
class DiaryFeature(bc.BaseFeature):
    """Says of each of its tables whose rows they are, and what becomes of them."""

    name = "diary"
    personal_data = (
        bc.PersonalTable(
            "diary_entry",
            bc.Erase(person="owner_id"),
            bc.Anonymise(person="edited_by", becomes={"edited_by": None}),
            hidden={"folded": "the text again, for searches"},
        ),
        bc.PersonalTable("diary_picture", bc.Erase(person="entry_id.owner_id")),
        bc.PersonalTable(
            "diary_report",
            bc.Erase(person="user_id", when="closed_at IS NULL"),
            bc.Retain(person="user_id", reason="What was decided must stay open to review."),
        ),
        bc.ImpersonalTable("diary_theme", "the colours that a server has chosen"),
    )


# endregion
