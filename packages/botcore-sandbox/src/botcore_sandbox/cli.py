"""The commands below `botcore sandbox`; everything heavy is imported inside them."""

from pathlib import Path
from typing import Annotated

import typer

_INTERRUPTED = 130  # what a shell reports for a command that Ctrl-C ended: 128 + SIGINT

sandbox_app = typer.Typer(help="A Discord of your own, on this machine only.")


@sandbox_app.callback(invoke_without_command=True)
def sandbox(
    ctx: typer.Context,
    port: Annotated[
        int, typer.Option(help="The port of the page; another one is taken where it is busy.", min=0, max=65_535)
    ] = 8420,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep everything over runs in this file.", dir_okay=False),
    ] = None,
    reload: Annotated[
        bool, typer.Option("--reload", help="Start the bot again when a file of a feature changes.")
    ] = False,
    traffic: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            envvar="BOTCORE_TEST_TRAFFIC",
            show_envvar=False,
            help="Append every request of the bot and its answer to this file, one JSON object a line.",
            dir_okay=False,
            writable=True,
        ),
    ] = None,
) -> None:
    """Start a Discord of your own with a bot of every installed feature, and a page to play with it: what to run first.

    The commands below do one part of it.
    """
    if traffic is not None:
        _record(traffic)
    if ctx.invoked_subcommand is not None:
        return
    import asyncio

    from botcore_sandbox.driver.errors import SandboxError
    from botcore_sandbox.session.run import run

    try:
        asyncio.run(run(port=port, state=state, reload=reload, say=_say))
    except KeyboardInterrupt:
        return
    except SandboxError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _record(traffic: Path) -> None:
    from botcore_sandbox.record import record_calls

    try:
        record_calls(traffic)
    except OSError as error:
        problem = f"{traffic} cannot be written ({error.strerror}); name a file in a folder that is there."
        raise typer.BadParameter(problem, param_hint="--traffic") from error


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - somebody may read the line through a pipe and must not wait for it


@sandbox_app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to listen on; 0 takes any free one.", min=0, max=65_535)] = 0,
    host: Annotated[str, typer.Option(help="The address to listen on; loopback only, such as ::1.")] = "127.0.0.1",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object as the first line, for programs.")
    ] = False,
) -> None:
    """Start the sandbox alone and keep it running until Ctrl-C or SIGTERM."""
    import asyncio

    from botcore_sandbox.driver.errors import SandboxError
    from botcore_sandbox.guard import loopback_address
    from botcore_sandbox.serve import serve as serve_until_stopped

    try:
        loopback_address(host)
    except SandboxError as error:
        raise typer.BadParameter(str(error), param_hint="--host") from error

    try:
        asyncio.run(serve_until_stopped(host=host, port=port, as_json=as_json, say=_say))
    except KeyboardInterrupt:
        return
    except SandboxError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


@sandbox_app.command()
def tour(
    plain: Annotated[bool, typer.Option("--plain", help="Print no colours, on a terminal too.")] = False,
    keep_log: Annotated[
        Path | None,
        typer.Option("--keep-log", metavar="FILE", help="Write the bot's log there.", dir_okay=False, writable=True),
    ] = None,
) -> None:
    """Play a visit to a real bot on a Discord of its own, and print it: what to run first."""
    from botcore_sandbox.driver.errors import SandboxError
    from botcore_sandbox.tour.command import run
    from botcore_sandbox.tour.printing import Printing, terminal

    if keep_log is not None:
        try:
            keep_log.touch()
        except OSError as error:
            problem = f"{keep_log} cannot be written ({error.strerror}); name a file in a folder that is there."
            raise typer.BadParameter(problem, param_hint="--keep-log") from error
    try:
        went_well = run(Printing(terminal(plain=plain)), keep_log=keep_log)
    except KeyboardInterrupt:
        typer.echo("Stopped; the bot is stopped as well.", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    except SandboxError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if not went_well:
        raise typer.Exit(1)
