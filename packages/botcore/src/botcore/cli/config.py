"""``botcore config``."""

from pathlib import Path
from typing import Annotated

import typer

from botcore.cli.run import ConfigFile
from botcore.cli.terminal import AsJson

app = typer.Typer(help="The configuration, from the file, the environment and the defaults.", no_args_is_help=True)


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("botcore.toml"),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a configuration file with every setting of the core and of the installed features, commented out."""
    from botcore.app.describing import installed_settings
    from botcore.cli.terminal import print_json, print_lines
    from botcore.config import write_file

    sections = installed_settings()
    write_file(path, sections, replace=force)
    if as_json:
        print_json({"file": str(path), "features": [section.feature for section in sections]})
    else:
        print_lines(
            f"{path} is written; every setting in it is a comment that says its default.",
            "Set the token in it, or in the environment as BOTCORE_DISCORD__TOKEN, and try `botcore config check`.",
        )


@app.command()
def show(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Print every setting and where it came from; secrets are masked."""
    import os

    from botcore.cli.terminal import print_json, print_table
    from botcore.config import find_file, load, rows

    found = rows(load(config or find_file(os.environ), os.environ))
    if as_json:
        print_json(found)
    else:
        print_table(("Setting", "Value", "From"), ((row.key, row.value, row.origin) for row in found))


@app.command()
def check(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Check the configuration of the core and of every feature, and that there is a token."""
    import asyncio

    from botcore.app.bot import BotCore
    from botcore.app.options import BotOptions
    from botcore.cli.terminal import print_json, print_lines
    from botcore.contracts.status import FeatureStatus
    from botcore.errors import ConfigurationError

    mistakes: list[str] = []
    try:
        bot = BotCore(BotOptions(config_file=config))
        records = asyncio.run(bot.inspect()).records
        mistakes += [
            f"The feature {record.name} would be left out: {record.reason}."
            for record in records
            if record.status is FeatureStatus.LEFT_OUT
        ]
        if not mistakes:
            bot.require_token()
    except ConfigurationError as error:
        mistakes.append(str(error))
    if as_json:
        print_json({"sound": not mistakes, "mistakes": mistakes})
    elif not mistakes:
        print_lines("The configuration is sound.")
    if mistakes:
        if not as_json:
            typer.echo("\n".join(mistakes), err=True)
        raise typer.Exit(ConfigurationError.exit_code)
