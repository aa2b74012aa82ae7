"""The root of the command line, and the one place that turns errors into sentences and exit codes."""

import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from botcore.cli import commands, config, data, db, features, run, timers
from botcore.features.plugins import Plugins

FAILED = 1

app = typer.Typer(
    name="botcore",
    help="A Discord bot is a list of packages.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run.run)
app.add_typer(features.app, name="features")
app.add_typer(config.app, name="config")
app.add_typer(db.app, name="db")
app.add_typer(data.app, name="data")
app.add_typer(commands.app, name="commands")
app.add_typer(timers.app, name="timers")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"botcore {version('botcore')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """A Discord bot is a list of packages."""


def main() -> None:
    """Run the command line with what the installed plug-ins add to it."""
    plugins = Plugins()
    troubles = plugins.load_installed()
    troubles += plugins.call_now("botcore_cli", cli=app)
    for trouble in troubles:
        typer.echo(trouble, err=True)
    run_command(sys.argv[1:], plugins)


def run_command(arguments: Sequence[str], plugins: Plugins | None = None) -> NoReturn:
    """Run one command and end with its exit code; an error of botcore's own is its one sentence.

    Args:
        arguments: what follows ``botcore``.
        plugins: for the commands that ask plug-ins for something.

    Raises:
        SystemExit: always; with 0 where all went well, 1 where it did not, 2 for wrong usage or configuration.
    """
    try:
        app(list(arguments), prog_name="botcore", obj=plugins)
    except Exception as error:
        from botcore.errors import BotCoreError, StartupError

        if not isinstance(error, BotCoreError):
            raise
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code if isinstance(error, StartupError) else FAILED)
    sys.exit()


if __name__ == "__main__":
    main()
