"""``botcore run``."""

import os
from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="The configuration file; botcore.toml here, if there is one, by default."),
]


def run(
    ctx: typer.Context,
    config: ConfigFile = None,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 if a feature has to be left out.")] = False,
    no_migrate: Annotated[bool, typer.Option("--no-migrate", help="Leave the database's tables as they are.")] = False,
) -> None:
    """Run the bot: every installed feature that the configuration wants."""
    import gc

    gc.disable()  # until the bot is ready: what a start makes stays, and looking for garbage is a tenth of it
    from botcore.app.bot import BotCore
    from botcore.app.options import BotOptions
    from botcore.clock import SystemClock
    from botcore.features.plugins import Plugins

    plugins = ctx.ensure_object(Plugins)
    clock = plugins.first("botcore_clock", environ=os.environ) or SystemClock()
    BotCore(BotOptions(config_file=config, strict=strict, migrate=not no_migrate, clock=clock)).run()
