"""A copy of a SQLite file before its tables change, because a migration can be wrong without failing."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote


def copy_before(database: Path, feature: str, revision: str) -> Path:
    """Copy the file as it is now, beside itself, and say where.

    The copy is named `<file>.before-<feature>-<revision>` and replaces an earlier one of that name. It is
    complete whatever other processes do meanwhile, and appears under its name only when it is.

    Raises:
        OSError: the directory cannot be written to, or the disk is full.
        sqlite3.Error: the same, as SQLite noticed it.
    """
    target = database.with_name(f"{database.name}.before-{feature}-{revision}")
    partial = target.with_name(f"{target.name}.part")
    partial.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(database.absolute()))}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(partial)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, not three
        return partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
