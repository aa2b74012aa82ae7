"""Looking after the tables without running the bot."""

import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from botcore import config as configuration
from botcore.app.bootstrap import core_migrations, make_database
from botcore.db.migrations import MigrationScripts, Migrator, SchemaState
from botcore.errors import ConfigurationError
from botcore.features.loading import Roster, load_features
from botcore.features.tables import migration_scripts

#: What stands for no revision at all, on the command line.
BASE = "base"


@dataclass(frozen=True, slots=True)
class Change:
    """What an upgrade or a downgrade changed.

    Args:
        feature: the feature's name.
        before: the revision before, ``None`` for no tables at all.
        after: the revision now.
        copy: the copy of the database that was made before, on SQLite.
    """

    feature: str
    before: str | None
    after: str | None
    copy: Path | None = None


@dataclass(frozen=True, slots=True)
class RevisionRecord:
    """One revision of one feature.

    Args:
        feature: the feature's name.
        revision: its id.
        summary: what it does, in its author's words.
        state: ``applied``, ``current``, ``pending``, or ``unknown`` for one that the database has and the package not.
    """

    feature: str
    revision: str
    summary: str
    state: Literal["applied", "current", "pending", "unknown"]


def verdict_on(state: SchemaState) -> str:
    """What a state means to an operator."""
    return "newer than the package" if state.unknown else "behind" if state.behind else "up to date"


async def table_states(config_file: Path | None) -> list[SchemaState]:
    """At which revision the tables of botcore itself and of each installed feature are.

    Raises:
        StartupError: if the configuration or the database cannot be used.
    """
    async with _tables(config_file) as (migrator, scripts):
        return await migrator.status(scripts)


async def upgrade_tables(config_file: Path | None, feature: str | None) -> list[Change]:
    """Bring the tables up to date, of botcore and all features or of one of them.

    Raises:
        StartupError: if the configuration or the database cannot be used, or there is no such feature.
        FeatureError: for the first feature whose tables could not be upgraded; nothing of it has changed.
    """
    async with _tables(config_file) as (migrator, scripts):
        wanted = _chosen(scripts, feature)
        changed = []
        for each, state in zip(wanted, await migrator.status(wanted), strict=True):
            await migrator.upgrade(each)
            if state.behind:
                changed.append(Change(each.feature, state.current, state.head, migrator.copy))
        return changed


async def downgrade_tables(config_file: Path | None, feature: str, revision: str) -> Change | None:
    """Take the tables of one feature back to an earlier revision, or with ``base`` to before the first one.

    Returns:
        What changed; ``None`` if the tables are at that revision.

    Raises:
        StartupError: if the configuration or the database cannot be used, there is no such feature, or the revision is
            not an earlier one of it.
        FeatureError: if the tables could not be downgraded; nothing has changed.
    """
    async with _tables(config_file) as (migrator, scripts):
        [chosen] = _chosen(scripts, feature)
        [state] = await migrator.status([chosen])
        target = None if revision == BASE else revision
        if target is not None and target not in chosen.revisions:
            known = ", ".join([BASE, *chosen.revisions])
            raise ConfigurationError(f"The feature {feature} has no revision {revision}; there are {known}.")
        if target == state.current:
            return None
        if state.current is None or (target is not None and not state.unknown and target > state.current):
            raise ConfigurationError(
                f"The tables of {feature} are at {state.current or BASE}, which is before {revision}; "
                f"`botcore db upgrade {feature}` goes forward."
            )
        await migrator.downgrade(chosen, target)
        return Change(feature, state.current, target, migrator.copy)


async def history(config_file: Path | None, feature: str | None) -> list[RevisionRecord]:
    """The revisions of all features or of one, the oldest first.

    Raises:
        StartupError: if the configuration or the database cannot be used, or there is no such feature.
    """
    async with _tables(config_file) as (migrator, scripts):
        wanted = _chosen(scripts, feature)
        states = await migrator.status(wanted)
    return [record for each, state in zip(wanted, states, strict=True) for record in _history_of(each, state)]


def _history_of(scripts: MigrationScripts, state: SchemaState) -> Iterator[RevisionRecord]:
    applied = state.current is not None
    for revision in scripts.revisions:
        if revision == state.current:
            yield RevisionRecord(scripts.feature, revision, scripts.summary(revision), "current")
            applied = False
        else:
            word: Literal["applied", "pending"] = "applied" if applied else "pending"
            yield RevisionRecord(scripts.feature, revision, scripts.summary(revision), word)
    if state.unknown and state.current is not None:
        yield RevisionRecord(scripts.feature, state.current, "", "unknown")


def _chosen(scripts: Sequence[MigrationScripts], feature: str | None) -> list[MigrationScripts]:
    wanted = [each for each in scripts if feature in {None, each.feature}]
    if feature is not None and not wanted:
        raise ConfigurationError(
            f"No installed feature called {feature!r} has tables; `botcore db current` lists those that have."
        )
    return wanted


@asynccontextmanager
async def _tables(config_file: Path | None) -> AsyncIterator[tuple[Migrator, list[MigrationScripts]]]:
    config = configuration.load(config_file or configuration.find_file(os.environ), os.environ).config
    roster = Roster()
    load_features(roster, config.features.enabled, config.features.disabled)
    core = core_migrations()
    reserved = {scripts.feature for scripts in core}
    found = [migration_scripts(roster.types[name], reserved) for name in roster.order]
    database = make_database(config.database)
    await database.open()
    try:
        yield Migrator(database), [*core, *(scripts for scripts in found if scripts is not None)]
    finally:
        await database.close()
