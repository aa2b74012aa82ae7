"""/help: every command that the asking member may use, and the details of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import botcore as bc

_ = bc.translator("botcore")

PER_PAGE = 8


class CommandRef(bc.Ref[bc.CommandEntry]):
    """A command that the asking member may use."""

    def __init__(self, directory: bc.CommandDirectory) -> None:
        self._directory = directory

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """Commands whose name or description holds what was typed; names that start with it come first."""
        wanted = typed.strip().lstrip("/").casefold()
        entries = [
            entry
            for entry in self._directory.usable_by(ctx.interaction.caller)
            if wanted in entry.name or wanted in entry.shown or wanted in entry.description.casefold()
        ]
        entries.sort(key=lambda entry: (not entry.shown.startswith(wanted), entry.shown))
        return [bc.Choice(f"/{entry.shown}: {entry.description}", entry.name) for entry in entries]

    async def load(self, ctx: bc.CommandContext, value: str) -> bc.CommandEntry:
        """The command of this name, with or without its slash."""
        wanted = " ".join(value.strip().lstrip("/").casefold().split())
        for entry in self._directory.usable_by(ctx.interaction.caller):
            if wanted in {entry.name, entry.shown}:
                return entry
        raise bc.NotFound(_("There is no such command that you could use here. Try /help for all of them."))


@dataclass(frozen=True, slots=True)
class HelpInput:
    """The options of /help."""

    command: Annotated[bc.CommandEntry | None, CommandRef, bc.Option(_("The command to explain"))] = None


class HelpCommand(bc.BaseCommand[HelpInput]):
    """Lists the commands, or explains one."""

    name = "help"
    description = _("What this bot can do for you")
    reply = bc.Reply.PRIVATE

    def __init__(self, directory: bc.CommandDirectory) -> None:
        self._directory = directory

    async def process_command(self, ctx: bc.CommandContext, data: HelpInput) -> bc.CommandResult:
        """Answer with the first page, or with the one command."""
        if data.command is not None:
            return bc.CommandResult.ok(_explain(data.command))
        return _page(self._directory, ctx, 0)


@dataclass(frozen=True, slots=True)
class HelpPageInput:
    """What a page button carries."""

    page: int


class HelpPage(bc.BaseButton[HelpPageInput]):
    """Turns the page of /help."""

    id = "core.help"

    def __init__(self, directory: bc.CommandDirectory) -> None:
        self._directory = directory

    async def process_click(self, ctx: bc.CommandContext, data: HelpPageInput) -> bc.CommandResult:
        """Show the page, made anew: what the member may use can have changed."""
        return _page(self._directory, ctx, data.page)


def _page(directory: bc.CommandDirectory, ctx: bc.CommandContext, wanted: int) -> bc.CommandResult:
    pages = bc.Pages(directory.usable_by(ctx.interaction.caller), PER_PAGE)
    lines = "\n".join(f"**/{entry.shown}**: {entry.description}" for entry in pages.on(wanted))
    embed = (
        bc.EmbedBuilder()
        .title(_("What this bot can do for you"))
        .description(lines)
        .footer(f"{pages.place(wanted)} · {_('/help command: explains one of them')}")
    )
    return bc.CommandResult.ok(embed, components=pages.buttons(HelpPage, wanted))


def _explain(entry: bc.CommandEntry) -> bc.EmbedBuilder:
    embed = bc.EmbedBuilder().title(f"/{entry.shown}").description(entry.description)
    for option in entry.options:
        need = "" if option.required else f" ({_('optional')})"
        embed.field(f"{option.name}{need}", option.description)
    notes = {
        bc.PermissionLevel.PUBLIC: _("Anybody may use it."),
        bc.PermissionLevel.USER: _("Members of a server may use it."),
        bc.PermissionLevel.ADMIN: _("Administrators of a server may use it."),
        bc.PermissionLevel.OWNER: _("Only the bot's owner may use it."),
    }
    if entry.permission is None:
        return embed
    footer = notes[entry.permission]
    if entry.rate_limit is not None:
        footer += " " + _("At most {rate}.").format(rate=entry.rate_limit)
    return embed.footer(footer)
