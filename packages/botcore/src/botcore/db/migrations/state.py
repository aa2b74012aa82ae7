"""Which revision each feature's tables are at, read for all features at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from botcore.db.migrations.scripts import MigrationScripts

_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%_schema_version'",
    "postgresql": (
        "SELECT tablename FROM pg_catalog.pg_tables "
        "WHERE schemaname = current_schema() AND tablename LIKE '%_schema_version'"
    ),
}

_HISTORY = re.compile(r"([a-z][a-z0-9_]*)_schema_version")


@dataclass(frozen=True, slots=True)
class SchemaState:
    """One feature's tables, compared with what its package brings.

    Args:
        feature: the feature's name.
        current: the revision in the database; None before the first one.
        head: the newest revision of the package; None if it has none.
        unknown: the package does not know `current`: the database is newer.
    """

    feature: str
    current: str | None
    head: str | None
    unknown: bool

    @property
    def behind(self) -> bool:
        """Whether an upgrade has something to do."""
        return self.current != self.head and not self.unknown


def read_owners(connection: Connection) -> set[str]:
    """The names of those who have a history in the database, and are at a revision of it."""
    found = map(_HISTORY.fullmatch, connection.execute(text(_TABLES[connection.dialect.name])).scalars())
    # What does not look like ours is somebody else's; so a name may stand in a statement.
    selects = [f"SELECT '{match[1]}' FROM {match[0]}" for match in found if match]  # noqa: S608 - as said above
    return set(connection.execute(text(" UNION ".join(selects))).scalars()) if selects else set()


def read_states(connection: Connection, scripts: Sequence[MigrationScripts]) -> list[SchemaState]:
    """The state of each, in the order given; one listing of tables and one query, however many there are."""
    existing = set(connection.execute(text(_TABLES[connection.dialect.name])).scalars())
    # Features' names are checked to be plain words, so they may stand in a statement.
    selects = [
        f"SELECT '{each.feature}', version_num FROM {each.version_table}"  # noqa: S608 - as said above
        for each in scripts
        if each.version_table in existing
    ]
    rows = connection.execute(text(" UNION ALL ".join(selects))) if selects else ()
    current = {row[0]: row[1] for row in rows}
    return [_compare(each, current.get(each.feature)) for each in scripts]


def _compare(scripts: MigrationScripts, current: str | None) -> SchemaState:
    unknown = current is not None and current not in scripts.revisions
    return SchemaState(scripts.feature, current, scripts.head, unknown)
