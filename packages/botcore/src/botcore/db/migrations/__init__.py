"""Migrations: each feature's tables have a history of their own, so that no package can break another one's.

What belongs here is how revisions are found, compared and run. A feature's revisions are in the feature's
package. alembic does the running; it is imported only when there is something to run.
"""

from botcore.db.migrations.errors import MigrationFailed, SchemaTooNew
from botcore.db.migrations.migrator import Migrator
from botcore.db.migrations.scripts import MigrationScripts
from botcore.db.migrations.state import SchemaState

__all__ = ["MigrationFailed", "MigrationScripts", "Migrator", "SchemaState", "SchemaTooNew"]
