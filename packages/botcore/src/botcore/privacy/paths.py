"""From a row to the person: a column, or a way to one over foreign keys."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, ForeignKeyConstraint, FromClause, String, Table, and_, exists, literal, select


class NoSuchPath(Exception):
    """The way leads nowhere; the text says where it ends."""


def steps(table: Table, person: str) -> Iterator[tuple[Table, ForeignKeyConstraint | None]]:
    """Walk the way: each table on it with the foreign key that is left by; ``None`` at the end.

    Raises:
        NoSuchPath: a column is not there, or is no foreign key.
    """
    *keys, last = person.split(".")
    for key in keys:
        constraint = foreign_key(table, key)
        yield table, constraint
        table = constraint.referred_table
    _require(table, last)
    yield table, None


def foreign_key(table: Table, column: str) -> ForeignKeyConstraint:
    """The foreign key of a column; the narrowest, where it is part of several.

    Raises:
        NoSuchPath: it has none, or is not there.
    """
    _require(table, column)
    found = [each for each in table.foreign_key_constraints if column in each.column_keys]
    if not found:
        raise NoSuchPath(f"{table.name}.{column} is no foreign key, so no way leads on from it")
    return min(found, key=lambda each: len(each.column_keys))


def belongs_to(table: Table, person: str, user_id: int) -> ColumnElement[bool]:
    """The condition that a row's person is this one.

    Args:
        table: where the row is.
        person: the way, which `steps` has accepted.
        user_id: the person's snowflake.
    """
    return _belongs_to(table, table, person, user_id)


def _belongs_to(table: Table, rows: FromClause, person: str, user_id: int) -> ColumnElement[bool]:
    step, _dot, rest = person.partition(".")
    if not rest:
        column = rows.c[step]
        return column == (str(user_id) if isinstance(column.type, String) else user_id)
    constraint = foreign_key(table, step)
    parents = constraint.referred_table.alias()
    same = (rows.c[each.parent.name] == parents.c[each.column.name] for each in constraint.elements)
    further = _belongs_to(constraint.referred_table, parents, rest, user_id)
    return exists(select(literal(1)).select_from(parents).where(and_(*same), further))


def _require(table: Table, column: str) -> None:
    if column not in table.c:
        raise NoSuchPath(f"the table {table.name} has no column {column}")
