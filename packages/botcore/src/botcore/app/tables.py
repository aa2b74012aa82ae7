"""Looking after the tables without running the bot."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from botcore import config as configuration
from botcore.app.bootstrap import core_migrations, make_database
from botcore.db.migrations import MigrationScripts, Migrator, SchemaState
from botcore.errors import ConfigurationError
from botcore.features.loading import Roster, load_features
from botcore.features.tables import migration_scripts


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade changed.

    Args:
        feature: the feature's name.
        before: the revision before, ``None`` for no tables at all.
        after: the revision now.
    """

    feature: str
    before: str | None
    after: str | None


async def table_states(config_file: Path | None) -> list[SchemaState]:
    """At which revision the tables of botcore itself and of each installed feature are.

    Raises:
        StartupError: if the configuration or the database cannot be used.
    """
    async with _tables(config_file) as (migrator, scripts):
        return await migrator.status(scripts)


async def upgrade_tables(config_file: Path | None, feature: str | None) -> list[Upgrade]:
    """Bring the tables up to date, of botcore and all features or of one of them.

    Raises:
        StartupError: if the configuration or the database cannot be used, or there is no such feature.
        FeatureError: for the first feature whose tables could not be upgraded; nothing of it has changed.
    """
    async with _tables(config_file) as (migrator, scripts):
        wanted = [each for each in scripts if feature in {None, each.feature}]
        if feature is not None and not wanted:
            raise ConfigurationError(
                f"No installed feature called {feature!r} has tables; `botcore db current` lists those that have."
            )
        changed = []
        for each, state in zip(wanted, await migrator.status(wanted), strict=True):
            await migrator.upgrade(each)
            if state.behind:
                changed.append(Upgrade(each.feature, state.current, state.head))
        return changed


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
