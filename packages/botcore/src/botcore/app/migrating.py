"""The step of the start that brings tables up to date: botcore's own first, then those of each feature."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from botcore.app.bootstrap import Parts, core_migrations
from botcore.db.migrations import MigrationScripts, Migrator, SchemaState, SchemaTooNew
from botcore.errors import FeatureError, StartupError
from botcore.features.tables import migration_scripts
from botcore.log import get_logger

_log = get_logger(__name__)

type LeaveOut = Callable[[str, str], Awaitable[None]]
"""Leaves a feature out, by its name and with the reason."""


class CoreTablesNotReady(StartupError):
    """The tables of botcore itself cannot be used.

    Args:
        failure: whose, and why.
    """

    def __init__(self, failure: FeatureError) -> None:
        super().__init__(f"The tables of botcore's {failure.feature} cannot be used: {failure.reason}.")


async def bring_tables_up_to_date(parts: Parts, leave_out: LeaveOut, *, migrate: bool) -> None:
    """Migrate what is behind, and leave out every feature whose tables cannot be used.

    Args:
        parts: of a bot whose database is open.
        leave_out: is called for each such feature.
        migrate: change the tables; else only look.

    Raises:
        CoreTablesNotReady: if it is botcore's own tables that cannot be used.
    """
    core = core_migrations()
    found = await _of_features(parts, leave_out, {scripts.feature for scripts in core})
    migrator = Migrator(parts.database)
    failures = await _upgrade(migrator, [*core, *found], migrate=migrate)
    if migrator.copy is not None:
        _log.info("the database was copied before its tables changed", copy=str(migrator.copy))
    for scripts in core:
        if scripts.feature in failures:
            raise CoreTablesNotReady(failures[scripts.feature]) from failures[scripts.feature]
    for name, failure in failures.items():
        _log.warning("a feature's tables are not up to date", feature=name, exc_info=failure)
        await leave_out(name, failure.reason)


async def _of_features(parts: Parts, leave_out: LeaveOut, reserved: set[str]) -> list[MigrationScripts]:
    found: list[MigrationScripts] = []
    for name in list(parts.roster.order):
        if name not in parts.roster.types:
            continue  # went with a feature that it requires
        try:
            scripts = migration_scripts(parts.roster.types[name], reserved)
        except FeatureError as error:
            await leave_out(name, error.reason)
        else:
            found += [scripts] if scripts is not None else []
    return found


async def _upgrade(
    migrator: Migrator, scripts: Sequence[MigrationScripts], *, migrate: bool
) -> Mapping[str, FeatureError]:
    states = await migrator.status(scripts)
    if not migrate:
        return {state.feature: _not_ready(state) for state in states if state.behind or state.unknown}
    failures = await migrator.upgrade_all(scripts)
    for state in states:
        if state.behind and state.feature not in failures:
            _log.info("tables are up to date", feature=state.feature, before=state.current, now=state.head)
    return failures


def _not_ready(state: SchemaState) -> FeatureError:
    if state.unknown and state.current is not None:
        return SchemaTooNew(state.feature, state.current, state.head)
    return FeatureError(state.feature, "its tables are not up to date; run `botcore db upgrade`")
