"""What the operator decides: read once, checked whole, and never changed while the bot runs.

Values come from `botcore.toml`, then from the environment (`BOTCORE_<SECTION>__<KEY>`), then from the command
line; a later one wins. What belongs here is the settings of the core and how settings are read. The settings
of a feature are a model in the feature's package; here they are a table that nobody has looked into yet.
"""

from botcore.config.features import read_feature_config
from botcore.config.model import (
    Config,
    DatabaseConfig,
    DateOrder,
    DiscordConfig,
    FeaturesConfig,
    LogConfig,
    TimeConfig,
    TimersConfig,
    WeekStart,
)
from botcore.config.reading import LoadedConfig, find_file, load
from botcore.config.showing import Row, rows, secrets, secrets_of

__all__ = [
    "Config",
    "DatabaseConfig",
    "DateOrder",
    "DiscordConfig",
    "FeaturesConfig",
    "LoadedConfig",
    "LogConfig",
    "Row",
    "TimeConfig",
    "TimersConfig",
    "WeekStart",
    "find_file",
    "load",
    "read_feature_config",
    "rows",
    "secrets",
    "secrets_of",
]
