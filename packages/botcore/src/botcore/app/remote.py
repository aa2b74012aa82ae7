"""The commands at Discord, looked after without running the bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from botcore.app.bot import BotCore
from botcore.app.inspection import Inspection
from botcore.app.options import BotOptions
from botcore.commands import MenuKind
from botcore.discord.differences import Difference, differences
from botcore.discord.remote import open_remote


@dataclass(frozen=True, slots=True)
class CommandRecord:
    """One command that the installed features offer.

    Args:
        name: as it is typed, ``/poll create``, or as a menu shows it.
        description: its one line; for a context menu, which menu.
        permission: who may use it; ``cog`` where a Cog decides by itself.
        feature: whose it is.
    """

    name: str
    description: str
    permission: str
    feature: str


async def offered_commands(config_file: Path | None) -> list[CommandRecord]:
    """The commands of the installed features, by name; asks nothing of Discord.

    Raises:
        StartupError: for a mistake of the operator.
    """
    records = []
    for registered in (await _inspect(config_file)).registered:
        feature = registered.feature.name
        records += [
            CommandRecord(f"/{command.name}", command.description, command.permission.value, feature)
            for command in registered.commands
        ]
        records += [
            CommandRecord(menu.name, _in_menu(menu.kind), menu.permission.value, feature) for menu in registered.menus
        ]
        records += [
            CommandRecord(f"/{name}", entry["description"], "cog", feature)
            if command.menu is None
            else CommandRecord(name, _in_menu(command.menu), "cog", feature)
            for command in registered.cog_commands
            for name, entry in command.leaves()
        ]
    return sorted(records, key=lambda record: record.name)


def _in_menu(kind: MenuKind) -> str:
    return f"in the menu of a {kind.name.lower()}"


async def compare_commands(config_file: Path | None, guild_id: int | None) -> Sequence[Difference]:
    """What a sync would change at Discord.

    Args:
        config_file: the configuration file, if it is not the usual one.
        guild_id: compare with the commands of this server, in place of those of every server.

    Raises:
        StartupError: for a mistake of the operator, or where Discord cannot be asked.
        ServerClosed: the bot is not in that server.
    """
    return await _sync(config_file, guild_id, write=False)


async def sync_commands(config_file: Path | None, guild_id: int | None) -> Sequence[Difference]:
    """Make Discord's commands those of the installed features, and say what changed.

    Raises:
        StartupError, ServerClosed: as `compare_commands`.
        CatalogueRefused: Discord refuses the commands; those it has are untouched.
    """
    return await _sync(config_file, guild_id, write=True)


async def clear_commands(config_file: Path | None, guild_id: int | None) -> list[str]:
    """Take every command of this bot away from Discord.

    Returns:
        The names of those that there were.

    Raises:
        StartupError, ServerClosed: as `compare_commands`.
    """
    config = (await _inspect(config_file)).config.discord
    async with open_remote(config.api_url, config.require_token(), guild_id) as remote:
        names = sorted(command["name"] for command in await remote.fetch())
        if names:
            await remote.write([])
    return names


async def _sync(config_file: Path | None, guild_id: int | None, *, write: bool) -> Sequence[Difference]:
    inspection = await _inspect(config_file)
    config = inspection.config.discord
    async with open_remote(config.api_url, config.require_token(), guild_id) as remote:
        found = differences(await remote.fetch(), remote.fitted(inspection.catalogue))
        if found and write:
            await remote.write(inspection.catalogue)
    return found


async def _inspect(config_file: Path | None) -> Inspection:
    return await BotCore(BotOptions(config_file=config_file)).inspect()
