"""Members' data: that every table is declared, and that a made-up member can have theirs and be forgotten."""

from collections import Counter
from pathlib import Path

from sqlalchemy import MetaData
from sqlalchemy.exc import SQLAlchemyError

from botcore.app.checks.findings import Finding, Verdict
from botcore.app.checks.tables import fill, table_names
from botcore.db import Database, MigrationScripts, Migrator
from botcore.errors import FeatureError
from botcore.features.base import BaseFeature
from botcore.features.tables import migration_scripts, tables_of
from botcore.privacy import Outcome, PersonalTable, problems
from botcore.privacy.exporting import export_tables
from botcore.privacy.planning import TablePlan, carry_out, plan

_MADE_UP_PERSON = 1  # the id in every row that `fill` makes up


async def check_data(feature: type[BaseFeature], file: Path) -> list[Finding]:
    """Hold what a feature declares of persons against its tables, and try it.

    Args:
        feature: the feature.
        file: the SQLite database that its migrations were checked on.
    """
    models = tables_of(feature) or MetaData()
    try:
        scripts = migration_scripts(feature, ())
    except FeatureError:
        scripts = None
    if scripts is None:
        return _judged(feature, models, [])
    async with Database(f"sqlite:///{file}") as database:
        findings = _judged(feature, models, await table_names(database, scripts))
        if any(each.verdict is Verdict.FAILED for each in findings) or not models.tables:
            return findings
        if not await _is_ready(database, scripts):
            return [Finding.skipped("data", "every table is declared; the rest needs its migrations to run")]
        try:
            return [await _try(feature, database, models)]
        except SQLAlchemyError as error:
            return [
                Finding.failed("data", f"`personal_data` cannot be carried out: {str(error).partition(chr(10))[0]}")
            ]


def _judged(feature: type[BaseFeature], models: MetaData, tables: list[str]) -> list[Finding]:
    found = [Finding.failed("data", text) for text in problems(feature.personal_data, models, tables)]
    return found or [Finding.passed("data", f"{feature.name} has no tables, so it keeps nothing of anybody")]


async def _is_ready(database: Database, scripts: MigrationScripts) -> bool:
    [state] = await Migrator(database).status([scripts])
    return not state.behind and not state.unknown


async def _try(feature: type[BaseFeature], database: Database, models: MetaData) -> Finding:
    """Export a made-up person's rows, delete them, and look for what is left."""
    await fill(database, models)
    declared = feature.personal_data
    async with database.session() as session:
        await export_tables(session, feature.name, declared, models, _MADE_UP_PERSON)
    async with database.transaction() as tx:
        done = await plan(tx, declared, models, _MADE_UP_PERSON, lock=True)
        await carry_out(tx, done)
    async with database.session() as session:
        left = _counted(await plan(session, declared, models, _MADE_UP_PERSON), but=Outcome.RETAINED)
    if left:
        return Finding.failed("data", f"after a deletion a second one would still find rows: {_said(left)}")
    personal = sum(isinstance(each, PersonalTable) for each in declared)
    return Finding.passed(
        "data",
        f"tables: {len(declared)}, all declared; personal: {personal}; the rows of a made-up member were exported and "
        f"deleted: {_said(_counted(done)) or 'there were none'}",
    )


def _counted(plans: list[TablePlan], *, but: Outcome | None = None) -> Counter[str]:
    counts = Counter[str]()
    for part in (part for each in plans for part in each.parts if part.outcome is not but):
        counts[part.outcome.value] += len(part.keys)
    return counts


def _said(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
