"""nextcord's Cogs beside botcore's own commands: nextcord runs them, and what they raise stays out of Discord."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any

import nextcord
from nextcord.ui import Item, Modal, View

from botcore.commands import (
    AlreadyAcknowledged,
    Answer,
    CallbackType,
    Interaction,
    InteractionGone,
    InteractionKind,
    Target,
    listeners_of,
)
from botcore.commands.handler import failure_text, refusal
from botcore.discord.client import DiscordClient
from botcore.discord.listening import guarded, note_task
from botcore.i18n import translator
from botcore.log import current_source, get_logger
from botcore.permissions import PermissionPolicy

_ = translator("botcore")
_log = get_logger(__name__)

type Command = nextcord.BaseApplicationCommand


class Cogs:
    """The Cogs of every feature: their commands by name, their views and forms as nextcord keeps them.

    A command is found by its name and not by its id, so that it works in a server that has the commands for itself,
    and where a sync was refused.

    Args:
        policy: knows the bot's owners.
    """

    def __init__(self, policy: PermissionPolicy) -> None:
        self._policy = policy
        self._cogs: list[nextcord.ClientCog] = []
        self._commands: dict[tuple[int, str], Command] = {}
        self._client: DiscordClient | None = None
        self._in_flight: set[asyncio.Task[Any]] = set()

    def add(self, cog: nextcord.ClientCog) -> None:
        """Take up a Cog, from the connection on."""
        self._cogs.append(cog)
        for command in cog.application_commands:
            self._commands[command.type.value, str(command.name)] = command

    def attach(self, client: DiscordClient, in_flight: set[asyncio.Task[Any]]) -> None:
        """Give the Cogs to the client that is to be connected.

        Args:
            client: not connected yet.
            in_flight: where the tasks that nextcord runs them in are noted, so that a stop can let them finish.
        """
        self._client, self._in_flight = client, in_flight
        client.serve_cogs(self._policy.is_owner, self._command_failed)
        for cog in self._cogs:
            client.add_cog(cog)
            for name, handle in listeners_of(cog):
                event = name.removeprefix("on_")
                client.add_listener(guarded(handle, type(cog).__name__, event, in_flight), name)

    def associate(self, commands: Iterable[Mapping[str, Any]]) -> None:
        """Tell the Cogs' commands the ids that Discord gave them, which their mentions need.

        Args:
            commands: Discord's command objects.
        """
        client = self._attached()
        for payload in commands:
            command = self._commands.get((payload.get("type", 1), payload["name"]))
            if command is not None:
                command.parse_discord_response(client._connection, payload)  # type: ignore[arg-type]  # noqa: SLF001 - as nextcord does itself
                client.add_application_command(command)

    async def take(self, interaction: Interaction) -> bool:
        """Run the command, autocomplete, view or form that this is for, if a Cog has it."""
        work = self._find(interaction)
        if work is None:
            return False
        try:
            await work
        except Exception as error:
            await self._failed(interaction, error)
        return True

    def _attached(self) -> DiscordClient:
        if self._client is None:
            raise RuntimeError("The Cogs have no client yet; attach one.")
        return self._client

    def _find(self, interaction: Interaction) -> Coroutine[Any, Any, None] | None:
        """What there is to run, which nothing has begun."""
        state: Any = self._attached()._connection  # noqa: SLF001 - the stores of views and forms have no public name
        data = interaction.data
        if interaction.kind is InteractionKind.COMPONENT:
            return self._find_item(interaction, state)
        if interaction.kind is InteractionKind.MODAL:
            forms: Mapping[tuple[int | None, str], Modal] = state._modal_store._modals  # noqa: SLF001 - as above
            form = forms.get((interaction.invoker.id, data["custom_id"])) or forms.get((None, data["custom_id"]))
            return None if form is None or form.is_finished() else self._submit(form, interaction)
        command: Any = self._commands.get((data.get("type", 1), data["name"]))
        if command is None:
            return None
        return self._call(command, interaction, state)

    def _find_item(self, interaction: Interaction, state: Any) -> Coroutine[Any, Any, None] | None:
        views: Mapping[tuple[int, int | None, str], tuple[View, Item[Any]]] = state._view_store._views  # noqa: SLF001 - as in _find
        data = interaction.data
        message = None if interaction.message is None else int(interaction.message["id"])
        kind, custom_id = data["component_type"], data["custom_id"]
        view, item = views.get((kind, message, custom_id)) or views.get((kind, None, custom_id)) or (None, None)
        return None if view is None or item is None or view.is_finished() else self._click(view, item, interaction)

    async def _call(self, command: Any, interaction: Interaction, state: Any) -> None:
        if interaction.kind is InteractionKind.AUTOCOMPLETE:
            await command.call_autocomplete(state, interaction.native())
        else:
            await command.call(state, interaction.native())

    async def _click(self, view: View, item: Item[Any], interaction: Interaction) -> None:
        """As nextcord's store of views does, in the task of this interaction, which a stop lets finish."""

        async def failed(error: Exception, _item: Item[Any], _native: nextcord.Interaction[Any]) -> None:
            await self._failed(interaction, error)

        native = interaction.native()
        item.refresh_state(native.data, native._state, native.guild)  # noqa: SLF001 - as above
        if type(view).on_error is View.on_error:  # which would print it
            view.on_error = failed  # type: ignore[assignment, method-assign]  # of this view alone, which has none of its own
        await view._scheduled_task(item, native)  # noqa: SLF001 - as above

    async def _submit(self, form: Modal, interaction: Interaction) -> None:
        async def failed(error: Exception, _native: nextcord.Interaction[Any]) -> None:
            await self._failed(interaction, error)

        if type(form).on_error is Modal.on_error:
            form.on_error = failed  # type: ignore[assignment, method-assign]  # as in _click
        await form._scheduled_task(interaction.native())  # noqa: SLF001 - as in _click

    async def _command_failed(self, native: nextcord.Interaction[Any], error: nextcord.ApplicationError) -> None:
        """What nextcord calls with what a command or its check raised, in a task that knows the interaction."""
        note_task(self._in_flight)
        command = native.application_command
        cog = None if command is None else command.parent_cog
        handled = (command is not None and command.has_error_handler()) or (
            cog is not None and cog.has_application_command_error_handler()
        )
        heard = self._attached().extra_events.get("on_application_command_error")
        source = current_source.get()
        if handled or heard or not isinstance(source, Interaction):
            return
        await self._failed(source, getattr(error, "original", error))

    async def _failed(self, interaction: Interaction, error: Exception) -> None:
        """Log what a Cog raised, and tell the person no more than where it can be looked up."""
        if isinstance(error, nextcord.ApplicationCheckFailure):
            _log.info("a check of a Cog refused somebody", check=type(error).__name__)
            text = _("You may not use this here.")
        else:
            _log.error("a Cog failed", command=_called(interaction), exc_info=error)
            text = failure_text(interaction.reference)
        try:
            if interaction.kind is InteractionKind.AUTOCOMPLETE:
                await interaction.responder.callback(CallbackType.AUTOCOMPLETE_RESULT, {"choices": []})
            else:
                # As an update, because nobody knows what the Cog has answered: what it has must stay.
                await Answer(interaction.responder, Target.UPDATE).deliver(refusal(text), Target.NEW_PRIVATE)
        except (InteractionGone, AlreadyAcknowledged) as gone:
            _log.warning("Discord no longer took the answer", command=_called(interaction), reason=str(gone))
        except Exception:
            _log.exception("even the apology could not be sent", command=_called(interaction))


def _called(interaction: Interaction) -> str:
    """The name of the command, or the id of the component or form."""
    return str(interaction.data.get("name") or interaction.data.get("custom_id"))
