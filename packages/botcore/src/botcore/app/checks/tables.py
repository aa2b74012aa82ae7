"""The tables: that migrations run up, down and up again with rows in the tables, and that models agree with them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Column, MetaData, Table, inspect, types
from sqlalchemy.exc import SQLAlchemyError

from botcore.app.bootstrap import core_migrations
from botcore.app.checks.findings import Finding
from botcore.db import Database, MigrationScripts, Migrator
from botcore.errors import FeatureError
from botcore.features.base import BaseFeature
from botcore.features.tables import migration_scripts, tables_of

_LONGEST_SHOWN = 3
_MADE_UP: dict[type[Any], Any] = {
    bool: True,
    int: 1,
    float: 1.0,
    Decimal: Decimal(1),
    str: "1",
    bytes: b"1",
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
    date: date(2026, 1, 1),
    time: time(12),
    timedelta: timedelta(1),
    UUID: UUID(int=1),
}


async def check_tables(feature: type[BaseFeature], file: Path) -> list[Finding]:
    """Run every migration of a feature, on a new database.

    Args:
        feature: the feature.
        file: where the SQLite database goes.
    """
    reserved = {scripts.feature for scripts in core_migrations()}
    models = tables_of(feature)
    try:
        scripts = migration_scripts(feature, reserved)
    except FeatureError as error:
        return [Finding.failed("migrations", error.reason)]
    if scripts is None or not scripts.revisions:
        if models is None or not models.tables:
            return [Finding.skipped("migrations", f"{feature.name} has no tables")]
        return [
            Finding.failed(
                "migrations",
                f"{feature.name} has tables, and no migrations/versions is in the wheel; "
                f"`botcore db revision {feature.name} -m ...` writes the first",
            )
        ]
    async with Database(f"sqlite:///{file}") as database:
        try:
            return list(await _run(Migrator(database), database, scripts, models))
        except FeatureError as error:
            return [Finding.failed("migrations", error.reason)]


async def _run(
    migrator: Migrator, database: Database, scripts: MigrationScripts, models: MetaData | None
) -> list[Finding]:
    for revision in scripts.revisions:
        await migrator.upgrade(scripts, revision)
    differences = await migrator.differences(scripts, models) if models is not None else []
    if differences:
        return [
            Finding.failed(
                "migrations",
                f"models and migrations differ: {'; '.join(differences[:_LONGEST_SHOWN])}; "
                f"`botcore db revision {scripts.feature} -m ...` writes what is missing",
            )
        ]
    filled = await fill(database, models) if models is not None else 0
    tables = len(models.tables) if models is not None else 0
    earlier = [*reversed(scripts.revisions[:-1]), None]
    for revision, before in zip(reversed(scripts.revisions), earlier, strict=True):
        await migrator.downgrade(scripts, before)
        if before is not None:  # each step twice: what the way down leaves, the way up must take
            await migrator.upgrade(scripts, revision)
            await migrator.downgrade(scripts, before)
    left = await table_names(database, scripts)
    if left:
        return [Finding.failed("migrations", f"the way down leaves {', '.join(left)}; drop it in `downgrade`")]
    await migrator.upgrade(scripts)
    return [
        Finding.passed(
            "migrations",
            f"{len(scripts.revisions)} revisions ran up, down and up again, with rows in {filled} of {tables} tables",
        )
    ]


async def table_names(database: Database, scripts: MigrationScripts) -> list[str]:
    """The tables of a feature that a database has, but for that of its history."""
    async with database.session() as session:
        connection = await session.connection()
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return sorted(name for name in names if name.startswith(f"{scripts.feature}_") and name != scripts.version_table)


async def fill(database: Database, models: MetaData) -> int:
    """Put one made-up row into each table; one that wants something special stays empty.

    Returns:
        How many tables have a row.
    """
    filled = 0
    for table in models.sorted_tables:
        try:
            async with database.transaction() as session:
                await session.execute(table.insert().values(_row(table)))
        except SQLAlchemyError:
            continue
        filled += 1
    return filled


def _row(table: Table) -> dict[str, Any]:
    return {column.name: value for column in table.columns if (value := _value(column)) is not None}


def _value(column: Column[Any]) -> Any:
    """A value that the column's type takes; foreign keys fit, because every number is 1 and every text the same."""
    kind = column.type.impl_instance if isinstance(column.type, types.TypeDecorator) else column.type
    if isinstance(kind, types.Enum):
        return kind.enums[0] if kind.enum_class is None else next(iter(kind.enum_class))
    if isinstance(kind, types.JSON):
        return {}
    try:
        return _MADE_UP.get(kind.python_type)
    except NotImplementedError:
        return None
