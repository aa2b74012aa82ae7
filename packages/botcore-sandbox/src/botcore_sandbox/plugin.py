"""What botcore's plug-in manager takes up: the commands below ``botcore sandbox``, and the clock of its bots.

Loaded at every ``botcore ...``, so it imports nothing of the sandbox but its command line.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from botcore import hookimpl
from botcore_sandbox.cli import sandbox_app

if TYPE_CHECKING:
    import typer

    from botcore import ServiceContainer
    from botcore_sandbox.clock.following import FollowingClock


@hookimpl
def botcore_cli(cli: "typer.Typer") -> None:
    """Add ``botcore sandbox``."""
    cli.add_typer(sandbox_app, name="sandbox")


@hookimpl
def botcore_clock(environ: Mapping[str, str]) -> "FollowingClock | None":
    """The clock of the sandbox that started this bot."""
    url = environ.get("SANDBOX_CLOCK_URL")
    if not url:
        return None
    from botcore.errors import ConfigurationError
    from botcore_sandbox.clock.following import NotALocalClock, follow

    try:
        return follow(url)
    except NotALocalClock as error:
        raise ConfigurationError(str(error)) from error


@hookimpl
def botcore_ready(services: "ServiceContainer") -> None:
    """Let the sandbox ask this bot about its timers."""
    from botcore import Clock, Timers
    from botcore_sandbox.clock.following import FollowingClock
    from botcore_sandbox.clock.wire import FollowingTimers

    clock, timers = services.get(Clock), services.get(Timers)
    if isinstance(clock, FollowingClock) and isinstance(timers, FollowingTimers):
        clock.timers = timers


@hookimpl
def botcore_stopping(services: "ServiceContainer") -> None:
    """Say nothing more of timers that will not fire."""
    from botcore import Clock
    from botcore_sandbox.clock.following import FollowingClock

    clock = services.get(Clock)
    if isinstance(clock, FollowingClock):
        clock.timers = None
