"""``botcore timers``."""

import asyncio
from typing import Annotated

import typer

from botcore.cli.run import ConfigFile

app = typer.Typer(help="What is to happen when, and what could not.", no_args_is_help=True)


@app.command("list")
def list_timers(
    parked: Annotated[bool, typer.Option("--parked", help="Only those that kept failing.")] = False,
    most: Annotated[int, typer.Option("--most", help="How many to show.", min=1)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array, for programs.")] = False,
    config: ConfigFile = None,
) -> None:
    """List the timers that are due next."""
    from rich.table import Table

    from botcore.app.timers import list_timers
    from botcore.cli.terminal import console

    records, count = asyncio.run(list_timers(config, parked=parked, most=most))
    if as_json:
        import orjson

        typer.echo(orjson.dumps(records, option=orjson.OPT_UTC_Z))
        return
    table = Table("ID", "Kind", "Key", "Due", "Next attempt", "Attempts", "Last failure", box=None, pad_edge=False)
    for record in records:
        due_at = record.due_at.isoformat(" ", "seconds")
        following = "parked" if record.visible_at is None else record.visible_at.isoformat(" ", "seconds")
        row = (str(record.id), record.kind, record.key, due_at, following, str(record.attempt), record.failure or "")
        table.add_row(*row)
    if records:
        console().print(table)
    if count > len(records):
        console().print(f"... and {count - len(records)} more; --most shows more of them.")
    if not records:
        console().print("No timer is parked." if parked else "There is no timer.")


@app.command()
def retry(
    timer_id: Annotated[int, typer.Argument(metavar="ID", help="The first column of `botcore timers list --parked`.")],
    config: ConfigFile = None,
) -> None:
    """Send a parked timer on: it is due at once, with all its attempts before it."""
    from botcore.app.timers import send_on
    from botcore.cli.terminal import console

    asyncio.run(send_on(config, timer_id))
    console().print(f"Timer {timer_id} is due now.")
