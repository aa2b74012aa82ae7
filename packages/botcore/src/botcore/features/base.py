"""`BaseFeature`: what a package says about itself."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.commands import BaseListener, ClientCog, InteractionHandler
from botcore.container import ServiceContainer
from botcore.features.awaiting import must_be_awaited
from botcore.privacy import Declaration


class HandlerRegistry(Protocol):
    """Takes up commands, buttons, selects and modals."""

    def add(self, handler: type[InteractionHandler[Any]]) -> None:
        """Take up one class; it is checked with the rest of the feature and built once."""
        ...


class ListenerRegistry(Protocol):
    """Takes up listeners."""

    def add(self, listener: type[BaseListener]) -> None:
        """Take up one class; it is built once."""
        ...


class BaseFeature:
    """A feature of a bot. Subclass it, and name the subclass in the entry-point group ``botcore.features``.

    The entry point's name and `name` are the same. Services, commands, components and listeners are built by the
    container: the annotations of their constructors are the wiring.

    Attributes:
        name: lower-case letters, digits and ``_``; the prefix of component ids, tables and the section
            ``[features.<name>]``.
        requires: features without which this one is left out.
        after: features that, where they are installed, are taken up before this one.
        config: the model of ``[features.<name>]``; services get it by annotating with its type.
        intents: Discord's names of the gateway intents it needs, such as ``"guild_messages"``; ``"guilds"`` is
            always there. Source: https://discord.com/developers/docs/events/gateway#list-of-intents
        privileged_intents: intents that it uses where the operator has them enabled, and works without.
        services: classes to register as singletons of their own type.
        commands: slash commands.
        components: buttons, selects and modals.
        listeners: listeners.
        personal_data: what each of its tables holds of persons, and what becomes of that when one of them asks.
        cogs: nextcord's Cogs, for old code: their application commands and listeners, run by nextcord. A parameter
            ``bot`` or ``client`` of a constructor is nextcord's client; the rest is wired as everywhere.
        groups: the description of each group of commands, such as ``{"poll": "Ask and vote"}``.
    """

    name: ClassVar[str]
    requires: ClassVar[tuple[str, ...]] = ()
    after: ClassVar[tuple[str, ...]] = ()
    config: ClassVar[type[BaseModel] | None] = None
    intents: ClassVar[tuple[str, ...]] = ()
    privileged_intents: ClassVar[tuple[str, ...]] = ()
    services: ClassVar[tuple[type[Any], ...]] = ()
    commands: ClassVar[tuple[type[InteractionHandler[Any]], ...]] = ()
    components: ClassVar[tuple[type[InteractionHandler[Any]], ...]] = ()
    listeners: ClassVar[tuple[type[BaseListener], ...]] = ()
    personal_data: ClassVar[tuple[Declaration, ...]] = ()
    cogs: ClassVar[tuple[type[ClientCog], ...]] = ()
    groups: ClassVar[Mapping[str, str]] = {}

    @must_be_awaited
    async def register_services(self, services: ServiceContainer) -> None:
        """Register what the feature's commands, listeners and other features' services ask for."""
        for service in self.services:
            services.register_singleton(service)

    @must_be_awaited
    async def register_commands(self, commands: HandlerRegistry) -> None:
        """Register commands, buttons, selects and modals."""
        for handler in (*self.commands, *self.components):
            commands.add(handler)

    @must_be_awaited
    async def register_listeners(self, listeners: ListenerRegistry) -> None:
        """Register listeners."""
        for listener in self.listeners:
            listeners.add(listener)

    async def start(self, services: ServiceContainer) -> None:
        """Begin work in the background, once every feature is registered and before the bot connects."""

    async def stop(self) -> None:
        """End what `start` began."""

    async def forget(self, services: ServiceContainer, tx: AsyncSession, user_id: int) -> None:
        """Do what `personal_data` does not say, before the rows of a person are erased or anonymised.

        Such as cancelling timers. The feature may not be started: the command line deletes too. Whatever must not
        happen if the deletion is rolled back belongs into the transaction, or into an event that is published in it.

        Args:
            services: what is registered, for what the feature needs.
            tx: the transaction of the deletion.
            user_id: the person's snowflake.
        """
