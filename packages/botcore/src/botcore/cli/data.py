"""``botcore data``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from botcore.cli.run import ConfigFile
from botcore.cli.terminal import AsJson

if TYPE_CHECKING:
    from botcore.privacy import TableOutcome, Unreached

app = typer.Typer(help="What is kept of one person, over all features.", no_args_is_help=True)

UserId = Annotated[int, typer.Argument(metavar="USER_ID", help="The person's id in Discord.", min=1)]


@app.command()
def export(
    user_id: UserId,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it into this file, as JSON.")] = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Show what is kept of a person; all with --json or --output. Ends with 1 if tables could not be looked at."""
    import asyncio

    from botcore.app.personal_data import export_personal_data
    from botcore.cli.terminal import print_json, print_lines, print_table, write_json

    found = asyncio.run(export_personal_data(config, user_id))
    if output is not None:
        write_json(output, found)
    if as_json:
        print_json(found)
    elif not found.tables:
        print_lines(_nothing(user_id, found.unreached))
    else:
        print_table(
            ("Feature", "Table", "Rows", "Left out"),
            ((each.feature, each.table, str(len(each.rows)), _hidden(each.hidden)) for each in found.tables),
        )
    if output is not None and not as_json:
        print_lines(f"It is all in {output}.")
    _end(found.unreached)


@app.command()
def delete(
    user_id: UserId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it; else only say what would happen.")] = False,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Say what deleting a person's data would do; do it with --yes. Ends with 1 if tables stayed as they were."""
    import asyncio

    from botcore.app.personal_data import delete_personal_data
    from botcore.cli.terminal import print_json, print_lines, print_table

    deletion = asyncio.run(delete_personal_data(config, user_id, really=yes))
    if as_json:
        print_json(deletion)
    elif not deletion.tables:
        print_lines(_nothing(user_id, deletion.unreached))
    else:
        print_table(
            ("Feature", "Table", "Rows", "Were" if deletion.done else "Would be", "How, or why"),
            ((each.feature, each.table, str(each.rows), each.outcome.value, _how(each)) for each in deletion.tables),
        )
        print_lines("It is done." if deletion.done else "Nothing has changed; --yes does it.")
    _end(deletion.unreached)


def _nothing(user_id: int, unreached: "Sequence[Unreached]") -> str:
    return f"Nothing of {user_id} was found{' in the other tables' if unreached else ''}."


def _hidden(columns: Mapping[str, str]) -> str:
    return "; ".join(f"{column} ({reason})" for column, reason in columns.items())


def _how(outcome: "TableOutcome") -> str:
    return outcome.reason or ", ".join(f"{column} becomes {value}" for column, value in outcome.changes.items())


def _end(unreached: "Sequence[Unreached]") -> None:
    for each in unreached:
        typer.echo(f"The tables of {each.feature} were not looked at: {each.reason}.", err=True)
    if unreached:
        raise typer.Exit(1)
