"""Where a feature's tables are: its migrations in ``migrations/versions`` inside its package, its models wherever."""

import sys
from collections.abc import Collection
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import MetaData

from botcore.db.migrations import MigrationScripts
from botcore.db.models import models_of
from botcore.errors import FeatureError
from botcore.features.base import BaseFeature


def migration_scripts(feature: type[BaseFeature], reserved: Collection[str]) -> MigrationScripts | None:
    """The migrations of a feature, or ``None`` if its package has none.

    Args:
        feature: the feature's class.
        reserved: names in front of tables that are not a feature's.

    Raises:
        FeatureError: if it or they are named in a way that cannot work.
    """
    if feature.name in reserved:
        raise FeatureError(
            feature.name,
            f"botcore's own tables begin with {feature.name}_; give the feature another name",
        )
    for folder in migration_folders(feature):
        if folder.is_dir():
            return MigrationScripts(feature.name, folder)
    return None


def migration_folders(feature: type[BaseFeature]) -> list[Path]:
    """Where the migrations of a feature may be, whether they are or not; empty for a module that is no package."""
    module = sys.modules[feature.__module__]
    package = module if hasattr(module, "__path__") else sys.modules.get(module.__package__ or "")
    return [Path(folder) / "migrations" / "versions" for folder in getattr(package, "__path__", ())]


def tables_of(feature: type[BaseFeature]) -> MetaData | None:
    """The tables that a feature's package declares; its module ``models`` is imported if nothing else did it."""
    package = feature.__module__.partition(".")[0]
    with suppress(ModuleNotFoundError):
        if find_spec(f"{package}.models") is not None:
            import_module(f"{package}.models")
    return models_of(feature.name, package)
