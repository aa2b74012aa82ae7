"""The connection to SQLite: how often its thread is visited, and what happens at the edges of a transaction."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from botcore.db import Database
from botcore.db.sqlite import create_sqlite_engine
from botcore.db.url import parse_url

# Takes a while, so that a task can be cancelled while it is at work.
SLOWLY = """
    INSERT INTO noted (body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)
    SELECT max(i) FROM n
"""


@pytest.fixture
async def noted(sqlite_database: Database) -> Database:
    """A database with a table that has one column, and connections that are warm."""
    async with sqlite_database.transaction() as tx:
        await tx.execute(text("CREATE TABLE noted (body)"))
    async with sqlite_database.session() as session:
        await session.execute(text("SELECT body FROM noted"))
    return sqlite_database


@pytest.fixture
async def engine(noted: Database) -> AsyncIterator[AsyncEngine]:
    """An engine on that file that gives up at once where another process is writing."""
    made = create_sqlite_engine(noted.url, begin="BEGIN IMMEDIATE", pragmas=(), wait=0)
    yield made
    await made.dispose()


def visits(caplog: pytest.LogCaptureFixture) -> int:
    """How often a thread was asked to do something; the driver itself logs it."""
    return sum(record.msg == "executing %s" for record in caplog.records if record.name == "aiosqlite")


async def bodies(database: Database) -> list[object]:
    """What is in the table."""
    async with database.session() as session:
        return list((await session.scalars(text("SELECT body FROM noted"))).all())


async def test_a_write_takes_two_visits(noted: Database, caplog: pytest.LogCaptureFixture) -> None:
    """One for BEGIN and the statement, one for COMMIT; each further statement takes one, with its rows."""
    caplog.set_level(logging.DEBUG, "aiosqlite")
    async with noted.transaction() as tx:
        await tx.execute(text("INSERT INTO noted VALUES ('milk')"))
    assert visits(caplog) == 2
    async with noted.transaction() as tx:
        await tx.execute(text("INSERT INTO noted VALUES ('bread')"))
        assert (await tx.scalars(text("SELECT body FROM noted"))).all() == ["milk", "bread"]
    assert visits(caplog) == 2 + 3


async def test_a_transaction_without_a_statement_takes_none(noted: Database, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing was begun, so there is nothing to end."""
    caplog.set_level(logging.DEBUG, "aiosqlite")
    async with noted.transaction() as tx:
        await tx.connection()
    assert visits(caplog) == 0


async def test_more_rows_than_come_at_once(noted: Database) -> None:
    """All rows arrive, in order, read whole or as a stream."""
    async with noted.transaction() as tx:
        await tx.execute(text("INSERT INTO noted VALUES (:body)"), [{"body": number} for number in range(1_500)])
    assert await bodies(noted) == list(range(1_500))
    async with noted.session() as session:
        streamed = await session.stream_scalars(text("SELECT body FROM noted"))
        assert [body async for body in streamed] == list(range(1_500))
        streamed = await session.stream_scalars(text("SELECT body FROM noted"))
        assert await streamed.first() == 0  # and the rest is let go of


async def test_begin_that_failed_is_tried_again(noted: Database, engine: AsyncEngine) -> None:
    """No statement ever runs outside the transaction it belongs to, though the first one found the file locked."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        with closing(sqlite3.connect(str(noted.url.database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="locked"):
                await connection.execute(text("INSERT INTO noted VALUES ('milk')"))
        await connection.execute(text("INSERT INTO noted VALUES ('bread')"))
        await transaction.rollback()
    assert await bodies(noted) == []


async def test_cancelled_while_a_statement_runs(noted: Database) -> None:
    """What was written is rolled back, and the connection is as good as new."""

    async def write() -> None:
        async with noted.transaction() as tx:
            await tx.execute(text("INSERT INTO noted VALUES ('milk')"))
            written.set()
            await tx.execute(text(SLOWLY))

    written = asyncio.Event()
    writing = asyncio.create_task(write())
    await written.wait()
    writing.cancel()
    with suppress(asyncio.CancelledError):
        await writing
    assert writing.cancelled()
    async with noted.transaction() as tx:
        await tx.execute(text("INSERT INTO noted VALUES ('bread')"))
    assert await bodies(noted) == ["bread"]


async def test_cancelled_while_the_first_statement_runs(noted: Database) -> None:
    """The same, where the transaction began in the visit that nobody waited for."""

    async def write() -> None:
        async with noted.transaction() as tx:
            await tx.connection()
            asyncio.get_running_loop().call_soon(writing.cancel)
            await tx.execute(text(SLOWLY))

    writing = asyncio.create_task(write())
    with suppress(asyncio.CancelledError):
        await writing
    assert writing.cancelled()
    async with noted.transaction() as tx:
        await tx.execute(text("INSERT INTO noted VALUES ('bread')"))
    assert await bodies(noted) == ["bread"]


async def test_savepoints(noted: Database) -> None:
    """A savepoint that is the first statement of a transaction is inside it."""
    with suppress(ZeroDivisionError):
        async with noted.transaction() as tx, tx.begin_nested():
            await tx.execute(text("INSERT INTO noted VALUES ('milk')"))
            _ = 1 / 0
    async with noted.transaction() as tx:
        async with tx.begin_nested():
            await tx.execute(text("INSERT INTO noted VALUES ('bread')"))
        await tx.execute(text("INSERT INTO noted VALUES ('salt')"))
    assert await bodies(noted) == ["bread", "salt"]


async def test_options_in_the_address(tmp_path: Path) -> None:
    """What SQLAlchemy understands in an address still reaches the driver."""
    engine = create_sqlite_engine(
        parse_url(f"sqlite:///{tmp_path}/x.db?cached_statements=7"), begin="BEGIN", pragmas=(), wait=1
    )
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await engine.dispose()
