"""``botcore commands``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from botcore.cli.run import ConfigFile
from botcore.cli.terminal import AsJson, Yes

if TYPE_CHECKING:
    from botcore.discord.differences import Difference

app = typer.Typer(help="The commands that the features offer, and those that Discord has.", no_args_is_help=True)

Guild = Annotated[
    int | None,
    typer.Option("--guild", metavar="ID", help="The commands of this server alone, in place of those of every server."),
]


@app.command("list")
def list_commands(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """List the commands that the installed features offer; asks nothing of Discord."""
    import asyncio

    from botcore.app.remote import offered_commands
    from botcore.cli.terminal import print_json, print_table

    records = asyncio.run(offered_commands(config))
    if as_json:
        print_json(records)
    else:
        print_table(
            ("Command", "Description", "For", "Feature"),
            ((each.name, each.description, each.permission, each.feature) for each in records),
        )


@app.command()
def diff(guild: Guild = None, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Show what a sync would change at Discord; changes nothing."""
    import asyncio

    from botcore.app.remote import compare_commands
    from botcore.cli.terminal import print_json

    found = asyncio.run(compare_commands(config, guild))
    if as_json:
        print_json(found)
    else:
        _print_differences(found, "Discord has the commands that the features offer.")


@app.command()
def sync(guild: Guild = None, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Send the commands to Discord where they differ, in one request; `botcore run` does it by itself."""
    import asyncio

    from botcore.app.remote import sync_commands
    from botcore.cli.terminal import print_json

    found = asyncio.run(sync_commands(config, guild))
    if as_json:
        print_json(found)
    else:
        _print_differences(found, "Discord had the commands that the features offer; nothing was sent.")


@app.command()
def clear(guild: Guild = None, yes: Yes = False, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Take every command of this bot away from Discord; the next `botcore run` brings back those of every server."""
    import asyncio

    from botcore.app.remote import clear_commands
    from botcore.cli.terminal import ask, print_json, print_lines

    place = "every server" if guild is None else f"the server {guild}"
    ask(f"Take all commands of this bot away from {place}?", yes=yes)
    names = asyncio.run(clear_commands(config, guild))
    if as_json:
        print_json(names)
    else:
        print_lines(
            f"Gone from {place}: {', '.join(names)}." if names else f"Discord has no commands of this bot for {place}."
        )


def _print_differences(found: "Sequence[Difference]", none: str) -> None:
    from botcore.cli.terminal import print_lines, print_table

    if found:
        print_table(
            ("Command", "Change", "Where"), ((each.name, each.change, ", ".join(each.details)) for each in found)
        )
    else:
        print_lines(none)
