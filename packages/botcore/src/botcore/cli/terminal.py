"""What the commands print: tables and sentences for people, JSON for programs."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")]


def console() -> "Console":
    """A console on standard output; what is piped gets no colours and is not cut to a terminal's width."""
    from rich.console import Console

    plain = Console(highlight=False, markup=False)
    return plain if plain.is_terminal else Console(highlight=False, markup=False, width=200, soft_wrap=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of text under their headings; a column that is empty everywhere is left out."""
    from rich.table import Table

    found = [tuple(row) for row in rows]
    kept = [index for index in range(len(columns)) if index == 0 or any(row[index] for row in found)]
    table = Table(*(columns[index] for index in kept), box=None, pad_edge=False)
    for row in found:
        table.add_row(*(row[index] for index in kept))
    console().print(table)


def print_lines(*lines: str) -> None:
    """Print sentences as they are."""
    for line in lines:
        console().print(line)


def print_json(value: Any) -> None:
    """Print one JSON value: dataclasses as objects, paths as text, readable by people too."""
    typer.echo(_as_json(value))


def write_json(file: Path, value: Any) -> None:
    """Write one JSON value, as `print_json` prints it, into a file that only its owner can read.

    Raises:
        ConfigurationError: it cannot be written.
    """
    from botcore.errors import ConfigurationError

    try:
        file.touch(mode=0o600)
        file.write_bytes(_as_json(value) + b"\n")
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}.") from error


def _as_json(value: Any) -> bytes:
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z, default=str)


def ask(question: str, *, yes: bool) -> None:
    """Go on only if the person says so.

    Raises:
        typer.Abort: they do not, or there is nobody to ask.
    """
    if not yes:
        typer.confirm(question, abort=True, err=True)
