"""What a start is told beside the configuration."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botcore.clock import Clock, SystemClock
from botcore.features.base import BaseFeature


@dataclass(frozen=True, slots=True, kw_only=True)
class BotOptions:
    """How to start a bot.

    Args:
        config_file: the configuration file; ``None`` for ``botcore.toml`` in the working directory, if it is there.
        environ: the environment to read ``BOTCORE_...`` from.
        overrides: values that win over file and environment, by dotted key.
        strict: a feature that is left out, or a catalogue that Discord refuses, ends the start.
        migrate: bring the database up to date before connecting.
        features: feature classes to use beside the installed ones.
        clock: where the time comes from.
        configure_log: send the log where the configuration says; a test leaves that to its runner.
    """

    config_file: Path | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    overrides: Mapping[str, Any] = field(default_factory=dict)
    strict: bool = False
    migrate: bool = True
    features: Sequence[type[BaseFeature]] = ()
    clock: Clock = field(default_factory=SystemClock)
    configure_log: bool = True
