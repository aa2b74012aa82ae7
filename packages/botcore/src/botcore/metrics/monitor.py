"""`PerformanceMonitor`: how often commands ran, how they ended, and how long they and their services took."""

from typing import Any, Final

from botcore.metrics.histogram import Histogram

MOST_NAMES: Final = 1000
MOST_OUTCOMES: Final = 20
OTHER: Final = "other"


class PerformanceMonitor:
    """Counts and times, in memory that does not grow with use.

    Names are those of the catalogue (commands, services), never of people. Beyond `most_names` a new name
    is not kept; how often that happened is counted, so that nothing is lost in silence.

    Args:
        most_names: How many different names of one kind are kept.
    """

    def __init__(self, *, most_names: int = MOST_NAMES) -> None:
        self._most_names = most_names
        self._commands: dict[str, Histogram] = {}
        self._outcomes: dict[str, dict[str, int]] = {}
        self._services: dict[str, Histogram] = {}
        self._not_kept = 0

    def command_finished(self, command: str, seconds: float, outcome: str = "ok") -> None:
        """Count one run of a command.

        Args:
            command: Its full name, such as `poll create`.
            seconds: From its arrival to the end of the pipeline.
            outcome: How it ended, one of a few words such as `ok`, `refused`, `failed`; beyond 20 different
                ones it is counted as `other`.
        """
        if not self._observe(self._commands, command, seconds):
            return
        outcomes = self._outcomes.setdefault(command, {})
        if outcome not in outcomes and len(outcomes) >= MOST_OUTCOMES:
            outcome = OTHER
        outcomes[outcome] = outcomes.get(outcome, 0) + 1

    def service_resolved(self, service: str, seconds: float) -> None:
        """Count one building of a service; this is what a `ServiceContainer` takes as `on_resolve`."""
        self._observe(self._services, service, seconds)

    async def track_command_execution(self, command: str, duration: float, outcome: str = "ok") -> None:
        """As `command_finished`, for callers that may one day have to wait; `duration` is in seconds."""
        self.command_finished(command, duration, outcome)

    async def track_service_resolution(self, service: str, duration: float) -> None:
        """As `service_resolved`, for callers that may one day have to wait; `duration` is in seconds."""
        self.service_resolved(service, duration)

    def snapshot(self) -> dict[str, Any]:
        """Everything so far, as plain JSON values that belong to the caller.

        Returns:
            `commands`: name to `count`, `seconds`, `buckets` and `outcomes`; `services`: name to the first
            three; `not_kept`: observations whose name was one too many.
        """
        commands = {name: histogram.snapshot() for name, histogram in self._commands.items()}
        for name, outcomes in self._outcomes.items():
            commands[name]["outcomes"] = dict(outcomes)
        services = {name: histogram.snapshot() for name, histogram in self._services.items()}
        return {"commands": commands, "services": services, "not_kept": self._not_kept}

    def _observe(self, kept: dict[str, Histogram], name: str, seconds: float) -> bool:
        histogram = kept.get(name)
        if histogram is None:
            if len(kept) >= self._most_names:
                self._not_kept += 1
                return False
            histogram = kept[name] = Histogram()
        histogram.observe(seconds)
        return True
