"""The only place that imports alembic: runs one feature's revisions on a connection that is in a transaction.

alembic is used without its env.py and its ini file, because a feature's author should write revisions and
nothing else. Importing this module costs what importing alembic costs.
"""

from collections.abc import Iterable
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, text

from botcore.db.migrations.errors import MigrationFailed, SchemaTooNew
from botcore.db.migrations.scripts import MigrationScripts
from botcore.db.models import NAMING_CONVENTION

type _Steps = Iterable[Any]


def run_revisions(connection: Connection, scripts: MigrationScripts, target: str | None, *, down: bool) -> None:
    """Go to a revision, inside the caller's transaction.

    Args:
        connection: in a transaction; on SQLite, with foreign keys off.
        scripts: the feature.
        target: the revision to stop at; None is the state before the first one.
        down: whether `target` lies in the past.

    Raises:
        SchemaTooNew: the database is at a revision that `scripts` does not have.
        MigrationFailed: whatever a revision raised; the caller must roll back.
    """
    directory = ScriptDirectory(str(scripts.location), version_locations=[str(scripts.location)])
    started: list[str] = []

    def steps(current: Any, context: MigrationContext) -> _Steps:
        _check_history(directory, scripts)
        current_revision = context.get_current_revision()
        if current_revision is not None and current_revision not in scripts.revisions:
            raise SchemaTooNew(scripts.feature, current_revision, scripts.head)
        # alembic's own commands call these; there is no public way without an env.py
        plan = directory._downgrade_revs if down else directory._upgrade_revs  # noqa: SLF001 - as said above
        for step in plan(target or "base", current):
            started.append(step.revision.revision)
            yield step

    try:
        with EnvironmentContext(Config(), directory, fn=steps) as environment:
            environment.configure(
                connection=connection,
                version_table=scripts.version_table,
                target_metadata=MetaData(naming_convention=NAMING_CONVENTION),
                render_as_batch=True,
                transactional_ddl=True,
            )
            environment.run_migrations()
        _check_references(connection, scripts)
    except (SchemaTooNew, MigrationFailed):
        raise
    except (CommandError, ResolutionError) as error:
        raise MigrationFailed(scripts.feature, f"its revisions are broken: {error}") from error
    except Exception as error:
        where = f"revision {started[-1]}" if started else "the migration"
        raise MigrationFailed(
            scripts.feature,
            f"{where} failed with {type(error).__name__} and was rolled back; nothing has changed",
        ) from error


def find_differences(connection: Connection, scripts: MigrationScripts, models: MetaData) -> list[str]:
    """What autogenerate would write into the next revision; empty when models and migrations agree."""
    return [repr(difference) for difference in compare_metadata(comparing(connection, scripts), models)]


def comparing(connection: Connection, scripts: MigrationScripts) -> MigrationContext:
    """What compares a feature's models with its tables, and sees nobody else's."""

    def ours(name: str | None, kind: str, _: Any) -> bool:
        if kind != "table":
            return True
        return name is not None and name.startswith(f"{scripts.feature}_") and name != scripts.version_table

    return MigrationContext.configure(
        connection,
        opts={"include_name": ours, "version_table": scripts.version_table, "compare_type": True},
    )


def _check_history(directory: ScriptDirectory, scripts: MigrationScripts) -> None:
    """Hold the authors to "a revision's id is its file's stem", which everything else relies on."""
    known = {script.revision for script in directory.walk_revisions()}
    strangers = known ^ set(scripts.revisions)
    if strangers:
        raise MigrationFailed(
            scripts.feature,
            f"the id of a revision must be the stem of its file, which {min(strangers)} does not fulfil",
        )
    heads = list(directory.get_heads())
    if heads != [scripts.head]:
        raise MigrationFailed(
            scripts.feature,
            f"{scripts.head} is the last file by name, but the history ends with {', '.join(heads)}; "
            "give each revision the one before it as its down_revision",
        )


def _check_references(connection: Connection, scripts: MigrationScripts) -> None:
    """Foreign keys were off on SQLite meanwhile: refuse rows that now refer to nothing."""
    if connection.dialect.name != "sqlite":
        return
    prefix = f"{scripts.feature}_"
    for table, _, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        if table.startswith(prefix) or parent.startswith(prefix):
            raise MigrationFailed(
                scripts.feature,
                f"the migration would leave rows in {table} that refer to missing rows in {parent}; "
                "it was rolled back and nothing has changed",
            )
