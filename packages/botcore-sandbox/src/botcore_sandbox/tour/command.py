"""Runs the visit for the command line, and ends it cleanly when it is told to stop."""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path

from botcore_sandbox.tour.audience import Audience
from botcore_sandbox.tour.play import play
from botcore_sandbox.tour.script import SCRIPT
from botcore_sandbox.tour.step import Step

_STOPPING = (signal.SIGINT, signal.SIGTERM)


def run(audience: Audience, *, script: Sequence[Step] = SCRIPT, keep_log: Path | None = None) -> bool:
    """Play the visit.

    Ctrl-C and SIGTERM end it, and the bot with it; a second Ctrl-C changes nothing, because what is left to do takes
    no time.

    Args:
        audience: is told of everything.
        script: the steps.
        keep_log: where the bot's log goes at the end.

    Returns:
        Whether every step went well.

    Raises:
        KeyboardInterrupt: it was told to stop.
        SandboxError: the sandbox itself could not start.
    """
    try:
        return asyncio.run(_until_stopped(audience, script, keep_log))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _until_stopped(audience: Audience, script: Sequence[Step], keep_log: Path | None) -> bool:
    loop = asyncio.get_running_loop()
    playing = asyncio.create_task(play(script, audience, keep_log=keep_log))

    def stop() -> None:
        if not playing.cancelling():
            playing.cancel()

    for number in _STOPPING:
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows: Ctrl-C cancels by itself there
            break
    return await playing
