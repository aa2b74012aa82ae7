"""Taking up features: each whole or not at all; the bot goes on without those that cannot be used."""

from collections.abc import Sequence

from pydantic import BaseModel

from botcore import config as configuration
from botcore.app.bootstrap import Parts
from botcore.config import LoadedConfig
from botcore.errors import BotCoreError, FeatureError
from botcore.features.base import BaseFeature
from botcore.features.holding import take_up_tables
from botcore.features.loading import load_features
from botcore.features.registration import register
from botcore.features.tables import tables_of
from botcore.log import Redactor, get_logger

_log = get_logger(__name__)


class Admission:
    """Decides which features the bot has.

    Args:
        parts: the parts of the bot; the roster, the taken names, the container and what is registered grow.
        loaded: its configuration.
        redactor: is told the secrets of each feature's settings.
    """

    def __init__(self, parts: Parts, loaded: LoadedConfig, redactor: Redactor) -> None:
        self._parts = parts
        self._loaded = loaded
        self._redactor = redactor

    def discover(self, brought: Sequence[type[BaseFeature]]) -> None:
        """Import what is installed and wanted, and put it in order.

        Args:
            brought: feature classes that the program itself brings.
        """
        parts = self._parts
        for trouble in parts.plugins.load_installed():
            _log.warning(trouble)
        features = self._loaded.config.features
        load_features(parts.roster, features.enabled, features.disabled, brought)
        for name in features.sections:
            if not parts.roster.knows(name):
                _log.warning("the configuration has a section for a feature that is not installed", feature=name)

    async def register_all(self, *, start: bool) -> None:
        """Take up every feature that is left on the roster.

        Args:
            start: whether to start each, too.
        """
        for name in list(self._parts.roster.order):
            feature_type = self._parts.roster.types.get(name)
            if feature_type is None:
                continue  # went with a feature that it requires
            try:
                await self._register(feature_type, start=start)
            except FeatureError as error:
                await self.leave_out(name, error.reason)
            except BotCoreError as error:
                await self.leave_out(name, str(error))
            except (Exception, SystemExit) as error:
                _log.warning("a feature could not be registered", feature=name, exc_info=error)
                await self.leave_out(name, f"it raised {type(error).__name__} while it was registered")

    async def leave_out(self, name: str, reason: str) -> None:
        """Go on without a feature, and without those that require it."""
        for gone in self._parts.roster.leave_out(name, reason):
            self._parts.timers.forget(gone.name)
            await self._parts.plugins.call("botcore_feature_left_out", name=gone.name, reason=gone.reason)

    async def _register(self, feature_type: type[BaseFeature], *, start: bool) -> None:
        parts = self._parts
        tables = tables_of(feature_type)
        config = self._config_of(feature_type)
        registered = await register(feature_type, config, parts.container, parts.taken, start=start)
        parts.registered.append(registered)
        take_up_tables(registered.feature, tables, parts.container, parts.personal_data)
        parts.plugins.register(registered.feature, feature_type.name)  # features may implement hooks, too

    def _config_of(self, feature_type: type[BaseFeature]) -> BaseModel | None:
        """The feature's own settings; its secrets are secrets of the log from now on."""
        if feature_type.config is None:
            return None
        name = feature_type.name
        section = self._loaded.config.feature_section(name)
        config = configuration.read_feature_config(feature_type.config, section, name, self._loaded.origins)
        for secret in configuration.secrets_of(config):
            self._redactor.add(secret)
        return config
