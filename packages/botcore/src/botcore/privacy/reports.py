"""What an export holds and what a deletion did: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Unreached:
    """Tables of a feature that were not looked at.

    Args:
        feature: its name.
        reason: why, to go on after a colon.
    """

    feature: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableExport:
    """The rows of one table that are a person's.

    Args:
        feature: whose table it is.
        table: its name.
        rows: their columns by name, as JSON takes them: ids as text, as Discord writes them; moments in ISO 8601, in
            UTC.
        hidden: the columns that are left out, each with the reason, in the active locale.
    """

    feature: str
    table: str
    rows: Sequence[Mapping[str, Any]]
    hidden: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PersonalExport:
    """Everything that is kept of one person.

    Args:
        user_id: the person's snowflake, as text.
        made_at: when, aware, UTC.
        tables: every table in which they have rows, feature by feature.
        unreached: what it does not hold.
    """

    user_id: str
    made_at: datetime
    tables: Sequence[TableExport]
    unreached: Sequence[Unreached]


class Outcome(StrEnum):
    """What becomes of a row."""

    ERASED = "erased"
    ANONYMISED = "anonymised"
    RETAINED = "retained"


@dataclass(frozen=True, slots=True)
class TableOutcome:
    """What becomes of a person's rows in one table.

    Args:
        feature: whose table it is.
        table: its name.
        outcome: what becomes of them.
        rows: how many.
        changes: of rows that are anonymised, what each column becomes, in words; else empty.
        reason: why rows are retained, in the active locale; else empty.
    """

    feature: str
    table: str
    outcome: Outcome
    rows: int
    changes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a deletion did, or would do.

    Args:
        user_id: the person's snowflake, as text.
        done: whether it was done; else this is what it would do now.
        tables: what becomes of which rows, feature by feature; a table without such rows is not listed.
        unreached: what stayed as it was.
    """

    user_id: str
    done: bool
    tables: Sequence[TableOutcome]
    unreached: Sequence[Unreached]
