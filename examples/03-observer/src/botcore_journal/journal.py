"""The journal: a file with one JSON object a line."""

import json
import os
from collections import Counter
from pathlib import Path


def journal_file() -> Path | None:
    """The file that ``JOURNAL_FILE`` names, if it names one."""
    named = os.environ.get("JOURNAL_FILE")
    return Path(named) if named else None


def append(file: Path, name: str, outcome: str, seconds: float) -> None:
    """Write one line."""
    line = json.dumps({"name": name, "outcome": outcome, "milliseconds": round(seconds * 1000, 1)})
    with file.open("a", encoding="utf-8") as journal:
        journal.write(f"{line}\n")


def count(file: Path) -> Counter[tuple[str, str]]:
    """How often each name ended in each way; an absent file counts as an empty one."""
    if not file.exists():
        return Counter()
    entries = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return Counter((entry["name"], entry["outcome"]) for entry in entries)
