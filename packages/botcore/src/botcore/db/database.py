"""The open database: who reads, who writes, and what happens when it cannot be opened."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Self

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from botcore.db.after_commit import OpenTransaction, enter
from botcore.db.sqlite import create_sqlite_engine, is_locked
from botcore.db.url import DialectName, describe, dialect_of, parse_url, require_driver
from botcore.errors import BotCoreError, DatabaseUnavailable

_OPENING = 10.0  # seconds until an operator is told
_BUSY = 5.0  # seconds for which SQLite waits for another process
_RETRY = 0.05  # seconds
_SQLITE_READERS = 5  # each is a thread; a read takes a fraction of a millisecond


class Database:
    """One database, opened once a process.

    `session()` reads and `transaction()` writes. On SQLite writers queue in this process for one connection
    whose transactions begin IMMEDIATE, and readers, which cannot write, never wait for them (WAL). On
    PostgreSQL both share one pool.

    Args:
        url: `sqlite:///file.db` or `postgresql://user:password@host/name`.
        pool_size: connections that PostgreSQL's pool keeps.
        max_overflow: connections it may open beyond those.
        pool_timeout: seconds to wait for a free connection.
        pool_recycle: seconds after which a connection is replaced.
        echo: log every statement, at level INFO.

    Raises:
        ConfigurationError: `url` is not an address that botcore understands.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 20,
        max_overflow: int = 30,
        pool_timeout: float = 30.0,
        pool_recycle: int = 3600,
        echo: bool = False,
    ) -> None:
        self._url = parse_url(url)
        self._echo = echo
        self._pool: dict[str, Any] = {
            "pool_size": pool_size,
            "max_overflow": max_overflow,
            "pool_timeout": pool_timeout,
            "pool_recycle": pool_recycle,
        }
        self._engines: list[AsyncEngine] = []
        self._readers: async_sessionmaker[AsyncSession] | None = None
        self._writers: async_sessionmaker[AsyncSession] | None = None
        self._writing: set[asyncio.Task[Any]] = set()

    @property
    def dialect(self) -> DialectName:
        """The kind of database."""
        return dialect_of(self._url)

    @property
    def url(self) -> URL:
        """The address; `str()` of it hides the password."""
        return self._url

    async def open(self) -> None:
        """Open the database and prove that it can be written to.

        Creates the file and its directory on SQLite. Takes at most about ten seconds.

        Raises:
            DatabaseUnavailable: with one sentence that says which database and why.
        """
        if self._engines:
            return
        require_driver(self._url)
        if self._echo:  # not SQLAlchemy's own `echo`: its handler would write past the redactor
            logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
        try:
            async with asyncio.timeout(_OPENING):
                await (self._open_sqlite() if self.dialect == "sqlite" else self._open_postgresql())
        except (Exception, asyncio.CancelledError) as error:
            await self.close()
            if isinstance(error, OSError | DBAPIError | sqlite3.Error):  # TimeoutError is an OSError
                raise DatabaseUnavailable(_sentence(self._url, error)) from error
            raise

    async def close(self) -> None:
        """Close every connection; a second call does nothing."""
        engines, self._engines = self._engines, []
        self._readers = self._writers = None
        for engine in engines:
            await engine.dispose()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A session that reads; the database refuses a write through it.

        Rows stay usable after the block, and nothing is loaded lazily: ask for what you need.
        """
        async with _opened(self._readers)() as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that writes: committed at the end of the block, rolled back if it raises.

        Keep it short, and wait for no network inside it: on SQLite every other writer waits meanwhile. A task that is
        cancelled while it commits learns of it when the commit is over, so that what is to happen after the commit
        (events, for one) happens exactly if it was committed.

        Raises:
            BotCoreError: this task is inside a transaction already. Two would wait for each other.
        """
        writers = _opened(self._writers)
        task = asyncio.current_task()
        if task is None:
            raise BotCoreError("transaction() needs a running task")
        if task in self._writing:
            raise BotCoreError(
                "transaction() inside transaction(): the inner one would wait for the outer one for ever; "
                "pass the session of the outer one on instead"
            )
        self._writing.add(task)
        transaction = OpenTransaction(writers())
        enter(transaction)
        try:
            async with transaction.session as session, session.begin():
                yield session
                if session.in_transaction():  # not, if the block ended it by itself
                    await _to_its_end(session.commit())
        finally:
            self._writing.discard(task)
            enter(None)
            transaction.end()

    async def _open_sqlite(self) -> None:
        Path(str(self._url.database)).parent.mkdir(parents=True, exist_ok=True)
        await _prove_writable(str(self._url.database))
        always = ("foreign_keys = ON", "synchronous = NORMAL")
        writer = create_sqlite_engine(
            self._url,
            begin="BEGIN IMMEDIATE",
            pragmas=always,
            wait=_BUSY,
            pool_size=1,
            max_overflow=0,
            pool_timeout=self._pool["pool_timeout"],
        )
        reader = create_sqlite_engine(
            self._url,
            begin="BEGIN",
            pragmas=(*always, "query_only = ON"),
            wait=_BUSY,
            pool_size=_SQLITE_READERS,
            max_overflow=0,
            pool_timeout=self._pool["pool_timeout"],
        )
        self._serve(reader, writer)

    async def _open_postgresql(self) -> None:
        engine = create_async_engine(
            self._url,
            connect_args={"timeout": _OPENING, "server_settings": {"application_name": "botcore"}},
            hide_parameters=True,  # as for SQLite
            **self._pool,
        )
        self._serve(engine.execution_options(postgresql_readonly=True), engine)
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    def _serve(self, reader: AsyncEngine, writer: AsyncEngine) -> None:
        self._engines = [reader, writer]
        self._readers = async_sessionmaker(reader, expire_on_commit=False)
        self._writers = async_sessionmaker(writer, expire_on_commit=False)


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Do something that a first cancellation does not interrupt, only a second one."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()  # does nothing once it is done
            await asyncio.gather(task, return_exceptions=True)
        raise


def _opened(sessions: async_sessionmaker[AsyncSession] | None) -> async_sessionmaker[AsyncSession]:
    if sessions is None:
        raise BotCoreError("the database is not open: await database.open() first")
    return sessions


async def _prove_writable(file: str) -> None:
    """Switch the file to write-ahead logging, which it remembers, and take the write lock once.

    By the standard library in a thread: a driver's own thread could outlive the loop of a start that ends here.
    """
    while True:
        try:
            await asyncio.to_thread(_take_write_lock, file)
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise
        else:
            return
        await asyncio.sleep(_RETRY)  # real time, before there is any clock: another process is switching it too


def _take_write_lock(file: str) -> None:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise
            return  # another process is writing to it, which proves as much
        connection.execute("ROLLBACK")


def _sentence(url: URL, error: BaseException) -> str:
    """What the operator can do about it; a driver's own text may span lines and hold the address."""
    where = describe(url)
    if isinstance(error, TimeoutError):
        return f"{where} did not answer within {_OPENING:g} seconds; is it running, and is it free?"
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if dialect_of(url) == "sqlite":
        return f"{where} cannot be opened for writing ({_first_line(cause)}); give database.url a writable file"
    if isinstance(cause, OSError):
        return f"{where} cannot be reached ({_first_line(cause)}); is it running, and is the address right?"
    match getattr(cause, "sqlstate", None):
        case "28P01" | "28000":
            return f'{where} refuses the user "{url.username}"; check user and password in database.url'
        case "3D000":
            return f"{where} does not exist; create it, or name another one in database.url"
        case _:
            return f"{where} cannot be used ({_first_line(cause)})"


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
