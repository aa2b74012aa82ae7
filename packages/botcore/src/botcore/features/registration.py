"""Staged registration: everything that one feature registers is collected and checked, then committed at once."""

import inspect
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from botcore.commands import (
    BaseCommand,
    BaseListener,
    BaseModal,
    Component,
    InteractionHandler,
    MenuCommand,
    Ref,
    check_limits,
)
from botcore.container import ServiceContainer
from botcore.errors import FeatureError
from botcore.features.awaiting import watching_for_await
from botcore.features.base import BaseFeature
from botcore.features.declarations import check_class, check_feature_class
from botcore.features.intents import INTENTS, PRIVILEGED
from botcore.features.plugins import check_hooks

# https://discord.com/developers/docs/interactions/application-commands#registering-a-command
MAX_COMMANDS = 100
MAX_SUB_COMMANDS = 25
MAX_MENU_COMMANDS = 15

_FEATURE_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(slots=True)
class Taken:
    """The names that are taken, and by which feature."""

    commands: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    menus: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Registered:
    """One feature that was taken up.

    Args:
        feature: the feature itself.
        handlers: its commands, buttons, selects and modals, built and prepared.
        listeners: its listeners, built.
    """

    feature: BaseFeature
    handlers: list[InteractionHandler[Any]]
    listeners: list[BaseListener]

    @property
    def menus(self) -> list[MenuCommand]:
        """Its context menu commands."""
        return [handler for handler in self.handlers if isinstance(handler, MenuCommand)]

    @property
    def commands(self) -> list[BaseCommand[Any]]:
        """Its slash commands."""
        return [handler for handler in self.handlers if isinstance(handler, BaseCommand)]


class _Collected[T]:
    def __init__(self) -> None:
        self.classes: list[type[T]] = []

    def add(self, added: type[T]) -> None:
        self.classes.append(added)


def check_name(feature: type[BaseFeature], entry_point: str) -> None:
    """Refuse a feature whose name is not one, or not the entry point's.

    Raises:
        FeatureError: saying what to write.
    """
    name = getattr(feature, "name", None)
    if not isinstance(name, str) or not _FEATURE_NAME.fullmatch(name):
        raise FeatureError(
            entry_point,
            f"its name {name!r} is not lower-case letters, digits and _ (at most 32); set `name` on the class",
        )
    if name != entry_point:
        raise FeatureError(
            entry_point,
            f"its name is {name!r} and its entry point is called {entry_point!r}; call both the same",
        )


async def register(
    feature_type: type[BaseFeature],
    config: BaseModel | None,
    container: ServiceContainer,
    taken: Taken,
    *,
    start: bool = True,
) -> Registered:
    """Take up one feature whole and start it, or leave no trace of it.

    Args:
        feature_type: the feature's class.
        config: its configuration, registered under its own type.
        container: where its services go.
        taken: the names that are taken; the feature's own are added.
        start: whether to start it too.

    Raises:
        Exception: whatever the feature's own code raises, and `BotCoreError` for what is checked here.
    """
    name = feature_type.name
    check_feature_class(feature_type)
    staged = container.stage(name)
    try:
        if config is not None:
            staged.register_singleton(type(config), config)
        feature = staged.build(feature_type)
        handlers: _Collected[InteractionHandler[Any]] = _Collected()
        listeners: _Collected[BaseListener] = _Collected()
        _check_hooks(feature)
        await _call(feature, "register_services", staged)
        await _call(feature, "register_commands", handlers)
        await _call(feature, "register_listeners", listeners)
        declared: list[type[InteractionHandler[Any]] | type[BaseListener]] = [*handlers.classes, *listeners.classes]
        for each in declared:
            check_class(each, name)
        _check_intents(feature)
        claims = _claims(feature, handlers.classes, taken)
        staged.validate(*handlers.classes, *listeners.classes)
        registered = Registered(
            feature,
            [_build(handler, staged) for handler in handlers.classes],
            [staged.build(listener) for listener in listeners.classes],
        )
        if start:
            await feature.start(staged)
        staged.commit()
    except BaseException:
        await staged.aclose()
        raise
    taken.commands.update(dict.fromkeys(claims.commands, name))
    taken.components.update(dict.fromkeys(claims.components, name))
    taken.menus.update(dict.fromkeys(claims.menus, name))
    taken.groups.update(feature.groups)
    return registered


async def _call(feature: BaseFeature, method: str, registry: object) -> None:
    """Call one of the three ``register_...``, and hold its author to `async` and `await`."""
    owner = type(feature).__name__
    with watching_for_await() as forgotten:
        outcome = getattr(feature, method)(registry)
        if not inspect.isawaitable(outcome):
            forgotten()
            raise FeatureError(
                feature.name, f"{owner}.{method} is a plain function, which botcore awaits; write `async def {method}`"
            )
        await outcome
        if forgotten():
            raise FeatureError(
                feature.name,
                f"{owner}.{method} calls the method of its base class without waiting for it; write "
                f"`await super().{method}(...)`",
            )


def _build(handler_type: type[InteractionHandler[Any]], staged: ServiceContainer) -> InteractionHandler[Any]:
    handler = staged.build(handler_type)
    handler.compile()
    references: dict[str, Ref[Any]] = {}
    for name, reference in handler.reference_types(handler.fields()).items():
        staged.validate(reference)
        references[name] = staged.build(reference)
    handler.prepare(references)
    if isinstance(handler, BaseCommand):
        check_limits(handler)
    return handler


@dataclass(slots=True)
class _Claims:
    commands: list[str] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    menus: list[str] = field(default_factory=list)


def _claims(feature: BaseFeature, handlers: list[type[InteractionHandler[Any]]], taken: Taken) -> _Claims:
    claims = _Claims()
    for handler in handlers:
        if issubclass(handler, BaseCommand):
            _claim(feature.name, "the command", f"/{handler.name}", taken.commands, claims.commands)
            _refuse_mixed_levels(
                feature.name, handler.name, {**taken.commands, **dict.fromkeys(claims.commands, feature.name)}
            )
        elif issubclass(handler, MenuCommand):
            _claim(
                feature.name,
                "the",
                f"{handler.kind.name.lower()} command {handler.name!r}",
                taken.menus,
                claims.menus,
            )
        elif issubclass(handler, (Component, BaseModal)):
            if not handler.id.startswith(f"{feature.name}."):
                raise FeatureError(
                    feature.name,
                    f"the id {handler.id!r} of {handler.__name__} must start with {feature.name + '.'!r}",
                )
            _claim(feature.name, "the component id", handler.id, taken.components, claims.components)
        else:
            raise FeatureError(feature.name, f"{handler!r} is no command, button, select or modal")
    _refuse_too_many(feature.name, [*taken.commands, *claims.commands])
    _refuse_too_many_menus(feature.name, [*taken.menus, *claims.menus])
    return claims


def _check_hooks(feature: BaseFeature) -> None:
    try:
        check_hooks(feature, type(feature).__name__)
    except ValueError as error:
        raise FeatureError(feature.name, str(error)) from error


def _check_intents(feature: BaseFeature) -> None:
    for name in (*feature.intents, *feature.privileged_intents):
        if name not in INTENTS:
            raise FeatureError(feature.name, f"there is no gateway intent {name!r}; nextcord names {sorted(INTENTS)}")
    for name in feature.intents:
        if name in PRIVILEGED:
            raise FeatureError(
                feature.name,
                f"the intent {name!r} is privileged; list it in `privileged_intents`, and work without it where the "
                "operator has not switched it on",
            )


def _refuse_too_many(feature: str, names: Iterable[str]) -> None:
    """Discord takes so many commands, and so many sub-commands in each; one more and it refuses them all."""
    for depth, limit in ((1, MAX_COMMANDS), (2, MAX_SUB_COMMANDS), (3, MAX_SUB_COMMANDS)):
        children: dict[str, set[str]] = {}
        for name in names:
            words = name.split()
            if len(words) >= depth:
                children.setdefault(" ".join(words[: depth - 1]), set()).add(words[depth - 1])
        for parent, below in children.items():
            if len(below) > limit:
                raise FeatureError(
                    feature,
                    f"with it there would be {len(below)} commands {f'in {parent}' if parent else 'in all'}, "
                    f"and Discord takes {limit}; make some of them sub-commands, or leave out another feature",
                )


def _refuse_too_many_menus(feature: str, names: Iterable[str]) -> None:
    for kind, count in Counter(name.split()[0] for name in names).items():
        if count > MAX_MENU_COMMANDS:
            raise FeatureError(
                feature, f"with it there would be {count} {kind} commands, and Discord takes {MAX_MENU_COMMANDS}"
            )


def _claim(feature: str, what: str, name: str, taken: Mapping[str, str], claimed: list[str]) -> None:
    if name in taken:
        raise FeatureError(feature, f"{what} {name} is taken by the feature {taken[name]!r}")
    if name in claimed:
        raise FeatureError(feature, f"{what} {name} is registered twice")
    claimed.append(name)


def _refuse_mixed_levels(feature: str, name: str, taken: Mapping[str, str]) -> None:
    """Discord has /poll or /poll create, never both."""
    for other, owner in taken.items():
        shorter, longer = sorted((f"/{name}", other), key=len)
        if longer.startswith(f"{shorter} "):
            raise FeatureError(
                feature,
                f"Discord cannot have both {shorter} and {longer} (of the feature {owner!r}); rename one",
            )
