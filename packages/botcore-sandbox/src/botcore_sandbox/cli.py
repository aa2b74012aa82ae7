"""The commands below `botcore sandbox`; everything heavy is imported inside them."""

from typing import Annotated

import typer

sandbox_app = typer.Typer(no_args_is_help=True, help="A Discord of your own, on this machine only.")


@sandbox_app.callback()
def _sandbox() -> None:
    """Keep sub-commands sub-commands, also while there is only one."""


@sandbox_app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to listen on; 0 takes any free one.", min=0, max=65_535)] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object as the first line, for programs.")
    ] = False,
) -> None:
    """Start the sandbox alone and keep it running until Ctrl-C or SIGTERM."""
    import asyncio

    from botcore_sandbox.driver.errors import SandboxError
    from botcore_sandbox.serve import serve as serve_until_stopped

    def say(line: str) -> None:
        print(line, flush=True)  # noqa: T201 - a program may read the line through a pipe and must not wait for it

    try:
        asyncio.run(serve_until_stopped(port=port, as_json=as_json, say=say))
    except KeyboardInterrupt:
        return
    except SandboxError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
