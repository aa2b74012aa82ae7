"""What the bot tells of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol


class FeatureStatus(StrEnum):
    """What became of an installed feature at the start."""

    ACTIVE = "active"
    LEFT_OUT = "left out"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class FeatureRecord:
    """One installed feature.

    Args:
        name: its entry point's name.
        distribution: the distribution that brought it.
        version: that distribution's version.
        location: the folder it is installed in.
        status: whether it works.
        reason: why it does not, one sentence for the bot's owner; empty where it does.
    """

    name: str
    distribution: str
    version: str
    location: str
    status: FeatureStatus
    reason: str = ""


class BotStatus(Protocol):
    """The running bot, seen from a feature."""

    def uptime(self) -> timedelta:
        """How long it has been running."""
        ...

    def latency(self) -> float | None:
        """Seconds from a heartbeat to its acknowledgement; ``None`` before the first one."""
        ...

    def features(self) -> Sequence[FeatureRecord]:
        """Every installed feature, by name."""
        ...

    def versions(self) -> Mapping[str, str]:
        """The versions of botcore, Python and nextcord."""
        ...
