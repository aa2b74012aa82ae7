"""What the operator decides: read once, checked whole, and never changed while the bot runs.

Values come from `botcore.toml`, then from the environment (`BOTCORE_<SECTION>__<KEY>`), then from the command
line; a later one wins. What belongs here is the settings of the core and how settings are read. The settings
of a feature are a model in the feature's package; here they are a table that nobody has looked into yet.
"""

from botcore.config.features import read_feature_config
from botcore.config.keys import leaf_keys
from botcore.config.meanings import meanings_of, summary_of
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
from botcore.config.writing import FeatureSettings, default_text, write_file

__all__ = [
    "Config",
    "DatabaseConfig",
    "DateOrder",
    "DiscordConfig",
    "FeatureSettings",
    "FeaturesConfig",
    "LoadedConfig",
    "LogConfig",
    "Row",
    "TimeConfig",
    "TimersConfig",
    "WeekStart",
    "default_text",
    "find_file",
    "leaf_keys",
    "load",
    "meanings_of",
    "read_feature_config",
    "rows",
    "secrets",
    "secrets_of",
    "summary_of",
    "write_file",
]
