"""A made-up feature whose tables hold persons in every way there is, and columns of every kind."""

import enum
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Time,
    Uuid,
    select,
    text,
)

from botcore import Anonymise, Erase, ImpersonalTable, ManualClock, PersonalData, PersonalTable, RandomId, Retain
from botcore.db import Database, UtcDateTime
from botcore.privacy import Declaration, Holder, problems

ALICE, BOB, CAROL = 111111111111111111, 222222222222222222, 333333333333333333
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Mood(enum.Enum):
    """A value of a column."""

    FINE = "fine"


metadata = MetaData()
entry = Table(
    "journal_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("edited_by", BigInteger),
    Column("closed_at", UtcDateTime),
    Column("text", Text, nullable=False),
    Column("folded", Text),
    Column("mood", Enum(Mood)),
    Column("payload", JSON),
    Column("picture", LargeBinary),
    Column("price", Numeric(8, 2)),
    Column("weight", Float),
    Column("day", Date),
    Column("hour", Time),
    Column("local", DateTime),
    Column("length", Interval),
    Column("public", Boolean),
    Column("mark", Uuid),
)
attachment = Table(
    "journal_attachment",
    metadata,
    Column("entry_id", ForeignKey("journal_entry.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(50)),
)
remark = Table(
    "journal_remark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    ForeignKeyConstraint(["entry_id", "number"], ["journal_attachment.entry_id", "journal_attachment.number"]),
)
follower = Table(
    "journal_follower",
    metadata,
    Column("follower_id", BigInteger, primary_key=True, autoincrement=False),
    Column("followed", String(20), primary_key=True),
)
vote = Table(
    "journal_vote",
    metadata,
    Column("prize_id", ForeignKey("journal_prize.id"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("points", Integer, nullable=False),
)
prize = Table(
    "journal_prize",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("winner_id", BigInteger, nullable=False),
    Column("open", Boolean, nullable=False),
)
setting = Table("journal_setting", metadata, Column("guild_id", BigInteger, primary_key=True), Column("sort_by", Text))

DECLARED: tuple[Declaration, ...] = (
    PersonalTable(
        "journal_entry",
        Erase(person="owner_id"),
        Anonymise(person="edited_by", becomes={"edited_by": None}),
        hidden={"folded": "the text again, for searches"},
    ),
    PersonalTable("journal_attachment", Erase(person="entry_id.owner_id")),
    PersonalTable(
        "journal_remark",
        Erase(person="number.entry_id.owner_id", exported=False),
        Anonymise(person="author_id", becomes={"author_id": 0}),
    ),
    PersonalTable("journal_follower", Erase(person="follower_id"), Erase(person="followed")),
    PersonalTable("journal_prize", Retain(person="winner_id", reason="A prize cannot be taken back.")),
    PersonalTable(
        "journal_vote",
        Erase(person="user_id", when="prize_id IN (SELECT id FROM journal_prize WHERE open)"),
        Anonymise(person="user_id", becomes={"user_id": RandomId()}),
    ),
    ImpersonalTable("journal_setting", "what a server has chosen", impersonal={"sort_by": "the order of a list"}),
)


async def make_tables(database: Database) -> None:
    """Make the tables, with the history that migrations leave."""
    async with database.transaction() as tx:
        connection = await tx.connection()
        await connection.run_sync(metadata.create_all)
        await add_history(tx, "journal")


async def add_history(tx: Any, feature: str) -> None:
    """What migrations of a feature leave, whether it is installed or not."""
    await tx.execute(text(f"CREATE TABLE {feature}_schema_version (version_num VARCHAR(32) NOT NULL)"))
    await tx.execute(text(f"INSERT INTO {feature}_schema_version VALUES ('0001_create')"))


async def fill(database: Database) -> None:
    """Alice and Bob have an entry each with all that belongs to one; each is somewhere in what is the other's."""
    rows: Sequence[tuple[Table, list[dict[str, Any]]]] = (
        (entry, [_entry(1, ALICE, None), _entry(2, BOB, ALICE), _entry(3, CAROL, BOB)]),
        (attachment, [{"entry_id": each, "number": 1, "name": f"of {each}"} for each in (1, 2, 3)]),
        (
            remark,
            [
                {"id": 1, "entry_id": 1, "number": 1, "author_id": BOB},
                {"id": 2, "entry_id": 2, "number": 1, "author_id": ALICE},
                {"id": 3, "entry_id": 3, "number": 1, "author_id": ALICE},
            ],
        ),
        (follower, [{"follower_id": ALICE, "followed": str(BOB)}, {"follower_id": BOB, "followed": str(ALICE)}]),
        (prize, [{"id": 1, "winner_id": ALICE, "open": True}, {"id": 2, "winner_id": ALICE, "open": False}]),
        (
            vote,
            [
                {"prize_id": each, "user_id": member, "points": member % 10}
                for each in (1, 2)
                for member in (ALICE, BOB, CAROL)
            ],
        ),
        (setting, [{"guild_id": 1, "sort_by": "day"}]),
    )
    async with database.transaction() as tx:
        for table, values in rows:
            await tx.execute(table.insert(), values)


def _entry(number: int, owner: int, editor: int | None) -> dict[str, Any]:
    return {
        "id": number,
        "owner_id": owner,
        "edited_by": editor,
        "closed_at": NOON,
        "text": "Dear diary",
        "folded": "dear diary",
        "mood": Mood.FINE,
        "payload": {"tags": ["a", 1]},
        "picture": b"\x00\xff",
        "price": Decimal("1.50"),
        "weight": 0.5,
        "day": date(2026, 1, 1),
        "hour": time(9, 30),
        "local": datetime(2026, 1, 1, 9),  # noqa: DTZ001 - a column that knows no zone
        "length": timedelta(minutes=1),
        "public": True,
        "mark": UUID(int=1),
    }


async def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    async with database.session() as session:
        return {
            table.name: [tuple(row) for row in await session.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


def service(database: Database) -> PersonalData:
    """The service, with this feature's tables."""
    made = PersonalData(database, ManualClock(NOON), lambda name: f"there is no {name}")
    assert made.add(Holder("journal", DECLARED, metadata)) == []
    assert problems(DECLARED, metadata) == []
    return made
