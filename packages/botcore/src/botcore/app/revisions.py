"""Writing the next revision of a feature's tables, for its author."""

import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

from botcore.db.database import Database
from botcore.db.migrations import MigrationScripts, Migrator
from botcore.errors import BotCoreError, ConfigurationError, FeatureError
from botcore.features.base import BaseFeature
from botcore.features.loading import Roster, load_features
from botcore.features.tables import migration_folders, tables_of


class NoRevisionWritten(BotCoreError):
    """There was nothing to write, or no place for it."""


@dataclass(frozen=True, slots=True)
class WrittenRevision:
    """A revision that was written.

    Args:
        feature: the feature's name.
        revision: its id.
        file: where it is.
        trouble: why it does not run as it is; ``None`` if it went up, down and up again on an empty database.
    """

    feature: str
    revision: str
    file: Path
    trouble: str | None


async def write_revision(feature: str, message: str, *, empty: bool) -> WrittenRevision:
    """Write the next revision of a feature into its package, and try it on a database of its own.

    Args:
        feature: the name of an installed feature.
        message: what changes, in a few words, of which the id is made.
        empty: write a revision in which nothing happens yet, in place of what the models say.

    Raises:
        ConfigurationError: there is no such feature, or the message has no word in it.
        NoRevisionWritten: models and revisions agree, or the package is not a checkout.
        FeatureError: the revisions that there are do not run.
    """
    feature_type = _feature(feature)
    scripts = MigrationScripts(feature, _folder(feature_type))
    models = None if empty else tables_of(feature_type)
    if models is None and not empty:
        raise NoRevisionWritten(
            f"The feature {feature} has no tables: derive its models from FeatureModel(feature={feature!r}), and "
            "import them where the feature is."
        )
    with tempfile.TemporaryDirectory(prefix="botcore-revision-", ignore_cleanup_errors=True) as folder:
        async with Database(f"sqlite:///{Path(folder) / 'empty.db'}") as database:
            migrator = Migrator(database)
            await migrator.upgrade(scripts)
            try:
                file = await migrator.write_revision(scripts, models, message)
            except ValueError as error:
                raise ConfigurationError(f"The message cannot be used: {error}.") from error
            except OSError as error:
                raise NoRevisionWritten(f"{error.filename} cannot be written: {error.strerror}.") from error
            if file is None:
                raise NoRevisionWritten(
                    f"The models of {feature} and its revisions agree, so there is nothing to write; --empty writes a "
                    "revision for changes that no model shows."
                )
            trouble = await _try(migrator, MigrationScripts(feature, scripts.location), scripts.head)
    return WrittenRevision(feature, file.stem, file, trouble)


async def _try(migrator: Migrator, scripts: MigrationScripts, before: str | None) -> str | None:
    try:
        await migrator.upgrade(scripts)
        await migrator.downgrade(scripts, before)
        await migrator.upgrade(scripts)
    except FeatureError as error:
        return error.reason
    return None


def _feature(name: str) -> type[BaseFeature]:
    roster = Roster()
    load_features(roster, None, ())
    found = roster.types.get(name)
    if found is None:
        raise ConfigurationError(f"The feature {name!r} cannot be used: {roster.reason(name)}.")
    return found


def _folder(feature: type[BaseFeature]) -> Path:
    folders = migration_folders(feature)
    if not folders:
        raise NoRevisionWritten(
            f"The feature {feature.name} is a single module, which has no place for revisions; make it a package."
        )
    installed = {Path(sysconfig.get_path(kind)).resolve() for kind in ("purelib", "platlib")}
    folder = folders[0].resolve()
    if installed & set(folder.parents):
        raise NoRevisionWritten(
            f"The feature {feature.name} is installed as a copy in {folder.parents[1]}; install your checkout of it "
            "with `pip install -e`, so that the revision lands in its source."
        )
    return folder
