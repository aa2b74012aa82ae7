"""One judge for a whole test run: it watches every sandbox, and says what it has seen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from botcore_sandbox.record import read_calls
from botcore_sandbox.traffic import RestCall, Traffic, observe_everywhere
from oracle import description
from oracle.judge import Judge


class Watch:
    """Judges all traffic at once; a test asks afterwards what was wrong since it began.

    Without the description it does nothing, and says why.
    """

    def __init__(self, path: Path | None) -> None:
        self.judge = None if path is None else Judge(description.load(path))
        self._findings: list[str] = []
        self._record: Path | None = None
        self._read = 0
        self._elsewhere = 0

    @contextmanager
    def everywhere(self, record: Path) -> Iterator[Self]:
        """Judge every call of every sandbox.

        Args:
            record: the file to which the sandboxes of other processes append their calls.
        """
        if self.judge is None:
            yield self
            return
        self._record = record
        end = observe_everywhere(self._note)
        try:
            yield self
        finally:
            end()

    def over(self, traffic: Traffic) -> None:
        """Judge every call of this record from now on."""
        if self.judge is not None:
            traffic.observe(self._note)

    def take_findings(self) -> list[str]:
        """What was wrong since this was last asked."""
        self._read_record()
        found, self._findings = self._findings, []
        return found

    @property
    def has_judged(self) -> bool:
        """Whether there was anything to judge."""
        return self.judge is not None and bool(self.judge.score.by_route)

    @property
    def summary(self) -> str:
        """One line on what was validated, or why nothing was."""
        if self.judge is None:
            return description.WHY_NOT
        score = self.judge.score
        return (
            f"validated against Discord's description: {score.requests} requests and {score.responses} responses of "
            f"{len(score.by_route)} routes; {score.undescribed} calls of routes that it does not describe; "
            f"{self._elsewhere} calls were made to sandboxes in other processes"
        )

    def failure(self, *, sandbox_was_used: bool) -> str | None:
        """Why the run has to fail as a whole: in CI, with the description there, nothing was validated."""
        if self.judge is None or not sandbox_was_used or os.environ.get("CI") != "true":
            return None
        score = self.judge.score
        if score.requests and score.responses:
            return None
        return "No request or no response was validated against Discord's description, although it is here."

    def _read_record(self) -> None:
        if self._record is None or not self._record.exists():
            return
        for call, end in read_calls(self._record, start=self._read):
            self._read = end
            self._elsewhere += 1
            self._note(call)

    def _note(self, call: RestCall) -> None:
        if self.judge is not None:
            self._findings += self.judge.judge(call)
