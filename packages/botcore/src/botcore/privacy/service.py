"""`PersonalData`: everything that a bot keeps of a person, over all features."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.clock import Clock
from botcore.db import Database, Migrator
from botcore.log import get_logger
from botcore.privacy.checking import problems
from botcore.privacy.declarations import Declaration
from botcore.privacy.exporting import export_tables
from botcore.privacy.planning import TablePlan, carry_out, plan
from botcore.privacy.reports import Deletion, PersonalExport, TableExport, TableOutcome, Unreached

_log = get_logger(__name__)

type Forget = Callable[[AsyncSession, int], Awaitable[None]]
"""What a feature does beside its tables, in the transaction of a deletion."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has tables.

    Args:
        name: the feature's name, which its tables begin with.
        declarations: what it says of them.
        metadata: the tables.
        forget: what it does beside them.
        translate: gives the reasons in the active locale.
    """

    name: str
    declarations: Sequence[Declaration]
    metadata: MetaData
    forget: Forget | None = None
    translate: Callable[[str], str] = str


class PersonalData:
    """Exports and deletes what is kept of a person, by what each feature declares of its tables.

    Who may ask for whom is for the caller to decide. What cannot be reached is named in what comes back, never passed
    over: tables of a feature that was taken out or left out, and those that nobody has declared.

    Args:
        database: where the tables are.
        clock: tells when an export was made.
        reason_of: why a feature does not work, by its name; ``None`` if it does.
    """

    def __init__(self, database: Database, clock: Clock, reason_of: Callable[[str], str | None]) -> None:
        self._database = database
        self._clock = clock
        self._reason_of = reason_of
        self._holders: dict[str, Holder] = {}
        self._unsound: dict[str, str] = {}

    def add(self, holder: Holder) -> list[str]:
        """Take up the tables of one feature.

        Returns:
            What is wrong with its declarations, in sentences. While something is, its tables are left alone.
        """
        found = problems(holder.declarations, holder.metadata)
        if found:
            self._unsound[holder.name] = found[0]
        else:
            self._holders[holder.name] = holder
        return found

    async def export(self, user_id: int) -> PersonalExport:
        """Everything that is kept of a person.

        Args:
            user_id: their snowflake.
        """
        present = await Migrator(self._database).features()
        tables: list[TableExport] = []
        async with self._database.session() as session:
            for each in self._reached(present):
                exported = await export_tables(session, each.name, each.declarations, each.metadata, user_id)
                tables += (_translated(table, each) for table in exported)
        return PersonalExport(str(user_id), self._clock.now(), tables, self._unreached(present))

    async def preview_deletion(self, user_id: int) -> Deletion:
        """What `delete` would do now; nothing changes.

        Args:
            user_id: the person's snowflake.
        """
        present = await Migrator(self._database).features()
        outcomes: list[TableOutcome] = []
        async with self._database.session() as session:
            for each in self._reached(present):
                outcomes += _outcomes(each, await plan(session, each.declarations, each.metadata, user_id))
        return Deletion(str(user_id), False, outcomes, self._unreached(present))

    async def delete(self, user_id: int) -> Deletion:
        """Delete what is kept of a person, feature by feature, each in one transaction; a second time does no more.

        A feature that fails is rolled back, logged and named among what was not reached; the others go on.

        Args:
            user_id: the person's snowflake.
        """
        present = await Migrator(self._database).features()
        outcomes: list[TableOutcome] = []
        failed: list[Unreached] = []
        for each in self._reached(present):
            try:
                outcomes += await self._delete_of(each, user_id)
            except Exception as error:
                _log.exception("a feature could not delete a person's data", feature=each.name)
                failed.append(Unreached(each.name, f"it raised {type(error).__name__}, and nothing of it has changed"))
        return Deletion(str(user_id), True, outcomes, [*failed, *self._unreached(present)])

    async def _delete_of(self, holder: Holder, user_id: int) -> list[TableOutcome]:
        async with self._database.transaction() as tx:
            if holder.forget is not None:
                await holder.forget(tx, user_id)
            plans = await plan(tx, holder.declarations, holder.metadata, user_id, lock=True)
            await carry_out(tx, plans)
        return _outcomes(holder, plans)

    def _reached(self, present: set[str]) -> list[Holder]:
        return [each for each in self._holders.values() if each.name in present]

    def _unreached(self, present: set[str]) -> list[Unreached]:
        return [
            Unreached(name, self._unsound.get(name) or self._reason_of(name) or "nobody says what its tables hold")
            for name in sorted(present - self._holders.keys())
        ]


def _translated(table: TableExport, holder: Holder) -> TableExport:
    return replace(table, hidden={column: holder.translate(reason) for column, reason in table.hidden.items()})


def _outcomes(holder: Holder, plans: Sequence[TablePlan]) -> list[TableOutcome]:
    return [
        TableOutcome(
            holder.name,
            str(each.table.name),
            part.outcome,
            len(part.keys),
            part.changes,
            holder.translate(part.reason),
        )
        for each in plans
        for part in each.parts
    ]
