"""What a feature and an operator can rely on from the database."""

import asyncio
import logging
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import ForeignKey, Table, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from botcore.db import Database, FeatureModel, UtcDateTime
from botcore.errors import BotCoreError, ConfigurationError, DatabaseUnavailable, FeatureError


class Base(FeatureModel, feature="notes"):
    """The tables of the tests."""


class Note(Base):
    """A row with a moment."""

    __tablename__ = "notes_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    lines: Mapped[list["Line"]] = relationship(back_populates="note")


class Line(Base):
    """A row that belongs to another."""

    __tablename__ = "notes_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes_note.id", ondelete="CASCADE"))
    note: Mapped[Note] = relationship(back_populates="lines")


class OtherBase(FeatureModel, feature="music"):
    """Another feature, whose classes have the same names."""


class OtherLine(OtherBase):
    """A relationship that only the other feature could fulfil."""

    __tablename__ = "music_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list["Line"]] = relationship()


@pytest.fixture
async def notes(database: Database) -> Database:
    """A database with the tables in it."""
    async with database.transaction() as tx:
        connection = await tx.connection()
        await connection.run_sync(Base.metadata.create_all)
    return database


async def test_transaction_commits(notes: Database) -> None:
    """What a transaction wrote is there for the next session."""
    async with notes.transaction() as tx:
        tx.add(Note(body="milk"))
    async with notes.session() as session:
        assert (await session.scalars(select(Note.body))).all() == ["milk"]


async def test_transaction_rolls_back(notes: Database) -> None:
    """A transaction that raises leaves nothing."""
    with suppress(ZeroDivisionError):
        async with notes.transaction() as tx:
            tx.add(Note(body="milk"))
            await tx.flush()
            _ = 1 / 0
    async with notes.session() as session:
        assert (await session.scalars(select(Note))).all() == []


async def test_session_reads_only(notes: Database) -> None:
    """On both databases, so that a write in the wrong place is found on the developer's machine."""
    async with notes.session() as session:
        session.add(Note(body="milk"))
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            await session.flush()
    async with notes.transaction() as tx:
        tx.add(Note(body="bread"))  # and the connection can still write afterwards


async def test_nested_transaction(notes: Database) -> None:
    """A transaction inside a transaction is refused with the way out."""
    async with notes.transaction():
        with pytest.raises(BotCoreError, match="pass the session of the outer one on"):
            async with notes.transaction():
                pass
    async with notes.transaction() as tx:
        tx.add(Note(body="one after the other is fine"))


async def test_many_writers(notes: Database) -> None:
    """Fifty writers at once all succeed."""

    async def write(number: int) -> None:
        async with notes.transaction() as tx:
            await tx.execute(select(Note))
            tx.add(Note(body=str(number)))

    await asyncio.gather(*(write(number) for number in range(50)))
    async with notes.session() as session:
        assert len((await session.scalars(select(Note))).all()) == 50


async def test_writers_of_two_processes(sqlite_database: Database) -> None:
    """A second process that reads and then writes waits for its turn, and never fails because it was late."""
    async with sqlite_database.transaction() as tx:
        await (await tx.connection()).run_sync(Base.metadata.create_all)

    async def write(database: Database) -> None:
        for number in range(20):
            async with database.transaction() as tx:
                await tx.scalars(select(Note))
                tx.add(Note(body=str(number)))

    async with Database(f"sqlite:///{sqlite_database.url.database}") as other:
        await asyncio.gather(write(sqlite_database), write(other))
        async with other.session() as session:
            assert len((await session.scalars(select(Note))).all()) == 40


async def test_reader_beside_writer(notes: Database) -> None:
    """A reader does not wait for a writer."""
    async with notes.transaction() as tx:
        tx.add(Note(body="milk"))
        await tx.flush()
        async with notes.session() as session:
            assert (await session.scalars(select(Note))).all() == []


async def test_foreign_keys(notes: Database) -> None:
    """Foreign keys hold."""
    with pytest.raises(DBAPIError):
        async with notes.transaction() as tx:
            tx.add(Line(note_id=12))


async def test_rows_outlive_the_session(notes: Database) -> None:
    """Rows can be used after the block."""
    async with notes.transaction() as tx:
        note = Note(body="milk")
        tx.add(note)
    assert note.body == "milk"


async def test_moments_are_utc(notes: Database) -> None:
    """A moment comes back in UTC whatever zone it was given in."""
    given = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    async with notes.transaction() as tx:
        tx.add(Note(body="lunch", at=given))
    async with notes.session() as session:
        note = (await session.scalars(select(Note).where(Note.at <= given))).one()
    assert note.at == given
    assert note.at.tzinfo is UTC


async def test_naive_moment(notes: Database) -> None:
    """A moment without a timezone is refused."""
    with pytest.raises(StatementError, match=r"Clock\.now"):
        async with notes.transaction() as tx:
            tx.add(Note(body="lunch", at=datetime(2026, 7, 1, 12)))  # noqa: DTZ001 - the mistake under test


def test_table_prefix() -> None:
    """A table without its features prefix is refused."""
    with pytest.raises(FeatureError, match="'poll' must be called 'notes_poll'"):
        type("Poll", (Base,), {"__tablename__": "poll", "__module__": __name__})
    with pytest.raises(FeatureError, match="notes_tags"):
        Table("tags", Base.metadata)


def test_table_without_feature() -> None:
    """A table without a feature is refused."""
    with pytest.raises(FeatureError, match=r"feature='\.\.\.'"):
        type("Poll", (FeatureModel,), {"__tablename__": "poll", "__module__": __name__})


def test_features_are_apart() -> None:
    """Features keep their tables and class names apart."""
    assert set(OtherBase.metadata.tables) == {"music_note"}
    with pytest.raises(Exception, match="expression 'Line' failed to locate a name"):
        OtherLine(lines=[])


def test_naming_convention() -> None:
    """Indexes and constraints have names."""
    assert [index.name for index in Note.metadata.tables["notes_note"].indexes] == ["ix_notes_note_at"]
    constraints = {str(each.name) for each in Note.metadata.tables["notes_line"].constraints}
    assert constraints == {"pk_notes_line", "fk_notes_line_note_id_notes_note"}


async def test_echo(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Statements are logged where everything else is logged, and nowhere else."""
    logger = logging.getLogger("sqlalchemy.engine")
    level = logger.level
    try:
        async with (
            Database(f"sqlite:///{tmp_path}/x.db", echo=True) as database,
            database.session() as session,
        ):
            await session.execute(text("SELECT 42"))
    finally:
        logger.setLevel(level)
    assert "SELECT 42" in caplog.text
    assert logger.handlers == []


async def test_closed(database: Database) -> None:
    """A closed database says that it is not open."""
    await database.close()
    await database.close()
    with pytest.raises(BotCoreError, match="not open"):
        async with database.session():
            pass
    await database.open()
    async with database.session() as session:
        assert await session.scalar(text("SELECT 1")) == 1


async def test_directory_is_created(tmp_path: Path) -> None:
    """The directory of a SQLite file is created."""
    async with Database(f"sqlite:///{tmp_path}/a/b/bot.db"):
        assert (tmp_path / "a/b/bot.db").exists()


async def test_open_while_locked(tmp_path: Path) -> None:
    """A database that another process is writing to can be opened."""
    async with Database(f"sqlite:///{tmp_path}/bot.db"):
        pass
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with Database(f"sqlite:///{tmp_path}/bot.db") as database, database.session() as session:
        assert await session.scalar(text("SELECT 1")) == 1
    other.close()


async def refusal(url: str) -> str:
    """The one sentence with which a database that cannot be opened is refused."""
    with pytest.raises(DatabaseUnavailable) as caught:
        await Database(url).open()
    assert "\n" not in str(caught.value)
    assert "hunter22" not in str(caught.value)
    return str(caught.value)


async def test_unwritable_file(tmp_path: Path) -> None:
    """A file that cannot be written is named."""
    (tmp_path / "file").write_text("x" * 5000)
    assert f"{tmp_path}/file cannot be opened" in await refusal(f"sqlite:///{tmp_path}/file")
    assert f"{tmp_path}/file/bot.db cannot be opened" in await refusal(f"sqlite:///{tmp_path}/file/bot.db")
    assert "unable to open database file" in await refusal(f"sqlite:///{tmp_path}")


async def test_unreachable_server() -> None:
    """A server that refuses connections is named."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    sentence = await refusal(f"postgresql://bot:hunter22@127.0.0.1:{port}/bot")
    assert f'"bot" at 127.0.0.1:{port} cannot be reached' in sentence


@asynccontextmanager
async def postgres_that_answers(sqlstate: str, message: str) -> AsyncIterator[int]:
    """A server that refuses every login with one error.

    https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-ERRORRESPONSE
    """

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readexactly(8)
        if first[4:] == (80877103).to_bytes(4):  # SSLRequest
            writer.write(b"N")
            first = await reader.readexactly(8)
        await reader.readexactly(int.from_bytes(first[:4]) - 8)
        fields = f"SFATAL\0VFATAL\0C{sqlstate}\0M{message}\0\0".encode()
        writer.write(b"E" + (len(fields) + 4).to_bytes(4) + fields)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_refused_login() -> None:
    """A wrong password is told from a missing database."""
    async with postgres_that_answers("28P01", "password authentication failed") as port:
        assert 'refuses the user "bot"' in await refusal(f"postgresql://bot:hunter22@127.0.0.1:{port}/bot")
    async with postgres_that_answers("3D000", "no such database") as port:
        assert "does not exist" in await refusal(f"postgresql://bot:hunter22@127.0.0.1:{port}/bot")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("hunter22", "is not a database address"),
        ("postgresql://bot:hunter22@host:port/bot", "is not a database address"),
        ("mysql://bot:hunter22@host/bot", "names mysql, which botcore does not speak"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite+aiosqlite:///file:x?mode=memory&uri=true", "must name a file"),
    ],
)
def test_bad_address(url: str, sentence: str) -> None:
    """An address that cannot work is refused without repeating it."""
    with pytest.raises(ConfigurationError, match=sentence) as caught:
        Database(url)
    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///bot.db", "sqlite+aiosqlite:///bot.db"),
        ("postgres://bot@host/bot", "postgresql+asyncpg://bot@host/bot"),
        ("postgresql://bot@host/bot?sslmode=require", "postgresql+asyncpg://bot@host/bot?ssl=require"),
    ],
)
def test_plain_address(given: str, used: str) -> None:
    """The plain address is enough."""
    assert str(Database(given).url) == used


async def test_missing_driver() -> None:
    """Where PostgreSQL's driver is not installed, the sentence says how to install it."""
    script = (
        "import asyncio, importlib.machinery, sys\n"
        "class WithoutDriver(importlib.machinery.PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        return None if name == 'asyncpg' else super().find_spec(name, path, target)\n"
        "paths = sys.meta_path.index(importlib.machinery.PathFinder)\n"
        "sys.meta_path[paths] = WithoutDriver\n"
        "from botcore.db import Database\n"
        "from botcore.errors import DatabaseUnavailable\n"
        "try:\n"
        "    asyncio.run(Database('postgresql://bot@127.0.0.1:1/bot').open())\n"
        "except DatabaseUnavailable as error:\n"
        "    print(error)\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert out.decode().strip() == "PostgreSQL needs its driver: pip install 'botcore[postgresql]'"
