"""The router: from what Discord sent to the handler that was compiled for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from botcore.commands.answer import Target
from botcore.commands.autocomplete import complete
from botcore.commands.cogs import CogCommand
from botcore.commands.command import BaseCommand
from botcore.commands.components import BaseButton, BaseSelect, Component
from botcore.commands.context import CommandContext
from botcore.commands.handler import InteractionHandler, outdated_text, refusal
from botcore.commands.interaction import CHAT_INPUT, Interaction, InteractionKind
from botcore.commands.menus import MenuCommand, MenuKind
from botcore.commands.modals import BaseModal
from botcore.commands.options import given_options
from botcore.commands.payloads import component_id
from botcore.commands.runtime import Runtime
from botcore.i18n import set_locale, translator
from botcore.log import current_source, get_logger
from botcore.ui import ComponentType

_ = translator("botcore")
_log = get_logger(__name__)


@dataclass(slots=True)
class Routes:
    """The handlers by what names them. Built once, when all features are registered."""

    commands: dict[tuple[str, ...], BaseCommand[Any]] = field(default_factory=dict)
    components: dict[str, Component[Any]] = field(default_factory=dict)
    modals: dict[str, BaseModal[Any]] = field(default_factory=dict)
    menus: dict[tuple[MenuKind, str], MenuCommand] = field(default_factory=dict)
    cogs: list[CogCommand] = field(default_factory=list)

    def add(self, handlers: Iterable[InteractionHandler[Any]]) -> None:
        """Take up prepared handlers."""
        for handler in handlers:
            if isinstance(handler, BaseCommand):
                self.commands[handler.path] = handler
            elif isinstance(handler, MenuCommand):
                self.menus[handler.kind, handler.name] = handler
            elif isinstance(handler, BaseModal):
                self.modals[handler.id] = handler
            elif isinstance(handler, Component):
                self.components[handler.id] = handler
            else:
                raise TypeError(f"{handler!r} is no command, button, select or modal.")


class Guests(Protocol):
    """Who takes what is not botcore's own: nextcord's Cogs."""

    async def take(self, interaction: Interaction) -> bool:
        """Run what this interaction is for, to its end; never raises.

        Returns:
            Whether it was theirs.
        """
        ...


class Router:
    """Hands each interaction to its handler, and leaves none without an answer.

    Args:
        routes: the handlers.
        runtime: what the pipeline needs.
        guests: are asked before somebody is told that nobody knows it.
    """

    def __init__(self, routes: Routes, runtime: Runtime, guests: Guests | None = None) -> None:
        self._routes = routes
        self._runtime = runtime
        self._guests = guests

    async def route(self, interaction: Interaction) -> None:
        """Run the handler that this interaction is for; never raises for what a stranger sent."""
        current_source.set(interaction)
        set_locale(interaction.locale)
        try:
            await self._route(interaction)
        except Exception:
            _log.exception("an interaction could not be routed", kind=int(interaction.kind))

    async def _route(self, interaction: Interaction) -> None:
        if interaction.kind in {InteractionKind.COMMAND, InteractionKind.AUTOCOMPLETE}:
            await self._command(interaction)
        elif interaction.kind is InteractionKind.COMPONENT:
            await self._component(interaction)
        else:
            await self._modal(interaction)

    async def _command(self, interaction: Interaction) -> None:
        kind = interaction.data.get("type", CHAT_INPUT)
        if kind != CHAT_INPUT:
            menu = self._routes.menus.get((MenuKind(kind), str(interaction.data["name"])))
            if menu is None:
                await self._unknown(interaction, _("This command is not available at the moment."))
            else:
                await menu.execute(self._context(interaction, menu))
            return
        path, _given = given_options(interaction.data)
        command = self._routes.commands.get(path)
        if command is None:
            await self._unknown(interaction, _("This command is not available at the moment."))
            return
        ctx = self._context(interaction, command)
        if interaction.kind is InteractionKind.AUTOCOMPLETE:
            await complete(command, ctx)
        else:
            await command.execute(ctx)

    async def _component(self, interaction: Interaction) -> None:
        name = component_id(str(interaction.data["custom_id"]))
        component = self._routes.components.get(name)
        if component is None and name in self._routes.modals:
            await self._reopen(interaction, self._routes.modals[name])
        elif component is None or not _fits(component, interaction.data):
            await self._unknown(interaction, outdated_text())
        else:
            await component.execute(self._context(interaction, component))

    async def _reopen(self, interaction: Interaction, modal: BaseModal[Any]) -> None:
        """A modal's own id on a button: "Edit and try again" under a refusal."""
        ctx = self._context(interaction, modal)
        await ctx.answer.open(modal.reopened(ctx))

    async def _modal(self, interaction: Interaction) -> None:
        modal = self._routes.modals.get(component_id(str(interaction.data["custom_id"])))
        if modal is None:
            await self._unknown(interaction, outdated_text())
        else:
            await modal.execute(self._context(interaction, modal))

    def _context(self, interaction: Interaction, handler: InteractionHandler[Any]) -> CommandContext:
        return CommandContext(interaction, self._runtime, handler.label, handler.target)

    async def _unknown(self, interaction: Interaction, text: str) -> None:
        if self._guests is not None and await self._guests.take(interaction):
            return
        ctx = CommandContext(interaction, self._runtime, "unknown", Target.NEW_PRIVATE)
        if interaction.kind is not InteractionKind.AUTOCOMPLETE:
            await ctx.answer.deliver(refusal(text))


def _fits(component: Component[Any], data: Mapping[str, Any]) -> bool:
    """Whether a click is of the kind of component that its custom id names."""
    kind = data.get("component_type")
    button = isinstance(component, BaseButton) and kind == ComponentType.BUTTON
    return button or (isinstance(component, BaseSelect) and kind == ComponentType.STRING_SELECT)
