"""Staged registration: everything that one feature registers is collected and checked, then committed at once."""

import inspect
import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from botcore.commands import (
    BaseCommand,
    BaseListener,
    ClientCog,
    CogCommand,
    InteractionHandler,
    MenuCommand,
    Ref,
    check_limits,
    read_cog,
)
from botcore.container import ServiceContainer
from botcore.errors import FeatureError
from botcore.features.awaiting import watching_for_await
from botcore.features.base import BaseFeature
from botcore.features.claims import Claims, Taken
from botcore.features.cogs import build_cogs, unload
from botcore.features.declarations import check_class, check_feature_class
from botcore.features.intents import INTENTS, PRIVILEGED
from botcore.features.plugins import check_hooks

_FEATURE_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(slots=True)
class Registered:
    """One feature that was taken up.

    Args:
        feature: the feature itself.
        handlers: its commands, buttons, selects and modals, built and prepared.
        listeners: its listeners, built.
        cogs: its nextcord Cogs, built.
        cog_commands: the commands of these.
    """

    feature: BaseFeature
    handlers: list[InteractionHandler[Any]]
    listeners: list[BaseListener]
    cogs: list[ClientCog] = field(default_factory=list)
    cog_commands: list[CogCommand] = field(default_factory=list)

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
    cogs: list[ClientCog] = []
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
        claims = Claims(name, taken)
        claims.claim_handlers(handlers.classes)
        staged.validate(*handlers.classes, *listeners.classes)
        registered = Registered(
            feature,
            [_build(handler, staged) for handler in handlers.classes],
            [staged.build(listener) for listener in listeners.classes],
            cogs,
        )
        for cog in build_cogs(feature, staged):
            cogs.append(cog)  # one by one: what was built is unloaded where the next one fails
            registered.cog_commands += read_cog(cog)
        claims.claim_cog_commands(registered.cog_commands)
        if start:
            await feature.start(staged)
        staged.commit()
    except BaseException:
        await unload(cogs)
        await staged.aclose()
        raise
    claims.grant(feature.groups)
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
