"""The bot's own account of itself, behind the `BotStatus` contract."""

import platform
from collections.abc import Mapping, Sequence
from datetime import timedelta
from importlib.metadata import version

from botcore.clock import Clock
from botcore.contracts.status import FeatureRecord
from botcore.discord.connection import Connection
from botcore.features.loading import Roster


class RunningBot:
    """Answers what features ask about the bot.

    Args:
        clock: measures the uptime, from now on.
        connection: knows the latency.
        roster: knows the features.
    """

    def __init__(self, clock: Clock, connection: Connection, roster: Roster) -> None:
        self._clock = clock
        self._connection = connection
        self._roster = roster
        self._since = clock.monotonic()

    def uptime(self) -> timedelta:
        """How long it has been running."""
        return timedelta(seconds=self._clock.monotonic() - self._since)

    def latency(self) -> float | None:
        """Seconds from a heartbeat to its acknowledgement; ``None`` before the first one."""
        return self._connection.latency()

    def features(self) -> Sequence[FeatureRecord]:
        """Every installed feature, by name."""
        return self._roster.records()

    def versions(self) -> Mapping[str, str]:
        """The versions of botcore, Python and nextcord."""
        return {
            "botcore": version("botcore"),
            "Python": platform.python_version(),
            "nextcord": version("nextcord"),
        }
