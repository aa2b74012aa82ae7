"""A file with every REST call of a process, one JSON object a line, for whoever looks at them from outside."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

from botcore_sandbox.traffic import RestCall, observe_everywhere

VARIABLE: Final = "BOTCORE_TEST_TRAFFIC"
"""Names the file where the command line does not; every process that inherits it appends to the same one."""


def record_calls(file: Path) -> None:
    """Append every call of this process to a file from now on, each with its answer.

    Raises:
        OSError: the file cannot be written.
    """
    opened = file.open("ab", buffering=0)  # one write a line, so that the lines of several processes stay whole

    def note(call: RestCall) -> None:
        opened.write(orjson.dumps(call, default=str) + b"\n")

    observe_everywhere(note)


def read_calls(file: Path, *, start: int = 0) -> Iterator[tuple[RestCall, int]]:
    """Read the calls in a file, each with where the next one begins.

    Args:
        file: one that `record_calls` writes.
        start: where to begin.
    """
    with file.open("rb") as opened:
        opened.seek(start)
        for line in opened:
            if not line.endswith(b"\n"):
                return  # it is being written
            call = orjson.loads(line)
            call |= {"at": datetime.fromisoformat(call["at"]), "files": tuple(call["files"])}
            start += len(line)
            yield RestCall(**call), start
