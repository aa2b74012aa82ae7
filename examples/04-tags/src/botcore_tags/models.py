"""The table. Only services import this."""

from datetime import datetime

from sqlalchemy import BigInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from botcore.db import FeatureModel, UtcDateTime


class Base(FeatureModel, feature="tags"):
    """The tables of the tags feature."""


class TagRow(Base):
    """One text of one server; its name is unique there."""

    __tablename__ = "tags_tag"
    __table_args__ = (UniqueConstraint("guild_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guild_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(BigInteger)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
