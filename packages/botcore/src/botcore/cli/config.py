"""``botcore config``."""

import typer

from botcore.cli.run import ConfigFile

app = typer.Typer(help="The configuration, from the file, the environment and the defaults.", no_args_is_help=True)


@app.command()
def show(config: ConfigFile = None) -> None:
    """Print every setting and where it came from; secrets are masked."""
    import os

    from rich.table import Table

    from botcore.cli.terminal import console
    from botcore.config import find_file, load, rows

    table = Table("Setting", "Value", "From", box=None, pad_edge=False)
    for row in rows(load(config or find_file(os.environ), os.environ)):
        table.add_row(row.key, row.value, row.origin)
    console().print(table)


@app.command()
def check(config: ConfigFile = None) -> None:
    """Check the configuration of the core and of every feature, and that there is a token."""
    import asyncio

    from botcore.app.bot import BotCore
    from botcore.app.options import BotOptions
    from botcore.cli.terminal import console
    from botcore.contracts.status import FeatureStatus
    from botcore.errors import ConfigurationError

    bot = BotCore(BotOptions(config_file=config))
    left_out = [record for record in asyncio.run(bot.inspect()) if record.status is FeatureStatus.LEFT_OUT]
    if left_out:
        raise ConfigurationError(
            "\n".join(f"The feature {record.name} would be left out: {record.reason}." for record in left_out)
        )
    bot.require_token()
    console().print("The configuration is sound.")
