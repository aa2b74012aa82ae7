"""A person's rows as JSON takes them: every column, but for what is hidden with a reason."""

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, RowMapping, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.privacy.declarations import Declaration, Erase, PersonalTable
from botcore.privacy.paths import belongs_to
from botcore.privacy.reports import TableExport

ANOTHER_PERSON = "another person"
"""Stands for the id of anybody else."""


async def export_tables(
    session: AsyncSession, feature: str, declarations: Sequence[Declaration], metadata: MetaData, user_id: int
) -> list[TableExport]:
    """Read a person's rows; a table without any is left out.

    Args:
        session: reads.
        feature: whose tables they are.
        declarations: its declarations, without problems.
        metadata: its tables.
        user_id: the person's snowflake.
    """
    exported = []
    for declared in declarations:
        if isinstance(declared, PersonalTable):
            rows = await _rows(session, metadata.tables[declared.name], declared, user_id)
            if rows:
                exported.append(TableExport(feature, declared.name, rows, declared.hidden))
    return exported


async def _rows(session: AsyncSession, table: Table, declared: PersonalTable, user_id: int) -> list[Mapping[str, Any]]:
    ways = {rule.person for rule in declared.rules if not isinstance(rule, Erase) or rule.exported}
    theirs = or_(*(belongs_to(table, way, user_id) for way in sorted(ways)))
    found = await session.execute(select(table).where(theirs).order_by(*table.primary_key))
    return [_plain_row(row, table, declared, user_id) for row in found.mappings()]


def _plain_row(row: RowMapping, table: Table, declared: PersonalTable, user_id: int) -> dict[str, Any]:
    return {
        str(column.name): ANOTHER_PERSON
        if column.name in declared.person_columns and row[column] is not None and str(row[column]) != str(user_id)
        else _plain(row[column], column)
        for column in table.columns
        if column.name not in declared.hidden
    }


def _plain(value: Any, column: Column[Any]) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and isinstance(column.type, BigInteger):
        return str(value)  # as Discord writes ids: many readers of JSON lose digits beyond 2 to the 53rd
    return plain_value(value)


def plain_value(value: Any) -> Any:  # noqa: PLR0911 - one line a kind of value
    """A value of a column as JSON takes it."""
    match value:
        case Enum():
            return plain_value(value.value)
        case None | bool() | int() | float() | str():
            return value
        case datetime(tzinfo=None):
            return value.isoformat()
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes():
            return base64.b64encode(value).decode()
        case Mapping():
            return {str(key): plain_value(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain_value(each) for each in value]
        case _:
            return str(value)
