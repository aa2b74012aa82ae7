"""What botcore's plug-in manager takes up: the commands below ``botcore sandbox``.

Loaded at every ``botcore ...``, so it imports nothing of the sandbox but its command line.
"""

from typing import TYPE_CHECKING

from botcore import hookimpl
from botcore_sandbox.cli import sandbox_app

if TYPE_CHECKING:
    import typer


@hookimpl
def botcore_cli(cli: "typer.Typer") -> None:
    """Add ``botcore sandbox``."""
    cli.add_typer(sandbox_app, name="sandbox")
