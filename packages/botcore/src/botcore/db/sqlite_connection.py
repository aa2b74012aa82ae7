"""One connection to SQLite, in a thread of its own, that is visited as seldom as can be.

aiosqlite lives in a thread of its own, and each call is a visit to it: as SQLAlchemy uses it, a transaction with one
statement takes eight of them (a cursor, a statement and its end, for BEGIN and for the statement; COMMIT; a ROLLBACK
that has nothing to do), and those cost several times what SQLite itself takes. Here it takes two: the first statement
with its BEGIN and its rows, and the COMMIT.

Nothing else differs. BEGIN runs before the first statement and fails as it did; what is under way when a task is
cancelled ends before what is asked next.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, Self

import aiosqlite
from aiosqlite.context import contextmanager

_AHEAD: Final = 500  # rows that come with the statement; whoever streams a long result has no more than these in memory


class VisitingCursor(aiosqlite.Cursor):
    """A cursor whose statement comes back with its first rows, which for nearly every statement are all of them."""

    def __init__(self, connection: "VisitingConnection", cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._connection = connection
        self._rows: deque[Any] = deque()
        self._more = False  # whether there may be rows that have not been read

    async def execute(self, sql: str, parameters: Any = None) -> Self:
        """Run a statement."""
        return await self._run(partial(self._cursor.execute, sql, () if parameters is None else parameters))

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> Self:
        """Run a statement once for each set of parameters."""
        return await self._run(partial(self._cursor.executemany, sql, parameters))

    async def fetchone(self) -> Any:
        """The next row, or ``None``."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows; fewer than asked for are the last ones."""
        wanted = self.arraysize if size is None else size
        rows = [self._rows.popleft() for _ in range(min(wanted, len(self._rows)))]
        if self._more and len(rows) < wanted:
            rows.extend(await super().fetchmany(wanted - len(rows)))
        return rows

    async def fetchall(self) -> list[Any]:
        """The rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        if self._more:
            rows.extend(await super().fetchall())
        return rows

    async def close(self) -> None:
        """Let go of the statement; one that was read to its end is let go of already."""
        if self._more:
            await super().close()

    async def _run(self, statement: Callable[[], sqlite3.Cursor]) -> Self:
        self._more = True  # if this is cancelled, nobody knows
        self._rows = await self._connection.visit(partial(self._with_rows, statement))
        self._more = len(self._rows) == _AHEAD
        return self

    def _with_rows(self, statement: Callable[[], sqlite3.Cursor]) -> deque[Any]:
        statement()
        return deque(self._cursor.fetchmany(_AHEAD) if self._cursor.description else ())


class VisitingConnection(aiosqlite.Connection):
    """A connection that begins a transaction together with its first statement.

    Args:
        connector: opens the connection, in the thread. It must be usable in other threads too.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=_AHEAD)
        self._thread.daemon = True  # nobody waits for it when the process ends
        self._begin: str | None = None
        self._used = False

    def begin_with(self, statement: str) -> None:
        """Begin a transaction by this statement, before the next one."""
        self._begin = statement

    @contextmanager
    async def cursor(self) -> VisitingCursor:  # type: ignore[override]  # what makes one is not covariant, cursors are
        """A new cursor, for which nobody needs to go anywhere."""
        return VisitingCursor(self, self._conn.cursor())

    async def visit[T](self, work: Callable[[], T]) -> T:
        """Do something in the thread, in the transaction that is to be begun."""
        self._used = True
        return await self._execute(partial(self._in_transaction, work))  # type: ignore[no-any-return, no-untyped-call]

    async def commit(self) -> None:
        """Commit, if there is anything to commit."""
        await self._end(self._conn.commit)

    async def rollback(self) -> None:
        """Roll back, if there is anything to roll back."""
        await self._end(self._conn.rollback)

    def _in_transaction[T](self, work: Callable[[], T]) -> T:
        if self._begin is not None:
            self._conn.execute(self._begin)
            self._begin = None  # not if it failed: then the next statement tries again
        return work()

    async def _end(self, how: Callable[[], None]) -> None:
        if not self._used:
            self._begin = None
            return
        await self._execute(partial(self._out_of_transaction, how))  # type: ignore[no-untyped-call]
        self._used = False

    def _out_of_transaction(self, how: Callable[[], None]) -> None:
        self._begin = None
        how()
