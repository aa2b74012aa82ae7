"""``botcore db``."""

from typing import Annotated

import typer

from botcore.cli.completion import feature_names
from botcore.cli.run import ConfigFile
from botcore.cli.terminal import AsJson, Yes

app = typer.Typer(help="The database's tables, feature by feature.", no_args_is_help=True)

Feature = Annotated[str, typer.Argument(help="The feature's name.", autocompletion=feature_names)]
OneFeature = Annotated[
    str | None, typer.Argument(help="Only this feature; all by default.", autocompletion=feature_names)
]


@app.command()
def upgrade(feature: OneFeature = None, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Bring the tables of every installed feature up to date."""
    import asyncio

    from botcore.app.tables import upgrade_tables
    from botcore.cli.terminal import print_json, print_lines

    changes = asyncio.run(upgrade_tables(config, feature))
    if as_json:
        print_json(changes)
        return
    print_lines(*(f"{each.feature}: {each.before or 'nothing'} -> {each.after}" for each in changes))
    if copy := next((each.copy for each in changes if each.copy), None):
        print_lines(f"The database as it was is in {copy}.")
    if not changes:
        print_lines("Every table is up to date.")


@app.command()
def current(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Show at which revision the tables of each feature are."""
    import asyncio

    from botcore.app.tables import table_states, verdict_on
    from botcore.cli.terminal import print_json, print_table

    states = asyncio.run(table_states(config))
    if as_json:
        print_json(
            [
                {"feature": each.feature, "database": each.current, "package": each.head, "state": verdict_on(each)}
                for each in states
            ]
        )
        return
    print_table(
        ("Feature", "Database", "Package", "State"),
        ((each.feature, each.current or "-", each.head or "-", verdict_on(each)) for each in states),
    )


@app.command()
def history(feature: OneFeature = None, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Show every revision, the oldest first, and which of them the database has."""
    import asyncio

    from botcore.app.tables import history as read_history
    from botcore.cli.terminal import print_json, print_table

    records = asyncio.run(read_history(config, feature))
    if as_json:
        print_json(records)
    else:
        print_table(
            ("Feature", "Revision", "State", "What it does"),
            ((each.feature, each.revision, each.state, each.summary) for each in records),
        )


@app.command()
def downgrade(
    feature: Feature,
    revision: Annotated[str, typer.Argument(help="An earlier revision, or `base` for before the first one.")],
    yes: Yes = False,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Take the tables of one feature back; what only later revisions can hold is lost. SQLite is copied first."""
    import asyncio

    from botcore.app.tables import BASE, downgrade_tables
    from botcore.cli.terminal import ask, print_json, print_lines

    lost = "every table of it is dropped" if revision == BASE else "what came after it is lost"
    ask(f"Take the tables of {feature} back to {revision}? Stop the bot first; {lost}.", yes=yes)
    change = asyncio.run(downgrade_tables(config, feature, revision))
    if as_json:
        print_json(change)
    elif change is None:
        print_lines(f"{feature} is at {revision} already.")
    else:
        print_lines(f"{feature}: {change.before} -> {change.after or 'nothing'}")
        if change.copy is not None:
            print_lines(f"The database as it was is in {change.copy}.")


@app.command()
def revision(
    feature: Feature,
    message: Annotated[str, typer.Option("--message", "-m", help="What changes, in a few words.")],
    empty: Annotated[bool, typer.Option("--empty", help="For changes that no model shows.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the next revision of a feature's tables into its package, from what its models say."""
    import asyncio

    from botcore.app.revisions import write_revision
    from botcore.cli.terminal import print_json, print_lines

    written = asyncio.run(write_revision(feature, message, empty=empty))
    if as_json:
        print_json(written)
    else:
        print_lines(f"{written.file} is written; read it before you trust it.")
        if written.trouble:
            print_lines(f"It does not run as it is: {written.trouble}.")
    if written.trouble:
        raise typer.Exit(1)
