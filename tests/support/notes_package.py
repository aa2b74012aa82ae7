"""A made-up package with tables, as its author would have it half-way through their work."""

NOTES = '''
"""Notes."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

import botcore as bc
from botcore.db import FeatureModel, UtcDateTime
from datetime import datetime


class Base(FeatureModel, feature="notes"):
    """The tables of the notes."""


class Note(Base):
    """A note."""

    __tablename__ = "notes_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(100))
    # more


class Feature(bc.BaseFeature):
    """Keeps notes."""

    name = "notes"
    personal_data = (bc.ImpersonalTable("notes_note", "texts of nobody in particular"),)
'''

CREATE = '''
"""Create the notes."""

import sqlalchemy as sa
from alembic import op

revision = "0001_create_notes"
down_revision = None


def upgrade():
    op.create_table(
        "notes_note",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("text", sa.String(100), nullable=False),
    )


def downgrade():
    op.drop_table("notes_note")
'''

ADD_COLOUR = '''
"""Give each note a colour."""

import sqlalchemy as sa
from alembic import op

revision = "0002_add_colour"
down_revision = "0001_create_notes"


def upgrade():
    with op.batch_alter_table("notes_note") as batch:
        batch.add_column(sa.Column("colour", sa.String(20), nullable=False, server_default="red"))


def downgrade():
    with op.batch_alter_table("notes_note") as batch:
        batch.drop_column("colour")
'''

COLOUR = 'colour: Mapped[str] = mapped_column(String(20), server_default="red")'
OWNER = "owner_id: Mapped[int] = mapped_column(BigInteger)"
EDITED_AT = "edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)"


def with_columns(*columns: str) -> str:
    """The package's code with more columns."""
    return NOTES.replace("# more", "\n    ".join(columns))


def declaring(code: str, *declarations: str) -> str:
    """The package's code with another ``personal_data``."""
    kept, _, _ = code.rpartition("    personal_data")
    return f"{kept}    personal_data = ({''.join(f'{each}, ' for each in declarations)})\n"
