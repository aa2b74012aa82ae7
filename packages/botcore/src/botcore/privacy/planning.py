"""Which rows are whose and what becomes of them: found first, changed afterwards, so that a dry run is true."""

import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import MetaData, Table, and_, bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.privacy.declarations import Anonymise, Declaration, Erase, PersonalTable, RandomId, Retain, Rule
from botcore.privacy.paths import belongs_to
from botcore.privacy.reports import Outcome

type Key = tuple[Any, ...]
"""A row's primary key."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one rule does to one person's rows.

    Args:
        rule: the rule.
        keys: the rows.
    """

    rule: Rule
    keys: Sequence[Key]

    @property
    def outcome(self) -> Outcome:
        """What becomes of the rows."""
        match self.rule:
            case Erase():
                return Outcome.ERASED
            case Anonymise():
                return Outcome.ANONYMISED
            case Retain():
                return Outcome.RETAINED

    @property
    def changes(self) -> dict[str, str]:
        """What each column becomes, in words; empty where none changes."""
        if not isinstance(self.rule, Anonymise):
            return {}
        return {column: _said(value) for column, value in self.rule.becomes.items()}

    @property
    def reason(self) -> str:
        """Why the rows stay; empty where they do not."""
        return self.rule.reason if isinstance(self.rule, Retain) else ""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What becomes of one person's rows in one table.

    Args:
        table: the table.
        parts: rule by rule, without those that no row fits.
    """

    table: Table
    parts: Sequence[Part]


async def plan(
    session: AsyncSession,
    declarations: Sequence[Declaration],
    metadata: MetaData,
    user_id: int,
    *,
    lock: bool = False,
) -> list[TablePlan]:
    """Find a person's rows, table by table; those that refer to others come before them.

    Args:
        session: reads.
        declarations: of one feature, without problems.
        metadata: its tables.
        user_id: the person's snowflake.
        lock: hold the rows until the transaction ends, where the database can.
    """
    declared = {each.name: each for each in declarations if isinstance(each, PersonalTable)}
    return [
        TablePlan(table, [part async for part in _parts(session, table, declared[table.name].rules, user_id, lock)])
        for table in reversed(metadata.sorted_tables)
        if table.name in declared
    ]


async def carry_out(session: AsyncSession, plans: Sequence[TablePlan]) -> None:
    """Erase and anonymise what was planned.

    Args:
        session: of the transaction in which it was planned.
        plans: as `plan` gave them.
    """
    for each in plans:
        erased: list[Key] = []
        changed: defaultdict[Key, dict[str, Any]] = defaultdict(dict)
        for part in each.parts:
            match part.rule:
                case Erase():
                    erased += part.keys
                case Anonymise(becomes=becomes):
                    for key in part.keys:
                        changed[key] |= becomes
                case Retain():
                    pass
        await _erase(session, each.table, erased)
        await _change(session, each.table, changed)


async def _parts(
    session: AsyncSession, table: Table, rules: Sequence[Rule], user_id: int, lock: bool
) -> AsyncIterator[Part]:
    found = [(rule, await _keys(session, table, rule, user_id, lock)) for rule in rules]
    chosen = list(_first_that_fits(found))
    erased = {key for rule, keys in chosen if isinstance(rule, Erase) for key in keys}
    counted: set[Key] = set()
    for rule, keys in chosen:
        others = counted if isinstance(rule, Erase) else erased
        left = [key for key in keys if key not in others]
        if isinstance(rule, Erase):
            counted.update(left)
        if left:
            yield Part(rule, left)


def _first_that_fits(found: Sequence[tuple[Rule, Sequence[Key]]]) -> Iterator[tuple[Rule, list[Key]]]:
    """Each rule with the rows that no earlier one has taken for the same person."""
    taken: defaultdict[str, set[Key]] = defaultdict(set)
    for rule, keys in found:
        yield rule, [key for key in keys if key not in taken[rule.person]]
        taken[rule.person].update(keys)


async def _keys(session: AsyncSession, table: Table, rule: Rule, user_id: int, lock: bool) -> list[Key]:
    query = select(*table.primary_key).where(belongs_to(table, rule.person, user_id)).order_by(*table.primary_key)
    if rule.when is not None:
        query = query.where(text(f"({rule.when})"))  # the feature's own words, never a person's
    return [tuple(row) for row in await session.execute(query.with_for_update() if lock else query)]


async def _erase(session: AsyncSession, table: Table, keys: Sequence[Key]) -> None:
    if keys:
        connection = await session.connection()
        await connection.execute(delete(table).where(_is_row(table)), [_named(key) for key in keys])


async def _change(session: AsyncSession, table: Table, changed: Mapping[Key, Mapping[str, Any]]) -> None:
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for key, values in changed.items():
        alike[tuple(values)].append(_named(key) | {f"new_{column}": _made(value) for column, value in values.items()})
    connection = await session.connection()
    for columns, rows in alike.items():
        new = {column: bindparam(f"new_{column}", type_=table.c[column].type) for column in columns}
        await connection.execute(update(table).where(_is_row(table)).values(new), rows)


def _is_row(table: Table) -> Any:
    return and_(*(column == bindparam(f"key_{index}") for index, column in enumerate(table.primary_key)))


def _named(key: Key) -> dict[str, Any]:
    return {f"key_{index}": value for index, value in enumerate(key)}


def _made(value: Any) -> Any:
    return -secrets.randbelow(2**62) - 1 if isinstance(value, RandomId) else value


def _said(value: Any) -> str:
    if value is None or value == "":
        return "empty"
    match value:
        case RandomId():
            return "a random id"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return str(value)
