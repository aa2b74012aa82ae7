"""Where a feature's revisions are, and what their order is, without importing any of them."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

from botcore.db.migrations.errors import MigrationFailed
from botcore.db.models import check_feature_name

LONGEST_REVISION = 32  # alembic's column; only PostgreSQL would notice, and too late


@dataclass(frozen=True, slots=True)
class MigrationScripts:
    """The revisions of one feature.

    A revision's id is its file's stem, and stems sort in the order of the history: `0001_create_polls.py`
    says `revision = "0001_create_polls"` and `down_revision = None`. So the newest is known from the names
    alone.

    Args:
        feature: the feature's name; its history is kept in the table `<feature>_schema_version`.
        location: the directory of the revisions.

    Raises:
        FeatureError: the name cannot be part of a table's name.
        MigrationFailed: a stem is longer than 32 characters.
    """

    feature: str
    location: Path
    revisions: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        check_feature_name(self.feature)
        stems = sorted(path.stem for path in self.location.glob("*.py") if not path.name.startswith("_"))
        for stem in stems:
            if len(stem) > LONGEST_REVISION:
                raise MigrationFailed(
                    self.feature, f"the revision {stem} must have at most {LONGEST_REVISION} characters"
                )
        object.__setattr__(self, "revisions", tuple(stems))

    @property
    def head(self) -> str | None:
        """The newest revision; None if there is none."""
        return self.revisions[-1] if self.revisions else None

    def summary(self, revision: str) -> str:
        """The first line of a revision's docstring, read without importing it; empty if there is none."""
        file = self.location / f"{revision}.py"
        try:
            written = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
        except (OSError, SyntaxError, ValueError):
            return ""  # whoever runs it says what is wrong with it
        return (written or "").partition("\n")[0]

    @property
    def version_table(self) -> str:
        """The table that holds this feature's current revision."""
        return f"{self.feature}_schema_version"
