"""Rows: the database, the base class of every table, and the migrations of each feature.

What belongs here is what every feature needs to keep data. No table of any feature does, and no query.
"""

from botcore.db.after_commit import OpenTransaction, current_transaction
from botcore.db.database import Database
from botcore.db.migrations import MigrationFailed, MigrationScripts, Migrator, SchemaState, SchemaTooNew
from botcore.db.models import FeatureModel
from botcore.db.types import UtcDateTime

__all__ = [
    "Database",
    "FeatureModel",
    "MigrationFailed",
    "MigrationScripts",
    "Migrator",
    "OpenTransaction",
    "SchemaState",
    "SchemaTooNew",
    "UtcDateTime",
    "current_transaction",
]
