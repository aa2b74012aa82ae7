"""``botcore timers``."""

from typing import Annotated

import typer

from botcore.cli.run import ConfigFile
from botcore.cli.terminal import AsJson

app = typer.Typer(help="What is to happen when, and what could not.", no_args_is_help=True)


@app.command("list")
def list_timers(
    parked: Annotated[bool, typer.Option("--parked", help="Only those that kept failing.")] = False,
    most: Annotated[int, typer.Option("--most", help="How many to show.", min=1)] = 50,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """List the timers that are due next."""
    import asyncio

    from botcore.app.timers import list_timers
    from botcore.cli.terminal import print_json, print_lines, print_table

    records, count = asyncio.run(list_timers(config, parked=parked, most=most))
    if as_json:
        print_json(records)
        return
    if not records:
        print_lines("No timer is parked." if parked else "There is no timer.")
        return
    print_table(
        ("ID", "Kind", "Key", "Due", "Next attempt", "Attempts", "Last failure"),
        (
            (
                str(each.id),
                each.kind,
                each.key,
                each.due_at.isoformat(" ", "seconds"),
                "parked" if each.visible_at is None else each.visible_at.isoformat(" ", "seconds"),
                str(each.attempt),
                each.failure or "",
            )
            for each in records
        ),
    )
    if count > len(records):
        print_lines(f"... and {count - len(records)} more; --most shows more of them.")


@app.command()
def retry(
    timer_id: Annotated[int, typer.Argument(metavar="ID", help="The first column of `botcore timers list --parked`.")],
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Send a parked timer on: it is due at once, with all its attempts before it."""
    import asyncio

    from botcore.app.timers import send_on
    from botcore.cli.terminal import print_json, print_lines

    asyncio.run(send_on(config, timer_id))
    if as_json:
        print_json({"id": timer_id, "state": "due"})
    else:
        print_lines(f"Timer {timer_id} is due now.")
