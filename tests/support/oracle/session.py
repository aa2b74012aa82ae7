"""One judge for a whole test run: it watches every sandbox that is given to it, and says what it has seen."""

import os
from pathlib import Path

from botcore_sandbox.traffic import RestCall, Traffic
from oracle import description
from oracle.judge import Judge


class Watch:
    """Judges all traffic at once; a test asks afterwards what was wrong since it began.

    Without the description it does nothing, and says why.
    """

    def __init__(self, path: Path | None) -> None:
        self.judge = None if path is None else Judge(description.load(path))
        self._findings: list[str] = []

    def over(self, traffic: Traffic) -> None:
        """Judge every call of this record from now on."""
        if self.judge is not None:
            traffic.observe(self._note)

    def take_findings(self) -> list[str]:
        """What was wrong since this was last asked."""
        found, self._findings = self._findings, []
        return found

    @property
    def summary(self) -> str:
        """One line on what was validated, or why nothing was."""
        if self.judge is None:
            return description.WHY_NOT
        score = self.judge.score
        return (
            f"validated against Discord's description: {score.requests} requests and {score.responses} responses of "
            f"{len(score.by_route)} routes; {score.undescribed} calls of routes that it does not describe"
        )

    def failure(self, *, sandbox_was_used: bool) -> str | None:
        """Why the run has to fail as a whole: in CI, with the description there, nothing was validated."""
        if self.judge is None or not sandbox_was_used or os.environ.get("CI") != "true":
            return None
        score = self.judge.score
        if score.requests and score.responses:
            return None
        return "No request or no response was validated against Discord's description, although it is here."

    def _note(self, call: RestCall) -> None:
        if self.judge is not None:
            self._findings += self.judge.judge(call)
