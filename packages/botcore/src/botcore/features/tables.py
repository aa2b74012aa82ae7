"""Where a feature's migrations are: ``migrations/versions`` inside its package."""

import sys
from pathlib import Path

from botcore.db.migrations import MigrationScripts
from botcore.features.base import BaseFeature


def migration_scripts(feature: type[BaseFeature]) -> MigrationScripts | None:
    """The migrations of a feature, or ``None`` if its package has none.

    Raises:
        FeatureError: if they are named in a way that cannot work.
    """
    module = sys.modules[feature.__module__]
    package = module if hasattr(module, "__path__") else sys.modules.get(module.__package__ or "")
    for folder in getattr(package, "__path__", ()):
        location = Path(folder) / "migrations" / "versions"
        if location.is_dir():
            return MigrationScripts(feature.name, location)
    return None
