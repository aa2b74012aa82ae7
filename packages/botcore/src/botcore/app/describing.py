"""Describes installed features to their operator."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from botcore.app.inspection import Inspection
from botcore.commands import BaseCommand, MenuCommand, listeners_of
from botcore.config import FeatureSettings, default_text, leaf_keys, meanings_of, summary_of
from botcore.contracts.status import FeatureRecord
from botcore.errors import ConfigurationError, FeatureError
from botcore.features.base import BaseFeature
from botcore.features.loading import Roster, load_features
from botcore.features.registration import Registered
from botcore.features.tables import migration_scripts


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """One command.

    Args:
        name: without the slash.
        description: its one line, as it is in the source.
        permission: who may use it; ``cog`` where a Cog decides by itself.
        rate_limit: how often one person may, or ``None``.
    """

    name: str
    description: str
    permission: str
    rate_limit: str | None


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """One setting of a feature.

    Args:
        key: as it is written in ``botcore.toml``, from the beginning.
        default: as TOML; ``...`` where there is none.
        meaning: what the feature's author says of it.
    """

    key: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FeatureInfo:
    """All that one feature brings; what is not known of a feature that does not work is empty.

    Args:
        record: where it comes from, and whether it works.
        summary: what it is, in its author's words.
        requires, after, intents, privileged_intents: as its class says.
        commands: its commands, by name.
        menus: its context menu commands, by name.
        components: the ids of its buttons, selects and forms.
        listeners: the events it listens to.
        settings: its settings.
        revisions: its migrations, the oldest first.
        languages: the languages that it speaks beside that of its source.
    """

    record: FeatureRecord
    summary: str = ""
    requires: Sequence[str] = ()
    after: Sequence[str] = ()
    intents: Sequence[str] = ()
    privileged_intents: Sequence[str] = ()
    commands: Sequence[CommandInfo] = ()
    menus: Sequence[str] = ()
    components: Sequence[str] = ()
    listeners: Sequence[str] = ()
    settings: Sequence[SettingInfo] = ()
    revisions: Sequence[str] = ()
    languages: Sequence[str] = ()


def describe(inspection: Inspection, name: str) -> FeatureInfo:
    """All that one feature brings.

    Raises:
        ConfigurationError: no feature of that name is installed.
    """
    record = next((record for record in inspection.records if record.name == name), None)
    if record is None:
        known = ", ".join(sorted({record.name for record in inspection.records}))
        raise ConfigurationError(f"No feature called {name!r} is installed; there are {known}.")
    registered = next((each for each in inspection.registered if each.feature.name == name), None)
    if registered is None:
        return FeatureInfo(record)
    feature = type(registered.feature)
    return FeatureInfo(
        record=record,
        summary=summary_of(feature),
        requires=feature.requires,
        after=feature.after,
        intents=feature.intents,
        privileged_intents=feature.privileged_intents,
        commands=sorted(_commands(registered), key=lambda command: command.name),
        menus=sorted(_menus(registered)),
        components=[
            handler.label for handler in registered.handlers if not isinstance(handler, BaseCommand | MenuCommand)
        ],
        listeners=[
            *(listener.event for listener in registered.listeners),
            *(event.removeprefix("on_") for cog in registered.cogs for event, _method in listeners_of(cog)),
        ],
        settings=_settings(feature),
        revisions=_revisions(feature),
        languages=languages_of(feature),
    )


def installed_settings() -> list[FeatureSettings]:
    """The settings of every installed feature that has some; what is already configured does not matter."""
    roster = Roster()
    load_features(roster, None, ())
    return [
        FeatureSettings(name, summary_of(roster.types[name]), model)
        for name in roster.order
        if (model := roster.types[name].config) is not None
    ]


def languages_of(feature: type[BaseFeature]) -> list[str]:
    """The languages of a feature's catalogues, as gettext writes them."""
    package = feature.__module__.partition(".")[0]
    folder = files(package).joinpath("locales") if hasattr(sys.modules[package], "__path__") else None
    if folder is None or not folder.is_dir():
        return []
    return sorted(each.name for each in folder.iterdir() if each.joinpath("LC_MESSAGES", f"{package}.mo").is_file())


def _commands(registered: Registered) -> Iterator[CommandInfo]:
    for command in registered.commands:
        yield CommandInfo(command.name, command.description, command.permission.value, command.rate_limit)
    for each in registered.cog_commands:
        if each.menu is None:
            yield from (CommandInfo(name, entry["description"], "cog", None) for name, entry in each.leaves())


def _menus(registered: Registered) -> Iterator[str]:
    yield from (menu.name for menu in registered.menus)
    yield from (command.name for command in registered.cog_commands if command.menu is not None)


def _settings(feature: type[BaseFeature]) -> list[SettingInfo]:
    model = feature.config
    if model is None:
        return []
    meanings = meanings_of(model)
    return [
        SettingInfo(f"features.{feature.name}.{key}", default_text(field), meanings.get(key, ""))
        for key, field in leaf_keys(model)
    ]


def _revisions(feature: type[BaseFeature]) -> Sequence[str]:
    try:
        scripts = migration_scripts(feature, reserved=())
    except FeatureError:
        return ()
    return () if scripts is None else scripts.revisions
