"""Brings features' tables to where their packages need them: locked, each feature in one transaction."""

import asyncio
import sqlite3
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import MetaData, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from botcore.db.database import Database
from botcore.db.migrations.backup import copy_before
from botcore.db.migrations.errors import MigrationFailed, SchemaTooNew
from botcore.db.migrations.scripts import MigrationScripts
from botcore.db.migrations.state import SchemaState, read_owners, read_states
from botcore.db.sqlite import create_sqlite_engine
from botcore.errors import FeatureError

_LOCK_WAIT = 60  # seconds for which one process waits for another one's migration


class Migrator:
    """Reads and changes which revision each feature's tables are at.

    alembic runs on the event loop's thread: migrate before there is anything else to do. Before the first
    change of a SQLite file that has tables, one copy of it is made.

    Args:
        database: an open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._copy: Path | None = None
        self._safe = False  # whether what was there before the first change needs no (further) copy

    @property
    def copy(self) -> Path | None:
        """The copy that was made before the first change, if there was one."""
        return self._copy

    async def status(self, scripts: Sequence[MigrationScripts]) -> list[SchemaState]:
        """The state of each feature, in the order given; takes about a millisecond, without alembic."""
        async with self._database.session() as session:
            connection = await session.connection()
            return await connection.run_sync(read_states, scripts)

    async def features(self) -> set[str]:
        """Whose tables the database has, whether they are installed or not."""
        async with self._database.session() as session:
            connection = await session.connection()
            return await connection.run_sync(read_owners)

    async def upgrade(self, scripts: MigrationScripts, to: str | None = None) -> None:
        """Bring one feature's tables up to a revision; does nothing if they are there.

        Args:
            scripts: the feature.
            to: the revision to stop at; the newest by default.

        Raises:
            SchemaTooNew: the database is at a revision that the package does not have.
            MigrationFailed: nothing has changed, and the cause is attached.
        """
        state = (await self.status([scripts]))[0]
        if state.unknown and state.current is not None:
            raise SchemaTooNew(state.feature, state.current, state.head)
        if state.behind:
            await self._run(scripts, to or state.head, down=False)

    async def upgrade_all(self, scripts: Sequence[MigrationScripts]) -> dict[str, FeatureError]:
        """Bring every feature's tables up to date, and go on where one cannot be.

        Returns:
            Why, by name, for each feature that could not be brought up to date.
        """
        failures: dict[str, FeatureError] = {}
        for each, state in zip(scripts, await self.status(scripts), strict=True):
            if not (state.behind or state.unknown):
                continue
            try:
                await self.upgrade(each)
            except FeatureError as failure:
                failures[each.feature] = failure
        return failures

    async def downgrade(self, scripts: MigrationScripts, to: str | None) -> None:
        """Take one feature's tables back to a revision, or with None to before the first one.

        Raises:
            SchemaTooNew: the database is at a revision that the package does not have.
            MigrationFailed: nothing has changed, and the cause is attached.
        """
        await self._run(scripts, to, down=True)

    async def differences(self, scripts: MigrationScripts, models: MetaData) -> list[str]:
        """How a feature's models and its migrated tables differ; empty when they agree. For tests."""
        from botcore.db.migrations.runner import find_differences

        async with self._database.session() as session:
            connection = await session.connection()
            return await connection.run_sync(find_differences, scripts, models)

    async def write_revision(self, scripts: MigrationScripts, models: MetaData | None, message: str) -> Path | None:
        """Write a feature's next revision from its models; see `botcore.db.migrations.authoring.write_revision`."""
        from botcore.db.migrations.authoring import write_revision

        async with self._database.session() as session:
            connection = await session.connection()
            return await connection.run_sync(write_revision, scripts, models, message)

    async def _run(self, scripts: MigrationScripts, target: str | None, *, down: bool) -> None:
        from botcore.db.migrations.runner import run_revisions

        try:
            async with self._locked(scripts) as connection:
                state = (await connection.run_sync(read_states, [scripts]))[0]
                if state.current == target:
                    return  # another process was faster
                await self._copy_once(connection, scripts, target or "base")
                await connection.run_sync(run_revisions, scripts, target, down=down)
        except DBAPIError as error:
            raise MigrationFailed(
                scripts.feature,
                f"its tables could not be locked or changed within {_LOCK_WAIT} seconds "
                f"({type(error.orig).__name__}); is another process using the database?",
            ) from error

    @asynccontextmanager
    async def _locked(self, scripts: MigrationScripts) -> AsyncIterator[AsyncConnection]:
        """A transaction of its own that no other process's migration runs beside."""
        engine = self._create_engine()
        try:
            async with engine.begin() as connection:
                if self._database.dialect == "postgresql":
                    key = zlib.crc32(f"botcore:{scripts.feature}".encode())
                    await connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}s'"))
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
                yield connection
        finally:
            await engine.dispose()

    def _create_engine(self) -> AsyncEngine:
        if self._database.dialect == "postgresql":
            return create_async_engine(self._database.url, poolclass=NullPool)
        # Batch mode copies a table and drops the old one, and with foreign keys on that deletes, silently,
        # what refers to it. The pragma works outside a transaction only.
        return create_sqlite_engine(
            self._database.url,
            begin="BEGIN IMMEDIATE",
            pragmas=("foreign_keys = OFF",),
            wait=_LOCK_WAIT,
            poolclass=NullPool,
        )

    async def _copy_once(self, connection: AsyncConnection, scripts: MigrationScripts, target: str) -> None:
        if self._safe or self._database.dialect != "sqlite":
            return
        tables = await connection.scalar(text("SELECT count(*) FROM sqlite_master WHERE type = 'table'"))
        if not tables:
            self._safe = True
            return
        file = Path(str(self._database.url.database))
        try:
            self._copy = await asyncio.to_thread(copy_before, file, scripts.feature, target)
        except (OSError, sqlite3.Error) as error:
            raise MigrationFailed(
                scripts.feature,
                f"no copy of {file} could be made before the upgrade ({error}); nothing has changed",
            ) from error
        self._safe = True
