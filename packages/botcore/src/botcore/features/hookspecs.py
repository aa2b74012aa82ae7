"""Every hook that a package can implement, on one page.

A package names a module (or object) with implementations in the entry-point group ``botcore.plugins``; features may
implement hooks too. Mark an implementation with `hookimpl`. Unless it says otherwise a hook may be a coroutine
function, which is awaited. A hook that raises is logged and harms nobody else.
"""

from collections.abc import Mapping
from typing import Any

import pluggy

PROJECT = "botcore"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def botcore_cli(cli: Any) -> None:
    """Add commands to the command line.

    Not a coroutine function. Called at every ``botcore ...``, so import what is heavy inside the commands.

    Args:
        cli: the ``typer.Typer`` of ``botcore``.
    """


@hookspec
def botcore_command_finished(execution: Any) -> None:
    """Observe one finished command, button, select or modal.

    Args:
        execution: the `botcore.Execution`: name, outcome, seconds and reference; no person and no server.
    """


@hookspec
def botcore_feature_left_out(name: str, reason: str) -> None:
    """Learn that a feature was left out at the start.

    Args:
        name: the feature's name.
        reason: one sentence for the bot's owner.
    """


@hookspec
def botcore_clock(environ: Mapping[str, str]) -> Any:
    """Say where ``botcore run`` takes the time from.

    Not a coroutine function. Called before anything else of the bot; the first clock that is not ``None`` counts, and
    without one it is the machine's. A `botcore.errors.StartupError` ends the start with its sentence.

    Args:
        environ: the environment of the process.

    Returns:
        A `botcore.Clock`, or ``None``.
    """


@hookspec
def botcore_ready(services: Any) -> None:
    """Learn that the bot is connected and its commands are in place.

    Args:
        services: the bot's `botcore.ServiceContainer`, to ask for what the plug-in looks at.
    """


@hookspec
def botcore_stopping(services: Any) -> None:
    """Learn that the bot begins to stop, while it is still connected.

    Args:
        services: as in `botcore_ready`.
    """
