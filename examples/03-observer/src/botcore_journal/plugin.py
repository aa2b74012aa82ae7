"""The hooks. Loaded at every ``botcore ...``, so what is heavy is imported inside them."""

from typing import TYPE_CHECKING

import botcore as bc

if TYPE_CHECKING:
    import typer


@bc.hookimpl
async def botcore_command_finished(execution: "bc.Execution") -> None:
    """Write it down, in a thread: a disk may be slow, and the bot has other things to do."""
    import asyncio

    from botcore_journal.journal import append, journal_file

    file = journal_file()
    if file is not None:
        await asyncio.to_thread(append, file, execution.name, execution.outcome, execution.seconds)


@bc.hookimpl
def botcore_cli(cli: "typer.Typer") -> None:
    """Add ``botcore journal``."""

    @cli.command()
    def journal() -> None:
        """Count what the journal holds."""
        from botcore_journal.journal import count, journal_file

        file = journal_file()
        counted = count(file) if file is not None else {}
        for (name, outcome), times in sorted(counted.items()):
            print(f"{times:6}  {name}  {outcome}")  # noqa: T201 - what a command is for
