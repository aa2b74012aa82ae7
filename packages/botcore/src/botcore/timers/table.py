"""The one table, and where its migrations are."""

from pathlib import Path
from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from botcore.db import MigrationScripts, UtcDateTime
from botcore.db.models import FeatureMetaData
from botcore.timers.encoding import LONGEST_KEY, LONGEST_KIND

NAME: Final = "timers"
"""The owner of the tables, as a feature's name is of its own."""

metadata = FeatureMetaData(NAME)

timer = Table(
    "timers_timer",
    metadata,
    # Ids are never used twice, so that a late firing cannot complete a timer that was set after its own was cancelled.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("kind", String(LONGEST_KIND), nullable=False),
    Column("key", String(LONGEST_KEY), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    # When to take it up next: its due time, the end of a lease, the end of a pause, or NULL while it is parked.
    Column("visible_at", UtcDateTime, nullable=True),
    Column("payload", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    # How often it was set, and how often it was taken up: together they say which firing is the current one.
    Column("generation", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("failure", String(200), nullable=True),
    UniqueConstraint("kind", "key"),
    sqlite_autoincrement=True,
)

# By kind first: timers of a feature that was taken out stay and become due, and must not be in the way of the others.
Index(
    None,
    timer.c.kind,
    timer.c.visible_at,
    sqlite_where=timer.c.visible_at.is_not(None),
    postgresql_where=timer.c.visible_at.is_not(None),
)


def migrations() -> MigrationScripts:
    """The revisions of the table."""
    return MigrationScripts(NAME, Path(__file__).parent / "migrations" / "versions")
