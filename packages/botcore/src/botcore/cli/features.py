"""``botcore features``."""

import typer

from botcore.cli.run import ConfigFile

app = typer.Typer(help="The installed features.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """The installed features."""


@app.command("list")
def list_features(config: ConfigFile = None) -> None:
    """List every installed feature, where it comes from, and why it would be left out."""
    import asyncio

    from rich.table import Table

    from botcore.app.bot import BotCore
    from botcore.app.options import BotOptions
    from botcore.cli.terminal import console

    records = asyncio.run(BotCore(BotOptions(config_file=config)).inspect())
    table = Table("Feature", "State", "Distribution", "Version", "Location", box=None, pad_edge=False)
    for record in records:
        table.add_row(record.name, record.status.value, record.distribution, record.version, record.location)
    console().print(table)
    for record in records:
        if record.reason:
            console().print(f"{record.name} ({record.distribution}) is {record.status.value}: {record.reason}.")
