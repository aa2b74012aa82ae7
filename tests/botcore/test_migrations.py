"""What holds when features' tables change, on every database that this machine has."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ForeignKey, Text, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from botcore.db import (
    Database,
    FeatureModel,
    MigrationFailed,
    MigrationScripts,
    Migrator,
    SchemaState,
    SchemaTooNew,
)
from botcore.errors import FeatureError

CREATE = """
    op.create_table(
        "polls_poll",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("question", sa.String, nullable=False),
    )
    op.create_table(
        "polls_vote",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("poll_id", sa.Integer, sa.ForeignKey("polls_poll.id", ondelete="CASCADE"), nullable=False),
    )
"""
DROP = """
    op.drop_table("polls_vote")
    op.drop_table("polls_poll")
"""
ADD_COLUMN = """
    with op.batch_alter_table("polls_poll") as batch:
        batch.add_column(sa.Column("closed", sa.Boolean, nullable=False, server_default=sa.false()))
        batch.alter_column("question", type_=sa.Text())
"""
REMOVE_COLUMN = """
    with op.batch_alter_table("polls_poll") as batch:
        batch.drop_column("closed")
        batch.alter_column("question", type_=sa.String())
"""
BREAK = """
    op.create_table("polls_extra", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO polls_extra VALUES (1)")
    op.execute("INSERT INTO polls_nowhere VALUES (1)")
"""


def revision(scripts: Path, name: str, after: str | None, up: str, down: str = "\n    pass\n") -> None:
    """Write one revision's file, as a feature's author would."""
    scripts.mkdir(exist_ok=True)
    (scripts / f"{name}.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision = {name!r}\ndown_revision = {after!r}\n\n\n"
        f"def upgrade():{up}\n\ndef downgrade():{down}"
    )


@pytest.fixture
def first(tmp_path: Path) -> MigrationScripts:
    """The polls feature in its first version."""
    revision(tmp_path / "v1", "0001_create_polls", None, CREATE, DROP)
    return MigrationScripts("polls", tmp_path / "v1")


@pytest.fixture
def second(tmp_path: Path) -> MigrationScripts:
    """The polls feature in its second version."""
    revision(tmp_path / "v2", "0001_create_polls", None, CREATE, DROP)
    revision(tmp_path / "v2", "0002_add_closed", "0001_create_polls", ADD_COLUMN, REMOVE_COLUMN)
    return MigrationScripts("polls", tmp_path / "v2")


@pytest.fixture
def broken(tmp_path: Path) -> MigrationScripts:
    """The polls feature with a second version that fails half-way."""
    revision(tmp_path / "broken", "0001_create_polls", None, CREATE, DROP)
    revision(tmp_path / "broken", "0002_break", "0001_create_polls", BREAK)
    return MigrationScripts("polls", tmp_path / "broken")


async def run(database: Database, *statements: str) -> None:
    """Write rows."""
    async with database.transaction() as tx:
        for statement in statements:
            await tx.execute(text(statement))


async def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    """Read rows."""
    async with database.session() as session:
        return [tuple(row) for row in await session.execute(text(query))]


async def tables(database: Database) -> set[str]:
    """The names of all tables."""
    async with database.session() as session:
        connection = await session.connection()
        return await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))


async def insert_votes(database: Database) -> None:
    """One poll with two votes."""
    await run(
        database,
        "INSERT INTO polls_poll (id, question) VALUES (1, 'Lunch?')",
        "INSERT INTO polls_vote (id, poll_id) VALUES (1, 1), (2, 1)",
    )


async def test_status_before_and_after(database: Database, first: MigrationScripts) -> None:
    """A feature is behind until it is upgraded, and then it is not."""
    migrator = Migrator(database)
    assert await migrator.status([first]) == [SchemaState("polls", None, "0001_create_polls", unknown=False)]
    assert (await migrator.status([first]))[0].behind
    await migrator.upgrade(first)
    assert await migrator.status([first]) == [
        SchemaState("polls", "0001_create_polls", "0001_create_polls", unknown=False)
    ]
    assert not (await migrator.status([first]))[0].behind


async def test_up_down_up_with_rows(database: Database, first: MigrationScripts, second: MigrationScripts) -> None:
    """Rows survive an upgrade, a downgrade and another upgrade; so does what refers to them."""
    migrator = Migrator(database)
    await migrator.upgrade(first)
    await insert_votes(database)
    await migrator.upgrade(second)
    assert await rows(database, "SELECT question, closed FROM polls_poll") == [("Lunch?", False)]
    await migrator.downgrade(second, "0001_create_polls")
    await migrator.upgrade(second)
    assert await rows(database, "SELECT count(*) FROM polls_vote") == [(2,)]
    await migrator.downgrade(second, None)
    assert await tables(database) == {"polls_schema_version"}
    await migrator.upgrade(second)
    assert (await migrator.status([second]))[0].current == "0002_add_closed"


async def test_foreign_keys_after_upgrade(
    database: Database, first: MigrationScripts, second: MigrationScripts
) -> None:
    """Foreign keys still work after their table was rebuilt."""
    await Migrator(database).upgrade(first)
    await insert_votes(database)
    await Migrator(database).upgrade(second)
    await run(database, "DELETE FROM polls_poll")
    assert await rows(database, "SELECT count(*) FROM polls_vote") == [(0,)]


async def test_broken_migration(database: Database, first: MigrationScripts, broken: MigrationScripts) -> None:
    """A migration that fails half-way leaves nothing behind, names its revision and keeps the cause."""
    await Migrator(database).upgrade(first)
    await insert_votes(database)
    with pytest.raises(MigrationFailed, match=r"polls: revision 0002_break failed with \w+Error") as caught:
        await Migrator(database).upgrade(broken)
    assert "polls_nowhere" in str(caught.value.__cause__)
    assert await tables(database) == {"polls_schema_version", "polls_poll", "polls_vote"}
    assert (await Migrator(database).status([broken]))[0].current == "0001_create_polls"
    await run(database, "INSERT INTO polls_vote (id, poll_id) VALUES (3, 1)")


async def test_broken_from_the_start(database: Database, broken: MigrationScripts) -> None:
    """All revisions of one upgrade stand or fall together."""
    with pytest.raises(MigrationFailed, match="0002_break"):
        await Migrator(database).upgrade(broken)
    assert await tables(database) == set()


async def test_one_broken_feature_does_not_stop_the_next(
    database: Database, broken: MigrationScripts, tmp_path: Path
) -> None:
    """Every feature that can be upgraded is, and the others are named with their reasons."""
    revision(
        tmp_path / "notes",
        "0001_create",
        None,
        "\n    op.create_table('notes_note', sa.Column('id', sa.Integer))\n",
    )
    notes = MigrationScripts("notes", tmp_path / "notes")
    failures = await Migrator(database).upgrade_all([broken, notes])
    assert list(failures) == ["polls"]
    assert isinstance(failures["polls"], MigrationFailed)
    assert await tables(database) == {"notes_schema_version", "notes_note"}


async def test_feature_away_and_back(database: Database, first: MigrationScripts, second: MigrationScripts) -> None:
    """A feature that was removed for a while finds its rows, and catches up from where it was."""
    await Migrator(database).upgrade_all([first])
    await insert_votes(database)
    assert await Migrator(database).upgrade_all([]) == {}
    assert await Migrator(database).upgrade_all([second]) == {}
    assert await rows(database, "SELECT count(*) FROM polls_vote") == [(2,)]


async def test_newer_database(database: Database, first: MigrationScripts, second: MigrationScripts) -> None:
    """A database from a newer version is not touched, and the sentence says what to install."""
    await Migrator(database).upgrade(second)
    state = (await Migrator(database).status([first]))[0]
    assert (state.unknown, state.behind) == (True, False)
    with pytest.raises(SchemaTooNew, match=r"at revision 0002_add_closed, but .* up to 0001_create_polls"):
        await Migrator(database).upgrade(first)
    assert list(await Migrator(database).upgrade_all([first])) == ["polls"]
    with pytest.raises(SchemaTooNew):
        await Migrator(database).downgrade(first, None)


async def test_processes_at_once(
    database: Database, database_url: str, second: MigrationScripts, tmp_path: Path
) -> None:
    """Three processes that start together migrate once, and each of them finds the work done."""
    script = tmp_path / "upgrade.py"
    script.write_text(
        "import asyncio, pathlib, sys\n"
        "from botcore.db import Database, MigrationScripts, Migrator\n"
        "async def main():\n"
        "    scripts = MigrationScripts('polls', pathlib.Path(sys.argv[2]))\n"
        "    async with Database(sys.argv[1]) as database:\n"
        "        await Migrator(database).upgrade(scripts)\n"
        "        print((await Migrator(database).status([scripts]))[0].current)\n"
        "asyncio.run(main())\n"
    )
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, str(script), database_url, str(second.location), stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    answers = await asyncio.gather(*(process.communicate() for process in processes))
    assert [out.decode().strip() for out, _ in answers] == ["0002_add_closed"] * 3
    assert await rows(database, "SELECT version_num FROM polls_schema_version") == [("0002_add_closed",)]


async def test_models_equal_migrations(database: Database, first: MigrationScripts, second: MigrationScripts) -> None:
    """A feature's test can tell whether its models and its migrations agree; other features do not matter."""

    class Base(FeatureModel, feature="polls"):
        """The tables of the second version."""

    class Poll(Base):
        """One poll."""

        __tablename__ = "polls_poll"
        id: Mapped[int] = mapped_column(primary_key=True)
        question: Mapped[str] = mapped_column(Text)
        closed: Mapped[bool]

    class Vote(Base):
        """One vote."""

        __tablename__ = "polls_vote"
        id: Mapped[int] = mapped_column(primary_key=True)
        poll_id: Mapped[int] = mapped_column(ForeignKey("polls_poll.id", ondelete="CASCADE"))

    migrator = Migrator(database)
    await run(database, "CREATE TABLE notes_note (id INTEGER PRIMARY KEY)")
    await migrator.upgrade(first)
    assert "closed" in " ".join(await migrator.differences(first, Base.metadata))
    await migrator.upgrade(second)
    assert await migrator.differences(second, Base.metadata) == []


async def test_rows_that_would_dangle(sqlite_database: Database, first: MigrationScripts) -> None:
    """A migration that deletes what other rows refer to is rolled back on SQLite too."""
    await Migrator(sqlite_database).upgrade(first)
    revision(first.location, "0002_forget", "0001_create_polls", "\n    op.execute('DELETE FROM polls_poll')\n")
    await insert_votes(sqlite_database)
    with pytest.raises(MigrationFailed, match="rows in polls_vote that refer to missing rows in polls_poll"):
        await Migrator(sqlite_database).upgrade(MigrationScripts("polls", first.location))
    assert await rows(sqlite_database, "SELECT count(*) FROM polls_poll") == [(1,)]


async def test_copy_before_upgrade(
    sqlite_database: Database, first: MigrationScripts, second: MigrationScripts
) -> None:
    """A SQLite file with tables is copied once before the first change; an empty one is not."""
    fresh = Migrator(sqlite_database)
    await fresh.upgrade(first)
    assert fresh.copy is None
    await insert_votes(sqlite_database)

    migrator = Migrator(sqlite_database)
    await migrator.upgrade(second)
    file = Path(str(sqlite_database.url.database))
    assert migrator.copy == file.with_name("test.db.before-polls-0002_add_closed")
    with closing(sqlite3.connect(migrator.copy)) as copy:
        assert copy.execute("SELECT version_num FROM polls_schema_version").fetchall() == [("0001_create_polls",)]
        assert copy.execute("SELECT count(*) FROM polls_vote").fetchall() == [(2,)]
    assert sorted(path.name for path in file.parent.glob("*.before*")) == [migrator.copy.name]


@pytest.mark.parametrize(
    ("name", "stem", "sentence"),
    [
        ("Polls!", "0001_create", "lower-case letters"),
        ("polls", "0001_" + "x" * 30, "at most 32 characters"),
    ],
)
def test_names(tmp_path: Path, name: str, stem: str, sentence: str) -> None:
    """Names that one of the databases would choke on are refused on every machine."""
    revision(tmp_path, stem, None, CREATE)
    with pytest.raises(FeatureError, match=sentence):
        MigrationScripts(name, tmp_path)


async def test_history_out_of_order(database: Database, first: MigrationScripts) -> None:
    """A revision that is not the last by name cannot be the newest, since the newest is known by name."""
    revision(first.location, "0000_before", "0001_create_polls", "\n    pass\n")
    with pytest.raises(MigrationFailed, match="0001_create_polls is the last file by name"):
        await Migrator(database).upgrade(MigrationScripts("polls", first.location))


async def test_id_that_is_not_the_stem(database: Database, first: MigrationScripts) -> None:
    """A revision's id is its file's stem."""
    (first.location / "0001_create_polls.py").rename(first.location / "0001_renamed.py")
    with pytest.raises(MigrationFailed, match="the id of a revision must be the stem of its file"):
        await Migrator(database).upgrade(MigrationScripts("polls", first.location))


async def test_nothing_to_do_costs_nothing(database: Database, database_url: str, second: MigrationScripts) -> None:
    """A start with nothing to migrate does not import alembic."""
    await Migrator(database).upgrade(second)
    script = (
        "import asyncio, pathlib, sys\n"
        "from botcore.db import Database, MigrationScripts, Migrator\n"
        "async def main():\n"
        "    async with Database(sys.argv[1]) as database:\n"
        "        scripts = MigrationScripts('polls', pathlib.Path(sys.argv[2]))\n"
        "        assert await Migrator(database).upgrade_all([scripts]) == {}\n"
        "asyncio.run(main())\n"
        "print('alembic' in sys.modules)\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, database_url, str(second.location), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.decode().strip() == "False"
