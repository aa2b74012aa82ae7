"""Every command prints for people, and JSON where it is asked to."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from command_line import run_here


def leaves(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Every command of the command line, with its options."""
    below = getattr(command, "commands", None)
    if below is None:
        yield path, {option for parameter in command.params for option in parameter.opts}
        return
    for name, each in below.items():
        yield from leaves(each, *path, name)


def every_command() -> dict[tuple[str, ...], set[str]]:
    from botcore.cli.main import app

    return dict(leaves(typer.main.get_command(app)))


def test_the_commands_are_those_that_operators_and_authors_need():
    """No more and no fewer."""
    groups: dict[str, set[str]] = {}
    for group, *rest in every_command():
        groups.setdefault(group, set()).update(rest)
    assert groups == {
        "run": set(),
        "features": {"list", "info", "check"},
        "config": {"init", "show", "check"},
        "db": {"upgrade", "current", "history", "downgrade", "revision"},
        "data": {"export", "delete"},
        "commands": {"list", "diff", "sync", "clear"},
        "timers": {"list", "retry"},
    }


def test_every_command_offers_json():
    """But for `run`, whose lines are the log's."""
    silent = {path for path, options in every_command().items() if "--json" not in options}
    assert silent == {("run",)}


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (("features", "list"), ["Feature", "State", "Distribution", "Version", "Location"]),
        (("config", "show"), ["Setting", "Value", "From"]),
        (("db", "upgrade"), None),
        (("db", "current"), ["Feature", "Database", "Package", "State"]),
        (("db", "history"), ["Feature", "Revision", "State", "What", "it", "does"]),
        (("commands", "list"), ["Command", "Description", "For", "Feature"]),
    ],
    ids=lambda value: " ".join(value or ()),
)
def test_a_table_for_people_and_json_for_programs(arguments: tuple[str, ...], title: list[str] | None):
    """The same things in both; a table has a line with its titles, and a line for each."""
    table = run_here(*arguments)
    assert table.code == 0, table.err
    listed = run_here(*arguments, "--json")
    assert listed.code == 0, listed.err
    assert isinstance(listed.data, list)
    if title is not None:
        assert table.lines[0] == title
        assert len(table.lines) > len(listed.data) > 0
