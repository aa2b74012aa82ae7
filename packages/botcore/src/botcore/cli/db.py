"""``botcore db``."""

import asyncio
from typing import Annotated

import typer

from botcore.cli.run import ConfigFile

app = typer.Typer(help="The database's tables, feature by feature.", no_args_is_help=True)


@app.command()
def upgrade(
    feature: Annotated[str | None, typer.Argument(help="Only this feature; all by default.")] = None,
    config: ConfigFile = None,
) -> None:
    """Bring the tables of every installed feature up to date."""
    from botcore.app.tables import upgrade_tables
    from botcore.cli.terminal import console

    upgraded = asyncio.run(upgrade_tables(config, feature))
    for change in upgraded:
        console().print(f"{change.feature}: {change.before or 'nothing'} -> {change.after}")
    if not upgraded:
        console().print("Every table is up to date.")


@app.command()
def current(config: ConfigFile = None) -> None:
    """Show at which revision the tables of each feature are."""
    from rich.table import Table

    from botcore.app.tables import table_states
    from botcore.cli.terminal import console

    table = Table("Feature", "Database", "Package", "", box=None, pad_edge=False)
    for state in asyncio.run(table_states(config)):
        verdict = "newer than the package" if state.unknown else "behind" if state.behind else "up to date"
        table.add_row(state.feature, state.current or "-", state.head or "-", verdict)
    console().print(table)
