"""How botcore talks to SQLite; measured choices, each with its reason."""

import sqlite3
from functools import partial
from typing import Any, cast

from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import dialect
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from botcore.db.sqlite_connection import VisitingConnection


def create_sqlite_engine(url: URL, *, begin: str, pragmas: tuple[str, ...], wait: float, **engine: Any) -> AsyncEngine:
    """An engine whose transactions begin as told.

    SQLAlchemy's and sqlite3's own transaction handling are both switched off: they begin late and as readers,
    and a reader that turns writer fails at once where a second writer exists, without waiting for it.

    Args:
        url: an address from `parse_url`.
        begin: the statement that begins a transaction, `BEGIN` or `BEGIN IMMEDIATE`.
        pragmas: run on every new connection, outside any transaction.
        wait: for how many seconds a statement waits for another process's lock.
        engine: passed on to `create_async_engine`.
    """
    where, options = dialect().create_connect_args(url)
    connector = partial(sqlite3.connect, *where, **{**options, "isolation_level": None, "timeout": wait})

    async def connect() -> VisitingConnection:
        connection = VisitingConnection(connector)
        await connection
        return connection

    # without the values of a statement: what people wrote has no place in the text of an error, which is logged
    created = create_async_engine(url, async_creator=connect, hide_parameters=True, **engine)

    @event.listens_for(created.sync_engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(created.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        cast("VisitingConnection", connection.connection.driver_connection).begin_with(begin)

    return created


def is_locked(error: BaseException | None) -> bool:
    """Whether SQLite gave up because another process holds the lock."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
