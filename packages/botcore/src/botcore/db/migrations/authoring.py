"""Writes a feature's next revision from what its models say; imports alembic, like `runner`."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import DowngradeOps, UpgradeOps
from sqlalchemy import Connection, MetaData

from botcore.db.migrations.runner import comparing
from botcore.db.migrations.scripts import LONGEST_REVISION, MigrationScripts
from botcore.db.types import UtcDateTime

_NUMBER = re.compile(r"(\d+)_")

_TEMPLATE = '''\
"""{message}"""

{imports}

revision = "{revision}"
down_revision = {down_revision}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    {upgrade}


def downgrade() -> None:
    """Change them back."""
    {downgrade}
'''


def next_revision(revisions: Sequence[str], message: str) -> str:
    """The id of the revision after these: the next number and the words of the message, `0002_add_colour`.

    Raises:
        ValueError: the message has no word in it.
    """
    numbers = [int(match[1]) for each in revisions if (match := _NUMBER.match(each))]
    number = max([*numbers, len(revisions)]) + 1
    words = re.findall(r"[a-z0-9]+", message.lower())
    if not words:
        raise ValueError(f"{message!r} has no word in it; say what changes, as in 'add a colour'")
    stem = f"{number:04}"
    for word in words:
        if len(f"{stem}_{word}") > LONGEST_REVISION:
            break
        stem += f"_{word}"
    return stem if "_" in stem else f"{stem}_{words[0]}"[:LONGEST_REVISION]


def write_revision(
    connection: Connection, scripts: MigrationScripts, models: MetaData | None, message: str
) -> Path | None:
    """Write the revision that takes a feature's tables from its newest revision to its models.

    Args:
        connection: to a database whose tables are at the feature's newest revision.
        scripts: the feature; the file goes into its folder.
        models: the tables that its models declare; `None` to write a revision in which nothing happens yet.
        message: what changes, in a few words.

    Returns:
        The file; `None` if models and revisions agree already.

    Raises:
        ValueError: the message has no word in it.
        OSError: the file cannot be written.
    """
    revision = next_revision(scripts.revisions, message)
    upgrade = downgrade = "pass"
    ours: set[str] = set()
    if models is not None:
        context = comparing(connection, scripts)
        script = produce_migrations(context, models)
        if script.upgrade_ops is None or script.downgrade_ops is None or script.upgrade_ops.is_empty():
            return None

        def render(operations: UpgradeOps | DowngradeOps) -> str:
            return render_python_code(
                operations,
                render_as_batch=True,
                migration_context=context,
                render_item=lambda kind, item, _context: _render_item(kind, item, _context, ours),
            )

        upgrade, downgrade = _plain(render(script.upgrade_ops)), _plain(render(script.downgrade_ops))
    text = _TEMPLATE.format(
        message=_sentence(message),
        imports="\n".join(_imports(upgrade + downgrade, ours)),
        revision=revision,
        down_revision=f'"{scripts.head}"' if scripts.head else None,
        upgrade=upgrade,
        downgrade=downgrade,
    )
    file = scripts.location / f"{revision}.py"
    scripts.location.mkdir(parents=True, exist_ok=True)
    package = scripts.location.parent / "__init__.py"
    if not package.exists():
        package.write_text(f'"""The history of the tables of {scripts.feature}."""\n', encoding="utf-8")
    with file.open("x", encoding="utf-8") as written:
        written.write(text)
    return file


def _sentence(message: str) -> str:
    """The message as the first line of a docstring."""
    plain = " ".join(message.replace("\\", " ").replace('"', "'").split())
    return plain[:1].upper() + plain[1:] + ("" if plain.endswith((".", "!", "?")) else ".")


def _imports(code: str, ours: set[str]) -> list[str]:
    lines = ["import sqlalchemy as sa"] if "sa." in code else []
    if "op." in code:
        lines.append("from alembic import op")
    if ours:
        lines += ["", f"from botcore.db import {', '.join(sorted(ours))}"]
    return lines


def _plain(code: str) -> str:
    """Without alembic's own remarks, which every revision would repeat."""
    lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
    return "\n".join(lines).strip() or "pass"


def _render_item(kind: str, item: Any, _context: AutogenContext, ours: set[str]) -> str | Literal[False]:
    """Write botcore's own type by the name under which features import it."""
    if kind == "type" and isinstance(item, UtcDateTime):
        ours.add("UtcDateTime")
        return "UtcDateTime()"
    return False
