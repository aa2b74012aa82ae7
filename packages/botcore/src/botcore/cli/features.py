"""``botcore features``."""

from pathlib import Path
from typing import Annotated

import typer

from botcore.cli.completion import feature_names
from botcore.cli.run import ConfigFile
from botcore.cli.terminal import AsJson

app = typer.Typer(help="The installed features, and packages that want to be one.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """The installed features, and packages that want to be one."""


@app.command("list")
def list_features(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """List every installed feature, where it comes from, and why it would be left out."""
    import asyncio

    from botcore.app.bot import BotCore
    from botcore.app.options import BotOptions
    from botcore.cli.terminal import print_json, print_lines, print_table

    records = asyncio.run(BotCore(BotOptions(config_file=config)).inspect()).records
    if as_json:
        print_json(records)
        return
    print_table(
        ("Feature", "State", "Distribution", "Version", "Location"),
        ((each.name, each.status.value, each.distribution, each.version, each.location) for each in records),
    )
    print_lines(
        *(
            f"{each.name} ({each.distribution}) is {each.status.value}: {each.reason}."
            for each in records
            if each.reason
        )
    )


@app.command()
def info(
    feature: Annotated[str, typer.Argument(help="The feature's name.", autocompletion=feature_names)],
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Show all that one installed feature brings: commands, settings, tables, languages."""
    import asyncio

    from botcore.app.bot import BotCore
    from botcore.app.describing import describe
    from botcore.app.options import BotOptions
    from botcore.cli.terminal import print_json, print_lines, print_table

    inspection = asyncio.run(BotCore(BotOptions(config_file=config)).inspect())
    found = describe(inspection, feature)
    if as_json:
        print_json(found)
        return
    record = found.record
    print_lines(
        f"{record.name}: {found.summary}" if found.summary else record.name,
        f"{record.distribution} {record.version} in {record.location}",
        f"{record.status.value}{f': {record.reason}' if record.reason else ''}",
    )
    for title, values in (
        ("requires", found.requires),
        ("comes after", found.after),
        ("intents", found.intents),
        ("privileged intents", found.privileged_intents),
        ("context menus", found.menus),
        ("buttons, selects and forms", found.components),
        ("listens to", found.listeners),
        ("migrations", found.revisions),
        ("languages", found.languages),
    ):
        if values:
            print_lines(f"{title}: {', '.join(values)}")
    if found.commands:
        print_lines("")
        print_table(
            ("Command", "Description", "For", "At most"),
            ((f"/{each.name}", each.description, each.permission, each.rate_limit or "") for each in found.commands),
        )
    if found.settings:
        print_lines("")
        print_table(
            ("Setting", "Default", "Meaning"), ((each.key, each.default, each.meaning) for each in found.settings)
        )


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A package's folder (with its pyproject.toml), or a wheel.")],
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Check a package as a feature, without installing it: wheel, metadata, names, migrations, texts, data."""
    from botcore.app.checks import Verdict, check_package
    from botcore.cli.terminal import print_json, print_table

    findings = check_package(path, config)
    if as_json:
        print_json(findings)
    else:
        print_table(("Check", "", "What was found"), ((each.check, each.verdict.value, each.text) for each in findings))
    if any(each.verdict is Verdict.FAILED for each in findings):
        raise typer.Exit(1)
