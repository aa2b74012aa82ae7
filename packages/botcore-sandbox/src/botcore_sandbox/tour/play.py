"""Plays a script from its first step to its last, or to the first one that goes wrong."""

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path

from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.tour.audience import Audience, Failure, Summary
from botcore_sandbox.tour.scene import Scene
from botcore_sandbox.tour.stage import Stage
from botcore_sandbox.tour.step import Step, Unexpected

LAST_LINES = 12
"""Lines of the bot's log that go with a step that went wrong."""


async def play(
    script: Sequence[Step],
    audience: Audience,
    *,
    features: Collection[str] | None = None,
    keep_log: Path | None = None,
) -> bool:
    """Play a script on a stage of its own.

    Args:
        script: the steps; the first one starts the bot.
        audience: is told of everything.
        features: the only features that the bot may use beside botcore's own; all that are installed by default.
        keep_log: where the bot's log goes at the end, however it ends.

    Returns:
        Whether every step went well.

    Raises:
        SandboxError: the sandbox itself could not start.
    """
    clock = asyncio.get_running_loop()
    began = clock.time()
    async with Stage(features) as stage:
        scene = Scene(stage, audience)
        audience.curtain(stage.sandbox.api_url)
        try:
            played = await _play_steps(script, scene)
        finally:
            if keep_log is not None:
                _write(keep_log, stage.log)
        if played is None:
            return False
        traffic = stage.sandbox.traffic
        summary = Summary(
            played=played,
            left_out=len(script) - played,
            seconds=clock.time() - began,
            requests=len(traffic.calls),
            frames=len(traffic.frames),
            starts=stage.starts,
        )
    audience.closes(summary)
    return True


async def _play_steps(script: Sequence[Step], scene: Scene) -> int | None:
    """How many steps were played, or None where one went wrong."""
    clock = asyncio.get_running_loop()
    played = 0
    for step in script:
        if step.feature not in scene.features:
            scene.audience.left_out(step.title, step.feature)
            continue
        played += 1
        scene.audience.begins(played, step.title)
        began = clock.time()
        try:
            await step.play(scene)
        except Exception as error:
            scene.audience.fails(_failure(step, scene, error))
            return None
        scene.audience.ends(clock.time() - began)
    return played


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _failure(step: Step, scene: Scene, error: Exception) -> Failure:
    if isinstance(error, Unexpected):
        expected, seen = error.expected, error.seen
    else:
        expected = f"that the visit goes on after this: {scene.last_act}"
        told = isinstance(error, SandboxError | TimeoutError)  # these say it in a sentence
        seen = str(error) if told else f"{type(error).__name__}: {error}"
    log = tuple(scene.stage.log[-LAST_LINES:])
    already_said = bool(log) and log[-1] in seen
    return Failure(step.title, expected, seen, () if already_said else log)
